package dev.signalbox.api.routes;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.OnlyOnce;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.api.views.RulesetEventView;
import dev.signalbox.api.views.ShadowView;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.RulesetTable;
import dev.signalbox.rulesets.Activations.Outcome;
import dev.signalbox.rulesets.Activations.Wish;
import dev.signalbox.rulesets.EventBody;
import dev.signalbox.rulesets.RulesetEvent;
import dev.signalbox.rulesets.RulesetEvent.Kind;
import dev.signalbox.rulesets.RulesetEventTable;
import dev.signalbox.rulesets.Shadows;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The rulesets: what decides, what was judged, and who says what decides. On virtual threads. */
final class RulesetRoutes {
  private static final int EVENTS_MAX = 50;
  private static final double NANOS_PER_MICRO = 1_000;
  private static final String MANIFEST = "ruleset.yaml";

  private final Collaborators with;
  private final OnlyOnce once;

  RulesetRoutes(Collaborators with) {
    this.with = with;
    once = new OnlyOnce(with);
  }

  void list(Exchange exchange, JsonNode body) {
    exchange.json(200, with.database().read(this::standing));
  }

  private ObjectNode standing(Tx tx) {
    var rules = with.rules().get();
    var node = JsonNodeFactory.instance.objectNode();
    var active =
        node.putObject("active")
            .put("name", rules.name())
            .put("digest", rules.digest().hex())
            .put("reportingCurrency", rules.reportingCurrency().value());
    if (with.rulesets().active().isThere()) {
      var activation = with.rulesets().active().now().activation();
      active.set("activation", RulesetEventView.of(activation));
      var back = activation.backTo();
      var previous = back == null ? null : RulesetEventTable.find(tx, back);
      if (previous != null) {
        node.set("previous", RulesetEventView.of(previous));
      }
    }
    if (with.rulesets().active().behind() > 0) {
      node.put("behind", with.rulesets().active().behind());
    }
    node.set("source", source(with));
    var shadow = Shadows.newest(tx);
    if (shadow != null) {
      node.set("shadow", ShadowView.brief(shadow));
    }
    var events = node.putArray("events");
    RulesetEventTable.newest(tx, EVENTS_MAX)
        .forEach(event -> events.add(RulesetEventView.of(event)));
    return node;
  }

  /** What the last look at the source showed. */
  static ObjectNode source(Collaborators with) {
    var watch = with.rulesets().watch();
    var seen = watch.seen();
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", watch.source())
            .put("outcome", seen.outcome())
            .put("detail", seen.detail());
    if (seen.at() != null) {
      node.put("lookedAt", seen.at().toString());
    }
    return node;
  }

  void get(Exchange exchange, JsonNode body) {
    var digest = digest(exchange);
    var files =
        digest == null
            ? null
            : with.database().<@Nullable RulesetFiles>read(tx -> RulesetTable.find(tx, digest));
    if (digest == null || files == null) {
      notFound(exchange);
      return;
    }
    var node = JsonNodeFactory.instance.objectNode().put("digest", digest.hex());
    var names = node.putArray("files");
    files.all().keySet().forEach(names::add);
    var manifest = files.all().get(MANIFEST);
    if (manifest != null) {
      node.put("manifest", RulesetFiles.text(manifest));
    }
    var events = node.putArray("events");
    with.database()
        .read(tx -> RulesetEventTable.of(tx, digest, EVENTS_MAX))
        .forEach(event -> events.add(RulesetEventView.of(event)));
    var judgement =
        with.database().<@Nullable RulesetEvent>read(tx -> RulesetEventTable.judgement(tx, digest));
    if (judgement != null && judgement.kind() == Kind.ADMITTED) {
      node.set("rules", EventBody.read(judgement).path("rules"));
    }
    exchange.json(200, node);
  }

