package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.OnlyOnce;
import dev.signalbox.api.http.Query;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.desk.CaseTable;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.StoredCase;
import dev.signalbox.dispatch.DeadLetters;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.work.AttemptTable;
import dev.signalbox.work.DeadLetter;
import dev.signalbox.work.DeadLetterTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What could not be done: listed, shown whole, tried again. Runs on virtual threads. */
final class DeadLetterRoutes {
  private static final int ATTEMPTS_SHOWN = 200;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Collaborators with;
  private final OnlyOnce once;

  DeadLetterRoutes(Collaborators with) {
    this.with = with;
    once = new OnlyOnce(with);
  }

  void list(Exchange exchange, JsonNode body) {
    var query = new Query(exchange.request());
    int limit = query.integer("limit", 50);
    var after = query.textOrNull("after");
    var filter =
        new DeadLetterTable.Filter(
            kind(query.textOrNull("kind")),
            query.textOrNull("target"),
            query.truth("waiting", true),
            null,
            exchange.caller().sight());
    var letters =
        with.database()
            .read(tx ->
                DeadLetterTable.page(
                    tx, filter, after == null ? null : UUID.fromString(after), limit + 1));
    var node = JsonNodeFactory.instance.objectNode();
    var items = node.putArray("items");
    letters.stream().limit(limit).forEach(letter -> items.add(view(letter)));
    exchange.json(200, node.put("hasMore", letters.size() > limit));
  }

  void get(Exchange exchange, JsonNode body) {
    var letter = find(exchange);
    if (letter == null) {
      return;
    }
    var node = view(letter);
    var request = with.database().read(tx -> DeadLetterTable.body(tx, letter.id()));
    try {
      if (request != null) {
        node.set("request", JSON.readTree(request));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A dead letter is not JSON.", e);
    }
    var made = node.putArray("made");
    attempts(letter.dispatch())
        .forEach(attempt ->
            made.addObject()
                .put("attempt", attempt.attempt())
                .put("at", attempt.at().toString())
                .put("outcome", attempt.outcome())
                .put("detail", attempt.detail())
                .put("tookMillis", attempt.tookMillis()));
    exchange.json(200, node);
  }

  private List<AttemptTable.Made> attempts(@Nullable DispatchId dispatch) {
    return dispatch == null
        ? List.of()
        : with.database().read(tx -> AttemptTable.of(tx, dispatch, ATTEMPTS_SHOWN));
  }

  void redriveOne(Exchange exchange, JsonNode body) {
    once.run(exchange, bytes(body), () -> redriveFound(exchange));
  }

  private OnlyOnce.@Nullable Outcome redriveFound(Exchange exchange) {
    var letter = find(exchange);
    if (letter == null) {
      return null;
    }
    if (letter.redrivenAt() != null) {
      exchange.problem(
          Problem.of(
              422,
              "REDRIVEN",
              "Not possible where it stands.",
              "The dead letter was tried again at %s already.".formatted(letter.redrivenAt())));
      return null;
    }
    return new OnlyOnce.Outcome(
        redriven(with.deadLetters().redrive(List.of(letter), exchange.caller().actor())), true);
  }

  void redriveMany(Exchange exchange, JsonNode body) {
    once.run(
        exchange, bytes(body), () -> new OnlyOnce.Outcome(redriveMatching(exchange, body), true));
  }

  private ObjectNode redriveMatching(Exchange exchange, JsonNode body) {
    var filter =
        new DeadLetterTable.Filter(
            kind(body.path("kind").textValue()),
            body.path("target").textValue(),
            true,
            null,
            exchange.caller().sight());
    if (body.path("dryRun").booleanValue()) {
      var node = JsonNodeFactory.instance.objectNode();
      node.put("matched", with.deadLetters().count(filter)).put("redriven", 0).put("dryRun", true);
      node.putArray("failed");
      return node;
    }
    return redriven(with.deadLetters().redrive(filter, exchange.caller().actor()));
  }

  private static byte[] bytes(JsonNode body) {
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode redriven(List<DeadLetters.Redriven> tried) {
    var node = JsonNodeFactory.instance.objectNode();
    var failed = node.putArray("failed");
    int done = 0;
    for (var one : tried) {
      if (one.receipt() instanceof Receipt.Refused refused) {
        failed
            .addObject()
            .put("id", one.letter().id().toString())
            .set("problem", Problem.of(refused.refusal()).json(null));
      } else {
        done++;
      }
    }
    return node.put("matched", tried.size()).put("redriven", done).put("dryRun", false);
  }

  private @Nullable DeadLetter find(Exchange exchange) {
    var id = exchange.pathId("deadLetterId");
    var letter = with.database().read(tx -> DeadLetterTable.find(tx, id));
    if (letter != null && isInSight(exchange, letter)) {
      return letter;
    }
    exchange.problem(
        Problem.of(404, "NOT_FOUND", "Not found.", "There is no dead letter %s.".formatted(id)));
    return null;
  }

  private boolean isInSight(Exchange exchange, DeadLetter letter) {
    var sight = exchange.caller().sight();
    if (sight.isAll()) {
      return true;
    }
    var stored =
        with.database().<@Nullable StoredCase>read(tx -> CaseTable.find(tx, letter.caseId()));
    return stored != null && sight.reaches(stored.state());
  }

  private static DeadLetter.@Nullable Kind kind(@Nullable String name) {
    return name == null ? null : DeadLetter.Kind.valueOf(name);
  }

  private static ObjectNode view(DeadLetter letter) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", letter.id().toString())
            .put("kind", letter.kind().name())
            .put("exceptionId", letter.caseId().toString())
            .put("reason", letter.reason())
            .put("attempts", letter.attempts())
            .put("createdAt", letter.createdAt().toString());
    if (letter.target() != null) {
      node.put("target", letter.target());
    }
    if (letter.redrivenAt() != null) {
      node.put("redrivenAt", letter.redrivenAt().toString());
    }
    if (letter.redrivenBy() != null) {
      node.put("redrivenBy", letter.redrivenBy());
    }
    return node;
  }
}
