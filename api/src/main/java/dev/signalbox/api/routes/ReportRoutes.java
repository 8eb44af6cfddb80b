package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.http.Answers;
import dev.signalbox.api.http.Bodies;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.MediaTypes;
import dev.signalbox.api.http.OnlyOnce;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.db.Unavailable;
import dev.signalbox.desk.OnceKey;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.intake.Overloaded;
import dev.signalbox.intake.ReportProblem;
import dev.signalbox.intake.ReportReader;
import dev.signalbox.intake.ReportReading;
import dev.signalbox.signals.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** POST /v1/exceptions: one report, an array, or a stream. */
final class ReportRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ReportRoutes.class);

  /** What is longer takes the event loop too long to read. */
  private static final int SHORT = 64 * 1024;

  private final Collaborators with;
  private final Bodies bodies;
  private final OnlyOnce once;

  ReportRoutes(Collaborators with, Bodies bodies) {
    this.with = with;
    this.bodies = bodies;
    once = new OnlyOnce(with);
  }

  void report(Exchange exchange) {
    if (MediaTypes.isJson(exchange.request())) {
      bodies.collect(exchange, ReportList.BYTES_MAX, body -> document(exchange, body));
    } else if (MediaTypes.isStream(exchange.request())) {
      stream(exchange);
    } else {
      exchange.problem(
          MediaTypes.notTaken(
              exchange.request(), "Reports are application/json or application/x-ndjson"));
    }
  }

  private void stream(Exchange exchange) {
    var encoded = MediaTypes.encoded(exchange.request());
    exchange.conditions().idempotencyKey();
    if (encoded != null) {
      exchange.problem(encoded);
    } else {
      with.blocking().execute(() -> exchange.step(() -> new ReportStream(exchange, this).run()));
    }
  }

  private void document(Exchange exchange, byte[] body) {
    boolean isList = first(body) == '[';
    if (body.length <= SHORT && !isList) {
      single(exchange, body);
    } else {
      with.blocking()
          .execute(() ->
              exchange.step(() -> {
                if (isList) {
                  list(exchange, body);
                } else {
                  single(exchange, body);
                }
              }));
    }
  }

  private void single(Exchange exchange, byte[] body) {
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
    with.intake()
        .submit(request.once(exchange.once(body)))
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
            reported.report(), with.clock().instant(), exchange.caller().actor(), null)
        .within(exchange.caller().sight());
  }

  private static Request request(Exchange exchange, ReportReading.Withdrawn withdrawn) {
    var clear = new CaseCommand.Clear(withdrawn.reason());
    return Request.say(withdrawn.identity().caseId(), clear, exchange.caller().actor())
        .within(exchange.caller().sight());
  }

  private void list(Exchange exchange, byte[] body) {
    var items = ReportList.items(body);
    once.run(
        exchange,
        body,
        () -> {
          var answers = new ArrayList<CompletableFuture<ObjectNode>>();
          for (int i = 0; i < items.size(); i++) {
            answers.add(answer(exchange, i + 1, items.get(i), null));
          }
          var node = JsonNodeFactory.instance.objectNode();
          var list = node.putArray("items");
          answers.forEach(answer -> list.add(answer.join()));
          return new OnlyOnce.Outcome(node, Answers.areFinal(list));
        });
  }

  /**
   * Hands in the report of a line, and answers after its commit; never fails. Its trace is its own,
   * or a stream of a million lines would be one trace.
   */
  CompletableFuture<ObjectNode> answer(
      Exchange exchange, long line, byte[] text, @Nullable OnceKey key) {
    return switch (ReportReader.read(text)) {
      case ReportReading.Refused(var problems) -> {
        yield CompletableFuture.completedFuture(Answers.refused(line, unreadable(problems)));
      }
      case ReportReading.Reported reported ->
          submit(exchange, line, request(exchange, reported).once(key));
      case ReportReading.Withdrawn withdrawn ->
          submit(exchange, line, request(exchange, withdrawn).once(key));
    };
  }

  private CompletableFuture<ObjectNode> submit(Exchange exchange, long line, Request request) {
    var span =
        with.signals()
            .traces()
            .beginOneOfMany("report", exchange.traceParent())
            .about(request.id());
    return with.intake()
        .submitPatiently(request.tracedBy(span.traceParent()))
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
}