  /** Every rule, with how often it fired; and how long the rules take here, if they decide. */
  void rules(Exchange exchange, JsonNode body) {
    var digest = digest(exchange);
    var judgement =
        digest == null
            ? null
            : with.database()
                .<@Nullable RulesetEvent>read(tx -> RulesetEventTable.judgement(tx, digest));
    if (digest == null || judgement == null) {
      notFound(exchange);
      return;
    }
    var node = JsonNodeFactory.instance.objectNode().put("digest", digest.hex());
    var hits = with.desk().ruleHits().of(with.database(), digest);
    var rules = node.putArray("rules");
    for (var rule : EventBody.read(judgement).path("rules")) {
      var shown = rules.addObject();
      rule.properties().forEach(e -> shown.set(e.getKey(), e.getValue()));
      var hit = hits.get(rule.path("id").asText());
      shown.put("fired", hit == null ? 0 : hit.hits());
      if (hit != null) {
        shown.put("lastFiredAt", hit.last().toString());
      }
    }
    if (with.rules().get().digest().equals(digest)) {
      var points = node.putArray("points");
      with.rules()
          .get()
          .timings()
          .forEach((point, timing) ->
              points
                  .addObject()
                  .put("point", point)
                  .put("asked", timing.asked())
                  .put("meanMicros", timing.mean().toNanos() / NANOS_PER_MICRO)
                  .put("p50Micros", timing.p50().toNanos() / NANOS_PER_MICRO)
                  .put("p99Micros", timing.p99().toNanos() / NANOS_PER_MICRO)
                  .put("maxMicros", timing.slowest().toNanos() / NANOS_PER_MICRO));
    }
    exchange.json(200, node);
  }

  void archive(Exchange exchange, JsonNode body) {
    var digest = digest(exchange);
    var archive =
        digest == null
            ? null
            : with.database().<byte @Nullable []>read(tx -> RulesetTable.archive(tx, digest));
    if (archive == null) {
      notFound(exchange);
    } else {
      exchange.send(200, "application/zip", Buffer.buffer(archive));
    }
  }

  void refresh(Exchange exchange, JsonNode body) {
    once.run(
        exchange,
        bytes(body),
        () -> {
          with.rulesets().watch().ring();
          var node = JsonNodeFactory.instance.objectNode();
          node.set("source", source(with));
          return new OnlyOnce.Outcome(node, true);
        });
  }

  void activate(Exchange exchange, JsonNode body) {
    once.run(
        exchange,
        bytes(body),
        () -> {
          var digest = digest(exchange);
          if (digest == null) {
            notFound(exchange);
            return null;
          }
          return answer(
              exchange,
              with.rulesets()
                  .activations()
                  .activate(
                      new Wish(
                          digest,
                          body.path("admission").longValue(),
                          body.has("backtest")
                              ? Long.valueOf(body.path("backtest").longValue())
                              : null,
                          body.path("why").asText(),
                          exchange.caller().actor())));
        });
  }

  /** Keeps the result of a backtest; its number is what an activation names. */
  void backtest(Exchange exchange, JsonNode body) {
    once.run(
        exchange,
        bytes(body),
        () -> {
          var digest = digest(exchange);
          if (digest == null) {
            notFound(exchange);
            return null;
          }
          var published =
              with.rulesets()
                  .evidence()
                  .publish(digest, (ObjectNode) body, exchange.caller().actor());
          var event = published.event();
          if (event == null) {
            return answer(exchange, requireNonNull(published.refused()));
          }
          boolean passed = EventBody.read(event).path("passed").asBoolean();
          return new OnlyOnce.Outcome(RulesetEventView.brief(event).put("passed", passed), true);
        });
  }

  void rollBack(Exchange exchange, JsonNode body) {
    once.run(
        exchange,
        bytes(body),
        () ->
            answer(
                exchange,
                with.rulesets()
                    .activations()
                    .rollBack(
                        body.has("from") ? Long.valueOf(body.path("from").longValue()) : null,
                        body.path("why").asText(),
                        exchange.caller().actor())));
  }

  private static OnlyOnce.@Nullable Outcome answer(Exchange exchange, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Activated(var event) ->
          new OnlyOnce.Outcome(RulesetEventView.brief(event), true);
      case Outcome.Approved(var event, int approvals, int needed) ->
          new OnlyOnce.Outcome(
              RulesetEventView.brief(event).put("approvals", approvals).put("needed", needed),
              true);
      case Outcome.Refused(var code, var why) -> {
        exchange.problem(
            code.equals("CHANGED")
                ? Problem.of(409, code, "In conflict with what is known.", why)
                : Problem.of(422, code, "Not possible where the rulesets stand.", why));
        yield null;
      }
    };
  }

  /** What is no digest is one that nobody knows. */
  static @Nullable Sha256 digest(Exchange exchange) {
    var text = exchange.pathText("digest");
    return text.matches("[0-9a-f]{64}") ? new Sha256(text) : null;
  }

  static void notFound(Exchange exchange) {
    exchange.problem(
        Problem.of(
            404,
            "NOT_FOUND",
            "Not found.",
            "There is no ruleset %s.".formatted(exchange.pathText("digest"))));
  }

  static byte[] bytes(JsonNode body) {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }
}
