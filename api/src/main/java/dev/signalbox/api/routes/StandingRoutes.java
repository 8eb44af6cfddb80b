package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.desk.Ask;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.Hold;
import dev.signalbox.exceptions.HoldId;
import dev.signalbox.intake.Instants;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What people hold back in the ledger, and what they let rest. On virtual threads. */
final class StandingRoutes {
  private final CaseRoutes cases;

  StandingRoutes(CaseRoutes cases) {
    this.cases = cases;
  }

  void hold(Exchange exchange, JsonNode body) {
    var on = Hold.Kind.valueOf(body.path("on").asText(Hold.Kind.ITEM.name()));
    cases.say(exchange, body, new CaseCommand.PlaceHold(on, reason(body), name(exchange)));
  }

  void release(Exchange exchange, JsonNode body) {
    var hold = new HoldId(exchange.pathId("holdId"));
    cases.say(exchange, body, new CaseCommand.ReleaseHold(hold, reason(body), name(exchange)));
  }

  void snooze(Exchange exchange, JsonNode body) {
    cases.ask(exchange, body, new Ask.Snooze(until(body), reason(body), name(exchange)));
  }

  void wake(Exchange exchange, JsonNode body) {
    cases.say(exchange, body, new CaseCommand.Wake(name(exchange)));
  }

  /** To the precision in which a database keeps it. */
  private static Instant until(JsonNode body) {
    try {
      return Instants.parse(body.path("until").asText(), false).truncatedTo(ChronoUnit.MICROS);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The \"until\": %s".formatted(e.getMessage()), e);
    }
  }

  private static String reason(JsonNode body) {
    return body.path("reason").asText();
  }

  private static String name(Exchange exchange) {
    return exchange.caller().reviewer().name();
  }
}
