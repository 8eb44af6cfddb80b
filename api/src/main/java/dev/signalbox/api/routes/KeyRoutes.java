package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.access.Key;
import dev.signalbox.access.KeyEvent;
import dev.signalbox.access.Keys;
import dev.signalbox.access.Keys.Outcome;
import dev.signalbox.access.Role;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.OnlyOnce;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.intake.Instants;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The keys, for administrators: who has one, and making, replacing and revoking them. A key is said
 * once, in the answer to the request that makes it; a repeat of that request under its idempotency
 * key gets the answer without it. On virtual threads.
 */
final class KeyRoutes {
  private static final int EVENTS_MAX = 100;
  private static final Duration OVERLAP = Duration.ofHours(1);

  private final OnlyOnce once;
  private final Keys keys;

  KeyRoutes(Collaborators with) {
    once = new OnlyOnce(with);
    keys = new Keys(with.database(), with.clock());
  }

  void list(Exchange exchange, JsonNode body) {
    var ring = keys.all(EVENTS_MAX);
    var node = JsonNodeFactory.instance.objectNode();
    var list = node.putArray("keys");
    ring.keys().forEach(key -> list.add(view(key)));
    var events = node.putArray("events");
    ring.events().forEach(event -> events.add(view(event)));
    exchange.json(200, node);
  }

  void create(Exchange exchange, JsonNode body) {
    var endsAt = body.has("endsAt") ? Instants.parse(body.path("endsAt").asText(), true) : null;
    answer(
        exchange,
        body,
        () ->
            keys.create(
                new Keys.Wanted(
                    body.path("name").asText(),
                    Role.valueOf(body.path("role").asText()),
                    new Sight(names(body.path("contexts")), names(body.path("queues"))),
                    endsAt),
                body.path("why").asText(),
                exchange.caller().actor()));
  }

  private static @Nullable List<String> names(JsonNode list) {
    return list.isArray()
        ? StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList()
        : null;
  }

  void rotate(Exchange exchange, JsonNode body) {
    var id = exchange.pathId("keyId");
    var overlap = overlap(body);
    answer(
        exchange,
        body,
        () -> keys.rotate(id, overlap, body.path("why").asText(), exchange.caller().actor()));
  }

  void revoke(Exchange exchange, JsonNode body) {
    var id = exchange.pathId("keyId");
    answer(
        exchange,
        body,
        () -> keys.revoke(id, body.path("why").asText(), exchange.caller().actor()));
  }

  private static Duration overlap(JsonNode body) {
    if (!body.has("overlap")) {
      return OVERLAP;
    }
    var text = body.path("overlap").asText();
    try {
      var overlap = Duration.parse(text);
      if (!overlap.isNegative() && overlap.compareTo(Keys.OVERLAP_MAX) <= 0) {
        return overlap;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(noOverlap(text), e);
    }
    throw new IllegalArgumentException(noOverlap(text));
  }

  private static String noOverlap(String text) {
    return "The overlap \"%s\" is no duration like \"PT1H\", of at most 30 days.".formatted(text);
  }

  private void answer(Exchange exchange, JsonNode body, Supplier<Outcome> work) {
    once.run(exchange, bytes(body), () -> outcome(exchange, work.get()));
  }

  private static OnlyOnce.@Nullable Outcome outcome(Exchange exchange, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Made(var key, var text) ->
          new OnlyOnce.Outcome(view(key).put("key", text), view(key), true);
      case Outcome.Revoked(var key) -> new OnlyOnce.Outcome(view(key), true);
      case Outcome.Unknown unknown -> {
        exchange.problem(
            Problem.of(
                404,
                "NOT_FOUND",
                "Not found.",
                "There is no key %s.".formatted(exchange.pathText("keyId"))));
        yield null;
      }
      case Outcome.Refused(var code, var why) -> {
        exchange.problem(Problem.of(422, code, "Not possible where the keys stand.", why));
        yield null;
      }
    };
  }

  private static ObjectNode view(Key key) {
    return limits(view(key.id(), key.name(), key.role(), key.endsAt()), key.sight())
        .put("createdAt", key.createdAt().toString());
  }

  private static ObjectNode view(KeyEvent event) {
    return limits(view(event.key(), event.name(), event.grants(), event.endsAt()), event.sight())
        .put("number", event.number())
        .put("at", event.at().toString())
        .put("kind", event.kind().name())
        .put("actor", event.actor())
        .put("why", event.why());
  }

  private static ObjectNode view(UUID id, String name, Role role, @Nullable Instant endsAt) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id.toString())
            .put("name", name)
            .put("role", role.name());
    if (endsAt != null) {
      node.put("endsAt", endsAt.toString());
    }
    return node;
  }

  private static ObjectNode limits(ObjectNode node, Sight sight) {
    if (sight.contexts() != null) {
      sight.contexts().forEach(node.putArray("contexts")::add);
    }
    if (sight.queues() != null) {
      sight.queues().forEach(node.putArray("queues")::add);
    }
    return node;
  }

  private static byte[] bytes(JsonNode body) {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }
}
