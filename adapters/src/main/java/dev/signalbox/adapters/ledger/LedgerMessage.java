package dev.signalbox.adapters.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.adapters.http.OutsideJson;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.Posting;
import dev.signalbox.outside.Dispatch;

/** What the ledger is sent, as docs/ledger.md describes it. The same on every attempt. */
final class LedgerMessage {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private LedgerMessage() {}

  static String posting(Dispatch dispatch, Posting posting) {
    var node = JSON.objectNode().put("id", posting.id().toString());
    var exception = dispatch.exception();
    about(node, exception);
    node.put("effectiveOn", String.valueOf(posting.effectiveOn()))
        .put("description", posting.description());
    var lines = node.putArray("lines");
    posting
        .lines()
        .forEach(line ->
            lines
                .addObject()
                .put("account", line.account())
                .put("side", line.side().name())
                .put("amount", line.money().plain())
                .put("currency", line.money().currency().value()));
    node.put("reasonCode", exception.report().reasonCode().name());
    if (exception.report().reasonDetails() != null) {
      node.put("reasonDetails", exception.report().reasonDetails());
    }
    return OutsideJson.text(node);
  }

  static String hold(Dispatch dispatch, LedgerOrder.Hold order) {
    var node = JSON.objectNode().put("action", "HOLD").put("hold", order.hold().toString());
    about(node, dispatch.exception());
    node.putObject("scope")
        .put("kind", order.scope().kind().name())
        .put("value", order.scope().value());
    return OutsideJson.text(node);
  }

  static String release(Dispatch dispatch, LedgerOrder.Release order) {
    var node = JSON.objectNode().put("action", "RELEASE").put("hold", order.hold().toString());
    about(node, dispatch.exception());
    return OutsideJson.text(node);
  }

  private static void about(ObjectNode node, ExceptionCase exception) {
    var identity = exception.report().identity();
    node.put("exceptionId", exception.id().toString())
        .put("context", identity.context())
        .put("source", identity.source())
        .put("sourceRef", identity.sourceRef());
  }
}
