package dev.signalbox.adapters.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.adapters.http.OutsideJson;
import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.outside.Dispatch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The public presentation of an exception: {@code {type, timestamp, data}}, where amounts are
 * decimal strings and instants RFC 3339. It depends on the dispatch alone, so every attempt sends
 * the same bytes. What a report lacks is left out; the raw record never leaves.
 */
final class WebhookMessage {
  static final String TYPE = "exception.dispatched";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private WebhookMessage() {}

  static String of(Dispatch dispatch) {
    var message = JSON.objectNode();
    message.put("type", TYPE);
    message.put("timestamp", at(dispatch).toString());
    message.set("data", data(dispatch));
    return OutsideJson.text(message);
  }

  /** When the dispatch was requested. */
  static Instant at(Dispatch dispatch) {
    var pending = dispatch.exception().pending();
    return pending == null ? dispatch.exception().updatedAt() : pending.requestedAt();
  }

  private static ObjectNode data(Dispatch dispatch) {
    var exception = dispatch.exception();
    var data = JSON.objectNode();
    data.put("exceptionId", exception.id().toString());
    data.put("dispatchId", dispatch.id().toString());
    data.put("target", dispatch.target().value());
    put(data, "targetQueue", dispatch.queue());
    data.put("version", exception.version());
    standing(data, exception);
    report(data, exception.report());
    return data;
  }

  private static void standing(ObjectNode data, ExceptionCase exception) {
    data.put("status", exception.status().name());
    var classification = exception.classification();
    if (classification != null) {
      data.put("severity", classification.severity().name());
      data.put("dueAt", classification.dueAt().toString());
      data.put("overdue", classification.breached());
    }
    var route = exception.route();
    if (route != null) {
      data.put("queue", route.queue().value());
      data.put("lane", route.lane().name());
      data.set("flags", OutsideJson.tree(route.flags()));
    }
    put(data, "assignee", exception.assignee());
    data.put("escalationLevel", exception.escalationLevel());
    data.put("firstDetectedAt", exception.detection().first().toString());
    data.put("lastDetectedAt", exception.detection().last().toString());
    data.put("recurrences", exception.detection().recurrences());
  }

  private static void report(ObjectNode data, ExceptionReport report) {
    var identity = report.identity();
    data.put("context", identity.context());
    data.put("source", identity.source());
    data.put("sourceRef", identity.sourceRef());
    put(data, "period", identity.period());
    data.put("reasonCode", report.reasonCode().name());
    put(data, "reasonDetails", report.reasonDetails());
    data.put("amount", report.money().plain());
    data.put("currency", report.money().currency().toString());
    put(
        data,
        "baseAmount",
        report.baseAmount() == null ? null : report.baseAmount().toPlainString());
    data.put("transactionDate", report.transactionDate().toString());
    put(
        data,
        "confidence",
        report.confidence() == null ? null : report.confidence().toPlainString());
    if (report.counterparty() != null) {
      data.set("counterparty", counterparty(report.counterparty()));
    }
    data.set("regulatory", OutsideJson.tree(report.regulatory()));
    put(data, "glAccount", report.glAccount());
    var candidates = data.putArray("candidates");
    report.candidates().forEach(candidate -> candidates.add(candidate(candidate)));
    data.set("attributes", OutsideJson.tree(report.attributes()));
  }

  private static ObjectNode counterparty(Counterparty party) {
    var node = JSON.objectNode();
    put(node, "id", party.id());
    put(node, "name", party.name());
    put(node, "riskTier", party.riskTier());
    node.put("restricted", party.restricted());
    node.put("trusted", party.trusted());
    return node;
  }

  private static ObjectNode candidate(Candidate candidate) {
    var node = JSON.objectNode();
    node.put("ref", candidate.ref());
    put(node, "source", candidate.source());
    if (candidate.money() != null) {
      node.put("amount", candidate.money().plain());
      node.put("currency", candidate.money().currency().toString());
    }
    put(node, "date", candidate.date());
    put(node, "score", candidate.score() == null ? null : candidate.score().toPlainString());
    put(node, "reference", candidate.reference());
    return node;
  }

  private static void put(ObjectNode node, String field, @Nullable Object value) {
    if (value != null) {
      node.put(field, value.toString());
    }
  }
}
