package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.desk.Ask;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.Resolution.AdjustmentType;
import dev.signalbox.exceptions.Resolution.WriteOffReason;
import dev.signalbox.exceptions.Reviewer;
import dev.signalbox.intake.Instants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people do with an exception: take it, settle it, approve. The contract has checked the
 * shapes; what does not fit the item is refused by the lifecycle. On virtual threads.
 */
final class WorkRoutes {
  private final CaseRoutes cases;

  WorkRoutes(CaseRoutes cases) {
    this.cases = cases;
  }

  void assign(Exchange exchange, JsonNode body) {
    cases.say(exchange, body, new CaseCommand.Assign(text(body, "assignee").strip()));
  }

  void unassign(Exchange exchange, JsonNode body) {
    cases.say(exchange, body, new CaseCommand.Unassign());
  }

  void review(Exchange exchange, JsonNode body) {
    cases.say(exchange, body, new CaseCommand.StartReview(exchange.caller().reviewer()));
  }

  void approve(Exchange exchange, JsonNode body) {
    var note = body.path("note").textValue();
    cases.say(exchange, body, new CaseCommand.Approve(exchange.caller().reviewer(), note));
  }

  void reject(Exchange exchange, JsonNode body) {
    by(exchange, body, "reason", CaseCommand.Reject::new);
  }

  private void by(
      Exchange exchange,
      JsonNode body,
      String field,
      BiFunction<Reviewer, String, CaseCommand> command) {
    cases.say(exchange, body, command.apply(exchange.caller().reviewer(), text(body, field)));
  }

  void escalate(Exchange exchange, JsonNode body) {
    cases.say(
        exchange,
        body,
        new CaseCommand.Escalate(new QueueName(text(body, "queue")), text(body, "reason")));
  }

  void forceMatch(Exchange exchange, JsonNode body) {
    propose(
        exchange,
        body,
        new Resolution.ForceMatch(
            text(body, "overrideReason"), text(body, "notes"), body.path("candidate").textValue()));
  }

  /** What is no type of ours is kept in the words of the caller. */
  void adjust(Exchange exchange, JsonNode body) {
    var reason = text(body, "reasonCode");
    var type =
        Stream.of(AdjustmentType.values())
            .filter(known -> known.name().equalsIgnoreCase(reason))
            .findFirst()
            .orElse(AdjustmentType.OTHER);
    propose(
        exchange,
        body,
        new Resolution.Adjustment(
            type, money(body), reason, text(body, "notes"), instant(body, "effectiveAt")));
  }

  void writeOff(Exchange exchange, JsonNode body) {
    propose(
        exchange,
        body,
        new Resolution.WriteOff(
            WriteOffReason.valueOf(text(body, "reason")),
            text(body, "notes"),
            text(body, "referenceDocument")));
  }

  void split(Exchange exchange, JsonNode body) {
    var parts = new ArrayList<Resolution.Split.Part>();
    for (var part : body.path("splits")) {
      parts.add(new Resolution.Split.Part(money(part), text(part, "target")));
    }
    propose(exchange, body, new Resolution.Split(parts, body.path("notes").textValue()));
  }

  void accept(Exchange exchange, JsonNode body) {
    propose(
        exchange,
        body,
        new Resolution.KnownDifference(text(body, "note"), instant(body, "expiresAt")));
  }

  private void propose(Exchange exchange, JsonNode body, Resolution resolution) {
    cases.ask(exchange, body, new Ask.Propose(resolution, exchange.caller().reviewer()));
  }

  private static Money money(JsonNode body) {
    try {
      return Money.of(text(body, "amount"), text(body, "currency"));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no decimal amount.".formatted(text(body, "amount")), e);
    }
  }

  private static @Nullable Instant instant(JsonNode body, String field) {
    try {
      return body.has(field) ? Instants.parse(text(body, field), true) : null;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The \"%s\": %s".formatted(field, e.getMessage()), e);
    }
  }

  private static String text(JsonNode body, String field) {
    return body.path(field).asText();
  }
}
