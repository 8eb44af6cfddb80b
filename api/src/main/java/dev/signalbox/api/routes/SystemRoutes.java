package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Contract;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.Readiness;
import dev.signalbox.work.WorkTable;
import io.vertx.core.buffer.Buffer;

/** What operators ask: health, status, metrics, the contract. Runs on virtual threads. */
final class SystemRoutes {
  private final Collaborators with;
  private final Readiness readiness;

  SystemRoutes(Collaborators with) {
    this.with = with;
    readiness = new Readiness(with);
  }

  void live(Exchange exchange) {
    exchange.json(200, JsonNodeFactory.instance.objectNode().put("status", "up"));
  }

  void ready(Exchange exchange) {
    var node = JsonNodeFactory.instance.objectNode();
    if (readiness.isReady()) {
      exchange.json(200, node.put("status", "up"));
    } else {
      exchange.json(503, node.put("status", "down").put("why", "The database is not available."));
    }
  }

  void status(Exchange exchange, JsonNode body) {
    var node = JsonNodeFactory.instance.objectNode().put("ruleset", with.rules().get().label());
    node.set("rulesetSource", RulesetRoutes.source(with));
    if (with.rulesets().active().behind() > 0) {
      node.put("rulesetBehind", with.rulesets().active().behind());
    }
    var targets = node.putArray("targets");
    with.breakers()
        .get()
        .forEach((target, state) ->
            targets.addObject().put("name", target.value()).put("breaker", state));
    var work = node.putArray("work");
    with.database()
        .read(WorkTable::levels)
        .forEach(level ->
            work.addObject()
                .put("target", level.target())
                .put("state", level.state())
                .put("count", level.count())
                .put("oldestSeconds", level.oldest().toSeconds()));
    exchange.json(200, node);
  }

  void metrics(Exchange exchange, JsonNode body) {
    exchange.send(200, "text/plain; version=0.0.4", Buffer.buffer(with.metrics().get()));
  }

  void contract(Exchange exchange) {
    exchange.send(200, "application/yaml", Buffer.buffer(Contract.text()));
  }
}
