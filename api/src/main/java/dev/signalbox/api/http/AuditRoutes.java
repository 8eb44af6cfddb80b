package dev.signalbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.audit.AuditVerify;
import dev.signalbox.audit.Finding;
import io.vertx.core.buffer.Buffer;

/**
 * The auditor's look at everything, told line by line while it goes on. Runs on a virtual thread.
 */
final class AuditRoutes {
  private final Collaborators with;

  AuditRoutes(Collaborators with) {
    this.with = with;
  }

  void verify(Exchange exchange, JsonNode body) {
    var response = exchange.routing().response();
    response.setChunked(true).putHeader("Content-Type", "application/x-ndjson");
    var found =
        new AuditVerify(with.database(), with.journal())
            .run(progress -> line(exchange, view(progress).put("done", false)));
    line(exchange, view(found).put("done", true));
    exchange.routing().vertx().runOnContext(nothing -> response.end());
  }

  private static void line(Exchange exchange, ObjectNode node) {
    exchange
        .routing()
        .vertx()
        .runOnContext(nothing -> exchange.routing().response().write(Buffer.buffer(node + "\n")));
  }

  private static ObjectNode view(Finding finding) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("exceptions", finding.exceptions())
            .put("rows", finding.rows())
            .put("erased", finding.erased())
            .put("misfits", finding.misfits());
    var first = finding.first();
    if (first != null) {
      node.putObject("first")
          .put("id", first.exception().toString())
          .put("seq", first.seq())
          .put("what", first.what());
    }
    return node;
  }
}
