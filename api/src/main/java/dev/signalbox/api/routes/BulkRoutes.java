package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.desk.Ask;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Refusal;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.Resolution.WriteOffReason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The same for up to a hundred exceptions: committed together, each refused by itself. A key makes
 * each of them happen once. Runs on virtual threads.
 */
final class BulkRoutes {
  private final Collaborators with;

  BulkRoutes(Collaborators with) {
    this.with = with;
  }

  void assign(Exchange exchange, JsonNode body) {
    var assignee = body.path("assignee").asText().strip();
    each(exchange, body, new Ask.Say(new CaseCommand.Assign(assignee)));
  }

  void dispatch(Exchange exchange, JsonNode body) {
    var target = Asked.target(exchange, with, body);
    if (target == null) {
      return;
    }
    var queue = body.path("queue").textValue();
    each(
        exchange,
        body,
        new Ask.Say(
            new CaseCommand.RequestDispatch(
                target, queue == null ? null : new QueueName(queue), null)));
  }

  void resolve(Exchange exchange, JsonNode body) {
    var resolution =
        resolution(body.path("resolution").asText().strip(), body.path("reason").textValue());
    each(exchange, body, new Ask.Propose(resolution, exchange.caller().reviewer()));
  }

  /**
   * What a word for many means here: a known difference, a write-off by its reason, or else a match
   * that is forced, with the caller's words kept. What needs an amount is done one by one.
   */
  private static Resolution resolution(String word, @Nullable String reason) {
    var upper = word.toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    var writeOff =
        Stream.of(WriteOffReason.values()).filter(known -> known.name().equals(upper)).findFirst();
    if (writeOff.isPresent()) {
      if (reason == null) {
        throw new IllegalArgumentException(
            "A write-off needs a \"reason\"; it names where that was decided.");
      }
      return new Resolution.WriteOff(writeOff.get(), reason, reason);
    }
    return switch (upper) {
      case "KNOWN_DIFFERENCE" ->
          new Resolution.KnownDifference(reason == null ? word : reason, null);
      case "WRITE_OFF" ->
          throw new IllegalArgumentException(
              "Many are written off by the reason: %s."
                  .formatted(List.of(WriteOffReason.values())));
      case "ADJUSTMENT", "ADJUST_ENTRY", "SPLIT" ->
          throw new IllegalArgumentException(
              "A resolution \"%s\" needs amounts, so it is proposed for one at a time."
                  .formatted(word));
      default -> new Resolution.ForceMatch(word, reason == null ? word : reason, null);
    };
  }

  private void each(Exchange exchange, JsonNode body, Ask ask) {
    var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    var ids = new ArrayList<CaseId>();
    body.path("exceptionIds").forEach(id -> ids.add(CaseId.parse(id.asText())));
    var requests = new ArrayList<Request>();
    for (var id : ids) {
      requests.add(
          Request.of(id, ask, exchange.caller().actor())
              .within(exchange.caller().sight())
              .once(exchange.once(requests.size(), bytes))
              .tracedBy(exchange.traceParent()));
    }
    var receipts = with.desk().handle(requests);
    if (receipts.getFirst() instanceof Receipt.Refused(Refusal.KeyReused reused, var none)) {
      exchange.problem(Problem.of(reused));
      return;
    }
    var node = JsonNodeFactory.instance.objectNode();
    var succeeded = node.putArray("succeeded");
    var failed = node.putArray("failed");
    for (int i = 0; i < ids.size(); i++) {
      if (receipts.get(i) instanceof Receipt.Refused(var refusal, var state)) {
        failed
            .addObject()
            .put("exceptionId", ids.get(i).toString())
            .put("code", refusal.code())
            .put("error", refusal.detail());
      } else {
        succeeded.add(ids.get(i).toString());
      }
    }
    exchange.json(200, node.put("total", ids.size()));
  }
}
