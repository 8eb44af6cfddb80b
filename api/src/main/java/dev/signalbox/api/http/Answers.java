package dev.signalbox.api.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.db.Unavailable;
import dev.signalbox.desk.Receipt;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Refusal;
import dev.signalbox.intake.Overloaded;
import dev.signalbox.intake.ReportProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers to the lines of a stream and to the items of an array. */
public final class Answers {
  private static final String UNAVAILABLE = "unavailable";

  private Answers() {}

  static Problem heldBack(Receipt.HeldBack held) {
    return new Problem(
        429,
        "HELD_BACK",
        "Held back by the storm guard.",
        "The source opens more exceptions than its cap allows; the report is kept as the dead letter"
            + " %s until a person releases it.".formatted(held.deadLetter()),
        List.of(),
        null);
  }

  public static Problem invalid(List<ReportProblem> problems) {
    var first = problems.getFirst();
    if (first.pointer().isEmpty() && first.code().equals("TOO_LONG")) {
      return tooLong(first.detail());
    }
    return Problem.invalid(
        problems.size() == 1
            ? first.detail()
            : "%s There are %d problems in all.".formatted(first.detail(), problems.size()),
        problems.stream()
            .map(fault -> new Problem.Fault(fault.pointer(), fault.code(), fault.detail()))
            .toList());
  }

  public static Problem tooLong(String detail) {
    return Problem.of(413, "TOO_LONG", "The report is too long.", detail);
  }

  public static ObjectNode refused(long line, Problem problem) {
    return answer(line, null, "refused", problem);
  }

  public static ObjectNode of(long line, CaseId id, Receipt receipt) {
    return switch (receipt) {
      case Receipt.Done done -> answer(line, id, word(done), null);
      case Receipt.Refused refused ->
          answer(
              line,
              id,
              refused.refusal() instanceof Refusal.Conflict ? "conflict" : "refused",
              Problem.of(refused.refusal()));
      case Receipt.HeldBack held -> answer(line, id, "held", heldBack(held));
      case Receipt.LeaseLost lost -> throw new IllegalStateException("A caller has no lease.");
    };
  }

  /** A withdrawal of what is resolved already has nothing to do. */
  private static String word(Receipt.Done done) {
    return switch (done.effect()) {
      case RECORDED, DUPLICATE, REDETECTED, RECURRED, CLEARED -> done.effect().word();
      case CHANGED, UNCHANGED -> "duplicate";
    };
  }

  public static ObjectNode failed(long line, CaseId id, Throwable failure) {
    boolean later = failure instanceof Unavailable || failure instanceof Overloaded;
    return answer(
        line,
        id,
        later ? UNAVAILABLE : "refused",
        later
            ? Problem.unavailable("The report could not be stored now. It is safe to repeat.")
            : Problem.of(
                500,
                "FAILED",
                "Something went wrong here.",
                "The report could not be handled; the log has the cause."));
  }

  /** Whether none of them asks to be sent again. */
  public static boolean areFinal(ArrayNode answers) {
    for (var answer : answers) {
      if (answer.path("status").asText().equals(UNAVAILABLE)) {
        return false;
      }
    }
    return true;
  }

  private static ObjectNode answer(
      long line, @Nullable CaseId id, String status, @Nullable Problem problem) {
    var node = JsonNodeFactory.instance.objectNode().put("line", line);
    if (id != null) {
      node.put("id", id.toString());
    }
    node.put("status", status);
    if (problem != null) {
      node.set("problem", problem.json(null));
    }
    return node;
  }
}
