package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.OnlyOnce;
import dev.signalbox.api.http.Query;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Lane;
import dev.signalbox.intake.Instants;
import dev.signalbox.review.Batch;
import dev.signalbox.review.Batches;
import dev.signalbox.review.Preflight;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Batches of proposals: built, shown with what approving would do, decided. On virtual threads. */
final class BatchRoutes {
  private static final int SHOWN_MAX = 50;

  private final Collaborators with;
  private final OnlyOnce once;

  BatchRoutes(Collaborators with) {
    this.with = with;
    once = new OnlyOnce(with);
  }

  void build(Exchange exchange, JsonNode body) {
    var lane = body.path("lane").textValue();
    var wanted =
        new Batches.Wanted(
            body.path("queue").textValue(),
            body.path("context").textValue(),
            lane == null ? null : Lane.valueOf(lane),
            instant(body, "proposedFrom"),
            instant(body, "proposedBefore"));
    done(exchange, body, by -> with.batches().build(wanted, by));
  }

  void list(Exchange exchange, JsonNode body) {
    int limit = new Query(exchange.request()).integer("limit", SHOWN_MAX);
    var node = JsonNodeFactory.instance.objectNode();
    var items = node.putArray("items");
    with.batches()
        .newest(limit, exchange.caller().sight())
        .forEach(batch -> items.add(head(batch)));
    exchange.json(200, node);
  }

  void get(Exchange exchange, JsonNode body) {
    var batch = with.batches().find(id(exchange), exchange.caller().sight());
    if (batch == null) {
      exchange.problem(absent(exchange));
      return;
    }
    exchange.tag(batch.version());
    exchange.json(200, shown(exchange, batch));
  }

  void exclude(Exchange exchange, JsonNode body) {
    var ids = new ArrayList<CaseId>();
    body.path("exceptionIds").forEach(id -> ids.add(CaseId.parse(id.asText())));
    var why = body.path("reason").asText();
    done(
        exchange,
        body,
        by -> with.batches().exclude(id(exchange), exchange.conditions().ifMatch(), ids, why, by));
  }

  void approve(Exchange exchange, JsonNode body) {
    var note = body.path("note").textValue();
    done(
        exchange,
        body,
        by -> with.batches().approve(id(exchange), exchange.conditions().ifMatch(), note, by));
  }

  void reject(Exchange exchange, JsonNode body) {
    var reason = body.path("reason").asText();
    done(
        exchange,
        body,
        by -> with.batches().reject(id(exchange), exchange.conditions().ifMatch(), reason, by));
  }

  private void done(
      Exchange exchange, JsonNode body, Function<Batches.Somebody, Batches.Result> work) {
    once.run(
        exchange,
        body.toString().getBytes(StandardCharsets.UTF_8),
        () -> answer(exchange, work.apply(somebody(exchange))));
  }

  private OnlyOnce.@Nullable Outcome answer(Exchange exchange, Batches.Result result) {
    return switch (result) {
      case Batches.Result.Done(var batch) -> {
        exchange.tag(batch.version());
        yield new OnlyOnce.Outcome(shown(exchange, batch), true);
      }
      case Batches.Result.NotFound() -> refused(exchange, absent(exchange));
      case Batches.Result.Stale(var batch) -> {
        exchange.tag(batch.version());
        yield refused(
            exchange,
            Problem.of(
                412,
                "STALE",
                "Changed in the meantime.",
                "The batch is at version %d. Maybe read it again and decide anew."
                    .formatted(batch.version())));
      }
      case Batches.Result.Decided(var batch) ->
          refused(
              exchange,
              Problem.of(
                  422,
                  "DECIDED",
                  "Not possible where it stands.",
                  "The batch was %s by %s at %s."
                      .formatted(batch.status(), batch.decidedBy(), batch.decidedAt())));
      case Batches.Result.Refused(var problems) -> refused(exchange, problem(problems));
    };
  }

  private static OnlyOnce.@Nullable Outcome refused(Exchange exchange, Problem problem) {
    exchange.problem(problem);
    return null;
  }

  private static Problem problem(List<Preflight.Problem> problems) {
    var faults =
        problems.stream()
            .map(problem ->
                new Problem.Fault(
                    problem.exception() == null ? "" : "/" + problem.exception(),
                    problem.code(),
                    problem.detail()))
            .toList();
    return new Problem(
        422,
        "BATCH_REFUSED",
        "Not possible where it stands.",
        "Nothing was done, since %d of it cannot be; \"errors\" names them. Maybe exclude those."
            .formatted(problems.size()),
        faults,
        null);
  }

  private static Problem absent(Exchange exchange) {
    return Problem.of(
        404, "NOT_FOUND", "Not found.", "There is no batch %s.".formatted(id(exchange)));
  }

  private static UUID id(Exchange exchange) {
    return exchange.pathId("batchId");
  }

  private static Batches.Somebody somebody(Exchange exchange) {
    var caller = exchange.caller();
    return new Batches.Somebody(
        caller.reviewer(), caller.actor(), caller.sight(), exchange.traceParent());
  }

  private ObjectNode shown(Exchange exchange, Batch batch) {
    var node = head(batch);
    var items = node.putArray("items");
    for (var item : batch.items()) {
      var shown =
          items.addObject().put("exceptionId", item.id().toString()).put("version", item.version());
      if (!item.isIn()) {
        shown.put("excludedBy", item.excludedBy()).put("excludedWhy", item.excludedWhy());
      }
    }
    if (batch.status() == Batch.Status.OPEN) {
      preflight(node.putObject("preflight"), with.batches().preflight(batch, somebody(exchange)));
    }
    return node;
  }

  private static ObjectNode head(Batch batch) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", batch.id().toString())
            .put("version", batch.version())
            .put("status", batch.status().name())
            .put("createdBy", batch.createdBy())
            .put("createdAt", batch.createdAt().toString())
            .put("size", batch.in().size());
    if (batch.decidedAt() != null) {
      node.put("decidedBy", batch.decidedBy()).put("decidedAt", batch.decidedAt().toString());
    }
    if (batch.note() != null) {
      node.put("note", batch.note());
    }
    return node;
  }

  private static void preflight(ObjectNode node, Preflight preflight) {
    var totals = node.putArray("totals");
    for (var total : preflight.totals()) {
      var shown =
          totals
              .addObject()
              .put("account", total.account())
              .put("currency", total.currency())
              .put("amount", total.amount().toPlainString());
      if (total.limit() != null) {
        shown.put("limit", total.limit().toPlainString());
      }
    }
    var problems = node.putArray("problems");
    for (var problem : preflight.problems()) {
      var shown = problems.addObject().put("code", problem.code()).put("detail", problem.detail());
      if (problem.exception() != null) {
        shown.put("exceptionId", problem.exception().toString());
      }
    }
  }

  private static @Nullable Instant instant(JsonNode body, String field) {
    try {
      return body.has(field) ? Instants.parse(body.path(field).asText(), false) : null;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The \"%s\": %s".formatted(field, e.getMessage()), e);
    }
  }
}
