package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.Query;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.api.views.DisputeView;
import dev.signalbox.desk.Ask;
import dev.signalbox.desk.CaseTable;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.EventId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.disputes.Dispute;
import dev.signalbox.exceptions.disputes.DisputeCategory;
import dev.signalbox.exceptions.disputes.DisputeMove;
import dev.signalbox.exceptions.disputes.DisputeState;
import dev.signalbox.exceptions.disputes.Evidence;
import dev.signalbox.intake.Instants;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.journal.JournalTable;
import dev.signalbox.talk.DisputeListTable;
import dev.signalbox.talk.DisputeTable;
import dev.signalbox.talk.FoundDispute;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Disputes with outside parties: begun, shown, moved on. Runs on virtual threads. */
final class DisputeRoutes {
  private final Collaborators with;
  private final CaseRoutes cases;

  DisputeRoutes(Collaborators with, CaseRoutes cases) {
    this.with = with;
    this.cases = cases;
  }

  void open(Exchange exchange, JsonNode body) {
    var open =
        new DisputeMove.Open(
            DisputeCategory.valueOf(text(body, "category")),
            text(body, "description"),
            body.path("externalCaseId").textValue(),
            body.path("draft").booleanValue());
    var move = new CaseCommand.MoveDispute(open, exchange.caller().reviewer());
    switch (with.desk().handle(cases.request(exchange, body, new Ask.Say(move)))) {
      case Receipt.Done(var state, var _, var _) -> {
        var id = EventId.of(state.id(), state.version()).value();
        exchange.routing().response().putHeader("Location", "/v1/disputes/" + id);
        exchange.tag(state);
        show(exchange, 201, state.id(), id);
      }
      case Receipt other -> exchange.receipt(other);
    }
  }

  void list(Exchange exchange, JsonNode body) {
    var query = new Query(exchange.request());
    int limit = query.integer("limit", 20);
    var state = query.textOrNull("state");
    var category = query.textOrNull("category");
    var filter =
        new DisputeListTable.Filter(
            state == null ? null : DisputeState.valueOf(state),
            category == null ? null : DisputeCategory.valueOf(category),
            instant(query, "date_from"),
            instant(query, "date_to"),
            exchange.caller().sight());
    var order =
        new DisputeListTable.Order(
            DisputeListTable.Sort.valueOf(
                query.text("sort_by", "created_at").toUpperCase(Locale.ROOT)),
            query.text("sort_order", "desc").equals("desc"),
            query.textOrNull("cursor"));
    var page = with.database().read(tx -> DisputeListTable.page(tx, filter, order, limit));
    var node = JsonNodeFactory.instance.objectNode();
    var items = node.putArray("items");
    var said = said(page.items().stream().map(FoundDispute::caseId).distinct().toList());
    for (var found : page.items()) {
      items.add(DisputeView.of(found.dispute(), said.getOrDefault(found.caseId(), List.of())));
    }
    node.put("limit", limit).put("hasMore", page.next() != null);
    if (page.next() != null) {
      node.put("nextCursor", page.next());
    }
    exchange.json(200, node);
  }

