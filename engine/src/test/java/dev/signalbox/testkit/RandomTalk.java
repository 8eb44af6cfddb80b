package dev.signalbox.testkit;

import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.Comment;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Reviewer;
import dev.signalbox.exceptions.disputes.DisputeCategory;
import dev.signalbox.exceptions.disputes.DisputeMove;
import dev.signalbox.exceptions.disputes.DisputeState;
import dev.signalbox.exceptions.disputes.Evidence;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** What people may say about a case, and fight out about it, whether it takes it or not. */
public final class RandomTalk {
  private static final List<Reviewer> PEOPLE =
      List.of(
          new Reviewer("ann", List.of("ANALYST")),
          new Reviewer("sue", List.of("senior", "SENIOR")));

  private final Random random;
  private final RandomReports reports;

  RandomTalk(Random random, RandomReports reports) {
    this.random = random;
    this.reports = reports;
  }

  CaseCommand comment(ExceptionCase state) {
    var disputes = state.talk().disputes();
    if (!disputes.isEmpty() && random.nextInt(8) == 0) {
      return new CaseCommand.RedactEvidence(
          reports.oneOf(disputes).id(),
          new Comment(2, "ann", random.nextInt(4) == 0),
          reports.orNull(() -> new UUID(random.nextLong(), random.nextLong())),
          person(),
          reports.orNull(reports::text));
    }
    return state.talk().readable() == 0 || random.nextInt(3) > 0
        ? new CaseCommand.AddComment(reports.text() + " @ben, @ann.lee!")
        : new CaseCommand.RedactComment(
            new Comment(2, "ann", random.nextInt(4) == 0), person(), reports.orNull(reports::text));
  }

  CaseCommand dispute(ExceptionCase state) {
    return new CaseCommand.MoveDispute(move(state), person());
  }

  private DisputeMove move(ExceptionCase state) {
    var disputes = state.talk().disputes();
    if (disputes.isEmpty()) {
      return open();
    }
    var lost = disputes.stream().filter(one -> one.state() == DisputeState.LOST).toList();
    if (!lost.isEmpty() && random.nextInt(3) > 0) {
      return new DisputeMove.Reopen(lost.getFirst().id(), reports.text());
    }
    var id = reports.oneOf(disputes).id();
    return switch (random.nextInt(11)) {
      case 0 -> open();
      case 1, 2 -> new DisputeMove.Submit(id, reports.orNull(() -> "EXT-2"));
      case 3 -> new DisputeMove.GiveEvidence(id, evidence());
      case 4 -> new DisputeMove.RequestEvidence(id, reports.text());
      case 5 ->
          new DisputeMove.Acknowledge(
              id, reports.orNull(() -> "EXT-3"), reports.orNull(reports::text));
      case 6 ->
          new DisputeMove.Log(
              id, reports.oneOf(List.of(DisputeMove.Direction.values())), "mail", reports.text());
      case 7, 8, 9 -> new DisputeMove.Close(id, random.nextInt(3) == 0, reports.text());
      default -> new DisputeMove.Reopen(id, reports.text());
    };
  }

  private DisputeMove open() {
    return new DisputeMove.Open(
        reports.oneOf(List.of(DisputeCategory.values())),
        reports.text(),
        reports.orNull(() -> "EXT-1"),
        random.nextBoolean());
  }

  private Evidence evidence() {
    return new Evidence(
        reports.text(),
        reports.orNull(() -> "https://example.com/1"),
        random.nextBoolean()
            ? null
            : new Evidence.Upload(
                new UUID(random.nextLong(), random.nextLong()),
                reports.text(),
                "application/pdf",
                random.nextInt(9_000),
                "%02x".formatted(random.nextInt(256)).repeat(32)));
  }

  private Reviewer person() {
    return reports.oneOf(PEOPLE);
  }
}
