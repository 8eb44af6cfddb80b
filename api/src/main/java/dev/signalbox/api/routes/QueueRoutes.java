package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.access.Permission;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.api.views.CaseView;
import dev.signalbox.desk.CaseTable;
import dev.signalbox.desk.Desk;
import dev.signalbox.desk.Receipt;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.Claim;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.queues.Claims;
import dev.signalbox.reviewers.ClaimTable;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** How reviewers and approvers get their work, and keep it. Runs on virtual threads. */
final class QueueRoutes {
  private static final String APPROVAL = "approval";

  private final Collaborators with;
  private final CaseRoutes cases;
  private final Claims claims;

  QueueRoutes(Collaborators with, CaseRoutes cases) {
    this.with = with;
    this.cases = cases;
    claims = new Claims(with.database(), with.desk());
  }

  /** The most urgent exception of a queue, for the caller. */
  void next(Exchange exchange, JsonNode body) {
    var caller = exchange.caller();
    var queue = new QueueName(exchange.pathText("queue"));
    boolean isApproving = body.path("for").asText().equals(APPROVAL);
    var needed = isApproving ? Permission.APPROVE : Permission.REVIEW;
    var queues = caller.sight().queues();
    if (!caller.may(needed)) {
      exchange.problem(
          Problem.of(
              403,
              "FORBIDDEN",
              "Not allowed for whoever calls.",
              "%s claims nothing for %s; who does is %s."
                  .formatted(caller.name(), isApproving ? APPROVAL : "review", needed.roles())));
      return;
    }
    if (queues != null && !queues.contains(queue.value())) {
      exchange.problem(
          Problem.of(404, "NOT_FOUND", "Not found.", "There is no queue \"%s\".".formatted(queue)));
      return;
    }
    var receipt =
        claims.next(
            new CaseTable.Wanted(queue, caller.reviewer(), caller.sight(), isApproving),
            lease(body),
            new Desk.Claimant(
                caller.actor(),
                exchange.once(body.toString().getBytes(StandardCharsets.UTF_8)),
                exchange.traceParent()));
    if (receipt == null) {
      exchange.send(204, "application/json", Buffer.buffer());
    } else {
      claimed(exchange, receipt);
    }
  }

  /** This exception, for the caller. */
  void claim(Exchange exchange, JsonNode body) {
    claimed(
        exchange,
        cases.handled(
            exchange, body, new CaseCommand.Claim(exchange.caller().reviewer(), lease(body))));
  }

  private void claimed(Exchange exchange, Receipt receipt) {
    if (receipt instanceof Receipt.Done done) {
      var id = done.state().id();
      var ends = with.database().read(tx -> ClaimTable.ends(tx, List.of(id)));
      exchange.concerns(id);
      exchange.tag(done.state());
      exchange.json(200, CaseView.of(done, ends.get(id)));
    } else {
      exchange.receipt(receipt);
    }
  }

  void heartbeat(Exchange exchange, JsonNode body) {
    var caller = exchange.caller();
    var id = exchange.caseId();
    long fence = body.path("fence").asLong();
    switch (claims.beat(id, caller.name(), fence, caller.sight())) {
      case Claims.Beat.Prolonged(var end) ->
          exchange.json(200, CaseView.claim(caller.name(), fence, end));
      case Claims.Beat.Refused(var refusal) -> exchange.problem(Problem.of(refusal));
    }
  }

  void release(Exchange exchange, JsonNode body) {
    cases.say(exchange, body, new CaseCommand.ReleaseClaim(exchange.caller().name()));
  }

  private static Duration lease(JsonNode body) {
    return body.has("leaseSeconds")
        ? Duration.ofSeconds(body.path("leaseSeconds").asLong())
        : Claim.USUAL;
  }
}