  private static @Nullable Instant instant(Query query, String name) {
    var text = query.textOrNull(name);
    try {
      return text == null ? null : Instants.parse(text, true);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The \"%s\": %s".formatted(name, e.getMessage()), e);
    }
  }

  private Map<CaseId, List<JournalEntry>> said(Collection<CaseId> ids) {
    return with.journal().read(with.database().read(tx -> JournalTable.talk(tx, ids))).stream()
        .collect(Collectors.groupingBy(JournalEntry::caseId));
  }

  void get(Exchange exchange, JsonNode body) {
    var found = find(exchange);
    if (found != null) {
      show(exchange, 200, found.caseId(), found.dispute().id());
    }
  }

  void submit(Exchange exchange, JsonNode body) {
    move(exchange, body, id -> new DisputeMove.Submit(id, body.path("externalCaseId").textValue()));
  }

  void evidence(Exchange exchange, JsonNode body) {
    var evidence = new Evidence(text(body, "comment"), body.path("fileUrl").textValue(), null);
    move(exchange, body, id -> new DisputeMove.GiveEvidence(id, evidence));
  }

  void requestEvidence(Exchange exchange, JsonNode body) {
    move(exchange, body, id -> new DisputeMove.RequestEvidence(id, text(body, "what")));
  }

  void acknowledge(Exchange exchange, JsonNode body) {
    move(
        exchange,
        body,
        id ->
            new DisputeMove.Acknowledge(
                id, body.path("externalCaseId").textValue(), body.path("note").textValue()));
  }

  void log(Exchange exchange, JsonNode body) {
    move(
        exchange,
        body,
        id ->
            new DisputeMove.Log(
                id,
                DisputeMove.Direction.valueOf(text(body, "direction")),
                text(body, "channel"),
                text(body, "text")));
  }

  void close(Exchange exchange, JsonNode body) {
    move(
        exchange,
        body,
        id -> new DisputeMove.Close(id, body.path("won").booleanValue(), text(body, "resolution")));
  }

  void reopen(Exchange exchange, JsonNode body) {
    move(exchange, body, id -> new DisputeMove.Reopen(id, text(body, "reason")));
  }

  /** What somebody does with the dispute in the path. */
  interface Step {
    DisputeMove with(UUID dispute);
  }

  private void move(Exchange exchange, JsonNode body, Step step) {
    var found = find(exchange);
    if (found != null) {
      answer(
          exchange,
          found,
          move(exchange, found, step, body.toString().getBytes(StandardCharsets.UTF_8)));
    }
  }

  Receipt move(Exchange exchange, FoundDispute found, Step step, byte[] whole) {
    var command =
        new CaseCommand.MoveDispute(step.with(found.dispute().id()), exchange.caller().reviewer());
    return with.desk()
        .handle(
            Request.of(found.caseId(), new Ask.Say(command), exchange.caller().actor())
                .within(exchange.caller().sight())
                .expecting(exchange.conditions().ifMatch())
                .once(exchange.once(whole))
                .tracedBy(exchange.traceParent()));
  }

  void answer(Exchange exchange, FoundDispute found, Receipt receipt) {
    switch (receipt) {
      case Receipt.Done(var state, var _, var _) -> {
        exchange.tag(state);
        show(exchange, 200, found.caseId(), found.dispute().id());
      }
      case Receipt other -> exchange.receipt(other);
    }
  }

  private void show(Exchange exchange, int status, CaseId caseId, UUID id) {
    var dispute = dispute(id);
    var said = said(List.of(caseId)).getOrDefault(caseId, List.of());
    exchange.json(status, DisputeView.of(dispute, said));
  }

  private Dispute dispute(UUID id) {
    var found = with.database().<@Nullable FoundDispute>read(tx -> DisputeTable.find(tx, id));
    if (found == null) {
      throw new IllegalStateException("The dispute " + id + " is gone.");
    }
    return found.dispute();
  }

  /** The dispute in the path; null when the caller sees none, and was told so. */
  @Nullable FoundDispute find(Exchange exchange) {
    var about = about(exchange);
    return about == null ? null : about.dispute();
  }

  /** A dispute, and the exception that it is about. */
  record About(FoundDispute dispute, ExceptionCase state) {}

  /** As {@link #find}. */
  @Nullable About about(Exchange exchange) {
    var id = exchange.pathId("disputeId");
    var found = with.database().<@Nullable FoundDispute>read(tx -> DisputeTable.find(tx, id));
    if (found != null) {
      exchange.concerns(found.caseId());
      var stored = with.database().read(tx -> CaseTable.find(tx, found.caseId()));
      if (stored != null && exchange.caller().sight().reaches(stored.state())) {
        return new About(found, stored.state());
      }
    }
    exchange.problem(
        Problem.of(404, "NOT_FOUND", "Not found.", "There is no dispute %s.".formatted(id)));
    return null;
  }

  private static String text(JsonNode body, String field) {
    return body.path(field).asText();
  }
}
