package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.http.Bodies;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.OnceKeys;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.Refusal;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.outside.CallbackReader;
import dev.signalbox.outside.CallbackReading;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signed answers from outside. They are authenticated by their signature over the raw bytes, take
 * effect once per message, and what comes too late is kept and answered with 200: the sender can do
 * nothing about it, and would only send it again.
 */
final class CallbackRoutes {
  private static final int BYTES_MAX = 5 << 20;

  private final Collaborators with;
  private final Bodies bodies;
  private final Callbacks callbacks;

  CallbackRoutes(Collaborators with, Bodies bodies) {
    this.with = with;
    this.bodies = bodies;
    callbacks = new Callbacks(with);
  }

  void take(Exchange exchange) {
    exchange.step(() -> {
      var target = new TargetName(exchange.pathText("target").toLowerCase(Locale.ROOT));
      var reader = with.callbacks().get(target);
      if (reader == null) {
        exchange.problem(
            Problem.of(
                404,
                "NOT_FOUND",
                "Not found.",
                "There is no target \"%s\" that answers.".formatted(target)));
        return;
      }
      bodies.collect(
          exchange,
          BYTES_MAX,
          body ->
              with.blocking()
                  .execute(() -> exchange.step(() -> read(exchange, target, reader, body))));
    });
  }

  private void read(Exchange exchange, TargetName target, CallbackReader reader, byte[] body) {
    switch (reader.read(headers(exchange), body, with.clock().instant())) {
      case CallbackReading.Answer answer -> accept(exchange, target, answer, body);
      case CallbackReading.Ignored ignored -> exchange.json(200, taken("ignored", ignored.why()));
      case CallbackReading.Forged forged ->
          exchange.problem(Problem.of(401, "FORGED", "Not authentic.", forged.why()));
      case CallbackReading.Malformed malformed ->
          exchange.problem(Problem.of(400, "MALFORMED", "Not understood.", malformed.why()));
    }
  }

  private void accept(
      Exchange exchange, TargetName target, CallbackReading.Answer answer, byte[] body) {
    exchange.concerns(answer.exception());
    var request =
        Request.say(
                answer.exception(),
                new CaseCommand.AcceptCallback(answer.callback()),
                new Actor.Adapter(target.value()))
            .once(OnceKeys.message(target, answer.messageId(), body));
    switch (callbacks.take(request, target.value(), exchange.traceParent())) {
      case Receipt.Done done -> exchange.json(200, taken("accepted", null));
      case Receipt.Refused(Refusal.Busy busy, var state) -> exchange.problem(Problem.of(busy));
      case Receipt.Refused refused ->
          exchange.json(200, taken("ignored", refused.refusal().detail()));
      case Receipt.HeldBack held -> throw new IllegalStateException("No report was made.");
      case Receipt.LeaseLost lost -> throw new IllegalStateException("A caller has no lease.");
    }
  }

  private static ObjectNode taken(String result, @Nullable String why) {
    var node = JsonNodeFactory.instance.objectNode().put("result", result);
    return why == null ? node : node.put("why", why);
  }

  private static Map<String, String> headers(Exchange exchange) {
    var headers = new HashMap<String, String>();
    exchange
        .request()
        .headers()
        .forEach(
            header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    return headers;
  }
}
