package dev.signalbox.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.db.Unavailable;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.intake.Overloaded;
import dev.signalbox.intake.ReportProblem;
import dev.signalbox.intake.ReportReader;
import dev.signalbox.intake.ReportReading;
import dev.signalbox.signals.Traces;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** POST /v1/exceptions: one report, an array, or a stream. */
final class ReportRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ReportRoutes.class);
  private static final int ITEMS_MAX = 1_000;
  private static final int ARRAY_BYTES_MAX = 16 << 20;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(70)
                  .maxStringLength(ReportReader.BYTES_MAX)
                  .build())
          .build();

  private final Collaborators with;

  ReportRoutes(Collaborators with) {
    this.with = with;
  }

  void report(Exchange exchange) {
    var type = String.valueOf(exchange.request().getHeader("Content-Type")).strip();
    int end = type.indexOf(';');
    switch (end < 0 ? type : type.substring(0, end).strip()) {
      case "application/json" ->
          Bodies.collect(exchange, ARRAY_BYTES_MAX, body -> document(exchange, body));
      case "application/x-ndjson", "application/ndjson" ->
          with.blocking()
              .execute(() -> exchange.step(() -> new ReportStream(exchange, this).run()));
      default -> {
        exchange.problem(
            Problem.of(
                415,
                "MEDIA_TYPE",
                "Not a media type for reports.",
                "Reports are application/json or application/x-ndjson, not %s.".formatted(type)));
        exchange.request().resume();
      }
    }
  }

  private void document(Exchange exchange, byte[] body) {
    if (first(body) == '[') {
      array(exchange, body);
      return;
    }
    switch (ReportReader.read(body)) {
      case ReportReading.Refused(var problems) -> exchange.problem(unreadable(problems));
      case ReportReading.Reported reported ->
          submit(exchange, request(exchange, reported).tracedBy(exchange.traceParent()), body);
      case ReportReading.Withdrawn withdrawn ->
          submit(exchange, request(exchange, withdrawn).tracedBy(exchange.traceParent()), body);
    }
  }

  private void submit(Exchange exchange, Request request, byte[] body) {
    exchange.concerns(request.id());
    var key = exchange.idempotencyKey();
    var whole = key == null ? request : request.once(exchange.once(body));
    with.intake()
        .submit(whole)
        .whenComplete((receipt, failure) -> {
          if (failure != null) {
            exchange.failed(failure);
          } else {
            exchange.receipt(receipt);
          }
        });
  }

  private Request request(Exchange exchange, ReportReading.Reported reported) {
    return Request.report(
        reported.report(), with.clock().instant(), exchange.caller().actor(), null);
  }

  private static Request request(Exchange exchange, ReportReading.Withdrawn withdrawn) {
    var clear = new CaseCommand.Clear(withdrawn.reason());
    return Request.say(withdrawn.identity().caseId(), clear, exchange.caller().actor());
  }

  private void array(Exchange exchange, byte[] body) {
    List<byte[]> items;
    try {
      items = items(body);
    } catch (IOException e) {
      exchange.problem(Problem.invalid("The text is not a JSON list of objects.", List.of()));
      return;
    }
    if (items.isEmpty() || items.size() > ITEMS_MAX) {
      exchange.problem(
          Problem.invalid(
              "A list has 1 to %d reports, not %d. Maybe send a stream (application/x-ndjson)."
                  .formatted(ITEMS_MAX, items.size()),
              List.of()));
      return;
    }
    var answers = new ArrayList<CompletableFuture<ObjectNode>>();
    for (int i = 0; i < items.size(); i++) {
      answers.add(answer(exchange, i + 1, items.get(i)));
    }
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .whenComplete((nothing, failure) -> {
          var node = JsonNodeFactory.instance.objectNode();
          var list = node.putArray("items");
          answers.forEach(answer -> list.add(answer.join()));
          exchange.json(200, node);
        });
  }

  /**
   * Hands in the report of a line, and answers after its commit; never fails. Its trace is its own,
   * or a stream of a million lines would be one trace.
   */
  CompletableFuture<ObjectNode> answer(Exchange exchange, long line, byte[] text) {
    return switch (ReportReader.read(text)) {
      case ReportReading.Refused(var problems) -> {
        yield CompletableFuture.completedFuture(Answers.refused(line, unreadable(problems)));
      }
      case ReportReading.Reported reported -> submit(exchange, line, request(exchange, reported));
      case ReportReading.Withdrawn withdrawn ->
          submit(exchange, line, request(exchange, withdrawn));
    };
  }

  private CompletableFuture<ObjectNode> submit(Exchange exchange, long line, Request request) {
    var span =
        with.signals()
            .traces()
            .beginOneOfMany("report", exchange.traceParent())
            .about(request.id());
    return with.intake()
        .submit(request.tracedBy(span.traceParent()))
        .handle((receipt, failure) -> {
          try (span) {
            return answer(line, request.id(), span, receipt, failure);
          }
        });
  }

  private static ObjectNode answer(
      long line,
      CaseId id,
      Traces.Active span,
      @Nullable Receipt receipt,
      @Nullable Throwable failure) {
    switch (receipt) {
      case null -> {
        span.failed("FAILED");
        if (!(failure instanceof Unavailable || failure instanceof Overloaded)) {
          try (var _ = span.logging(id)) {
            LOG.error("The report in line {} failed.", line, failure);
          }
        }
        return Answers.failed(line, id, failure == null ? new IllegalStateException() : failure);
      }
      case Receipt.Refused refused -> span.refused(refused.refusal().code());
      case Receipt.HeldBack held -> span.refused("HELD_BACK");
      case Receipt.Done done -> span.with("signalbox.outcome", done.effect().word());
      case Receipt.LeaseLost lost -> span.failed("LEASE_LOST");
    }
    return Answers.of(line, id, receipt);
  }

  /** Refused before the desk sees it, so it is counted here. */
  private Problem unreadable(List<ReportProblem> problems) {
    return counted(Answers.invalid(problems));
  }

  Problem counted(Problem problem) {
    with.signals().reported("refused", 1);
    with.signals().refused(problem.code());
    return problem;
  }

  private static int first(byte[] body) {
    for (byte b : body) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
    }
    return -1;
  }

  /** The texts of the items, as they stand in the list. */
  private static List<byte[]> items(byte[] body) throws IOException {
    var items = new ArrayList<byte[]>();
    try (var json = JSON.createParser(body)) {
      json.nextToken();
      for (var token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
        if (token == null) {
          throw new IOException("The list does not end.");
        }
        int from = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        json.finishToken();
        items.add(Arrays.copyOfRange(body, from, (int) json.currentLocation().getByteOffset()));
      }
      if (json.nextToken() != null) {
        throw new IOException("There is more text after the list.");
      }
    }
    return items;
  }
}
