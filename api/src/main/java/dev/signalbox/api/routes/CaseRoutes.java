package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.PeerStatuses;
import dev.signalbox.api.http.Query;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.api.views.CaseView;
import dev.signalbox.api.views.ExplanationView;
import dev.signalbox.api.views.HistoryView;
import dev.signalbox.api.views.QuestionView;
import dev.signalbox.desk.Ask;
import dev.signalbox.desk.CaseCursor;
import dev.signalbox.desk.CaseFilter;
import dev.signalbox.desk.CaseListTable;
import dev.signalbox.desk.CasePageRequest;
import dev.signalbox.desk.CaseSort;
import dev.signalbox.desk.CaseTable;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.desk.StoredCase;
import dev.signalbox.exceptions.Callback;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.CaseStatus;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.LeaseEnd;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Refusal;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.intake.Instants;
import dev.signalbox.journal.JournalTable;
import dev.signalbox.recall.Recorded;
import dev.signalbox.reviewers.ClaimTable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One exception or many: shown, explained, and commanded. Runs on virtual threads. */
final class CaseRoutes {
  private static final int HISTORY_MAX = 200;

  private final Collaborators with;
  private final Callbacks callbacks;
  private final Changes changes;

  CaseRoutes(Collaborators with) {
    this.with = with;
    callbacks = new Callbacks(with);
    changes = new Changes(with);
  }

  void list(Exchange exchange, JsonNode body) {
    var query = new Query(exchange.request());
    var sort = CaseSort.valueOf(query.text("sort_by", "created_at").toUpperCase(Locale.ROOT));
    // The most urgent has the earliest instant, and comes first where the largest does.
    boolean descending =
        query.text("sort_order", "desc").equals("desc") != (sort == CaseSort.URGENCY);
    var cursor = query.textOrNull("cursor");
    int limit = query.integer("limit", 20);
    var status = query.textOrNull("status");
    var severity = query.textOrNull("severity");
    var filter =
        new CaseFilter(
            status == null ? List.of() : statuses(exchange, CaseStatus.valueOf(status)),
            severity == null ? List.of() : List.of(Severity.valueOf(severity)),
            query.textOrNull("queue"),
            query.eitherOrNull("assignee", "assigned_to"),
            query.textOrNull("context"),
            query.textOrNull("source"),
            query.textOrNull("external_system"),
            instant("from", query.eitherOrNull("from", "date_from")),
            instant("to", query.eitherOrNull("to", "date_to")),
            exchange.caller().sight());
    var request =
        new CasePageRequest(
            sort, descending, cursor == null ? null : CaseCursor.parse(cursor), limit);
    var page = with.database().read(tx -> CaseListTable.page(tx, filter, request));
    var ends = ends(page.items());
    var node = JsonNodeFactory.instance.objectNode();
    var items = node.putArray("items");
    page.items().forEach(state -> items.add(CaseView.of(state, ends.get(state.id()))));
    node.put("nextCursor", page.next() == null ? null : page.next().text())
        .put("prevCursor", page.previous() == null ? null : page.previous().text())
        .put("hasMore", page.next() != null)
        .put("limit", limit);
    exchange.json(200, node);
  }

  private static List<CaseStatus> statuses(Exchange exchange, CaseStatus asked) {
    return PeerStatuses.areAskedFor(exchange.request())
        ? PeerStatuses.meant(asked)
        : List.of(asked);
  }

  private static @Nullable Instant instant(String name, @Nullable String text) {
    try {
      return text == null ? null : Instants.parse(text, true);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The \"%s\": %s".formatted(name, e.getMessage()), e);
    }
  }

  /** What shows an exception, for who can see it; to everybody else it is not there. */
  BiConsumer<Exchange, JsonNode> inSight(BiConsumer<Exchange, JsonNode> showing) {
    return (exchange, body) -> {
      var sight = exchange.caller().sight();
      var id = exchange.caseId();
      var stored =
          sight.isAll()
              ? null
              : with.database().<@Nullable StoredCase>read(tx -> CaseTable.find(tx, id));
      if (sight.isAll() || (stored != null && sight.reaches(stored.state()))) {
        showing.accept(exchange, body);
      } else {
        exchange.problem(Problem.of(new Refusal.NotFound(id)));
      }
    };
  }

  void get(Exchange exchange, JsonNode body) {
    var id = exchange.caseId();
    var stored = with.database().read(tx -> CaseTable.find(tx, id));
    if (stored == null) {
      exchange.problem(Problem.of(new Refusal.NotFound(id)));
      return;
    }
    exchange.tag(stored.state());
    var ends = ends(List.of(stored.state()));
    exchange.json(200, CaseView.of(stored.state(), ends.get(id)));
  }

  private Map<CaseId, LeaseEnd> ends(List<ExceptionCase> items) {
    var held =
        items.stream().filter(state -> state.claim() != null).map(ExceptionCase::id).toList();
    return held.isEmpty() ? Map.of() : with.database().read(tx -> ClaimTable.ends(tx, held));
  }

  void history(Exchange exchange, JsonNode body) {
    var id = exchange.caseId();
    var query = new Query(exchange.request());
    long after = query.whole("cursor", query.whole("after", 0));
    int limit = query.integer("limit", HISTORY_MAX);
    var rows = with.database().read(tx -> JournalTable.history(tx, id, after, limit + 1));
    if (rows.isEmpty() && after == 0) {
      exchange.problem(Problem.of(new Refusal.NotFound(id)));
      return;
    }
    exchange.json(200, HistoryView.of(rows, limit));
  }

  void explanation(Exchange exchange, JsonNode body) {
    var id = exchange.caseId();
    var rows = with.database().read(tx -> JournalTable.history(tx, id, 0, 1_000));
    if (rows.isEmpty()) {
      exchange.problem(Problem.of(new Refusal.NotFound(id)));
      return;
    }
    exchange.json(200, ExplanationView.of(id, with.journal().read(rows), with.rules().get()));
  }

  /** What rules were asked when they decided: enough to ask them, or others, again. */
  void question(Exchange exchange, JsonNode body) {
    var id = exchange.caseId();
    long until = new Query(exchange.request()).whole("until", Long.MAX_VALUE);
    var found = new QuestionView(until);
    new Recorded(with.database(), with.journal()).moments(List.of(id), Instant.MAX, found);
    var last = found.last();
    var ruleset = last == null ? null : last.said().ruleset();
    if (!found.isKnown()) {
      exchange.problem(Problem.of(new Refusal.NotFound(id)));
    } else if (last == null || ruleset == null) {
      exchange.problem(
          Problem.of(
              404,
              "NO_DECISION",
              "Not found.",
              "Nothing is decided about %s%s."
                  .formatted(
                      id,
                      until == Long.MAX_VALUE
                          ? ""
                          : " up to row %d of its journal".formatted(until))));
    } else if (last.erased()) {
      exchange.problem(
          Problem.of(
              422,
              "ERASED",
              "Not possible where the exception stands.",
              "What rules saw of %s was erased, so it cannot be put to them again.".formatted(id)));
    } else {
      exchange.json(200, QuestionView.of(last, ruleset));
    }
  }

  void clear(Exchange exchange, JsonNode body) {
    say(exchange, body, new CaseCommand.Clear(text(body, "reason")));
  }

  void dispatch(Exchange exchange, JsonNode body) {
    var target = Asked.target(exchange, with, body);
    if (target == null) {
      return;
    }
    var queue = text(body, "queue");
    var command =
        new CaseCommand.RequestDispatch(target, queue == null ? null : new QueueName(queue), null);
    switch (with.desk().handle(request(exchange, body, new Ask.Say(command)))) {
      case Receipt.Done done -> {
        exchange.tag(done.state());
        exchange.json(
            200,
            CaseView.of(done)
                .put("exceptionId", done.state().id().toString())
                .put("target", target.value().toUpperCase(Locale.ROOT))
                .put("acknowledged", target.equals(TargetName.MANUAL))
                .put("dispatchedAt", done.state().updatedAt().toString()));
      }
      case Receipt other -> exchange.receipt(other);
    }
  }

  void redrive(Exchange exchange, JsonNode body) {
    ask(exchange, body, new Ask.Redrive(text(body, "reason")));
  }

  void callback(Exchange exchange, JsonNode body) {
    if (exchange.conditions().idempotencyKey() == null) {
      exchange.problem(
          Problem.of(
              400,
              "KEY_REQUIRED",
              "The request is not valid.",
              "A callback needs the header Idempotency-Key, so that it can be repeated safely."));
      return;
    }
    var word = body.path("status").asText();
    var verdict =
        switch (word) {
          case "RESOLVED", "CLOSED", "DONE" -> Callback.Verdict.RESOLVED;
          case "REOPENED", "REJECTED" -> Callback.Verdict.REOPENED;
          case "ASSIGNED" -> Callback.Verdict.ASSIGNED;
          default -> Callback.Verdict.PROGRESS;
        };
    var callback =
        new Callback(
            body.path("externalSystem").asText(),
            text(body, "externalIssueId"),
            verdict,
            word,
            text(body, "resolutionNotes"),
            text(body, "assignee"),
            instant("updatedAt", text(body, "updatedAt")));
    var request = request(exchange, body, new Ask.Say(new CaseCommand.AcceptCallback(callback)));
    switch (callbacks.take(request, "api", exchange.traceParent())) {
      case Receipt.Done done -> {
        exchange.tag(done.state());
        var answer = JsonNodeFactory.instance.objectNode().put("status", "accepted");
        answer.set("exception", CaseView.of(done));
        exchange.json(200, answer);
      }
      case Receipt other -> exchange.receipt(other);
    }
  }

  void say(Exchange exchange, JsonNode body, CaseCommand command) {
    ask(exchange, body, new Ask.Say(command));
  }

  void ask(Exchange exchange, JsonNode body, Ask ask) {
    var receipt = with.desk().handle(request(exchange, body, ask));
    if (receipt instanceof Receipt.Refused(Refusal.Stale stale, ExceptionCase state)
        && state != null) {
      exchange.tag(state);
      exchange.problem(Problem.of(stale).with(changes.since(state, stale.expected())));
    } else {
      exchange.receipt(receipt);
    }
  }

  /** What a request about the exception in the path comes to. */
  Receipt handled(Exchange exchange, JsonNode body, CaseCommand command) {
    return with.desk().handle(request(exchange, body, new Ask.Say(command)));
  }

  Request request(Exchange exchange, JsonNode body, Ask ask) {
    return Request.of(exchange.caseId(), ask, exchange.caller().actor())
        .within(exchange.caller().sight())
        .expecting(exchange.conditions().ifMatch())
        .once(exchange.once(body.toString().getBytes(StandardCharsets.UTF_8)))
        .tracedBy(exchange.traceParent())
        .underClaim(exchange.conditions().claimFence());
  }

  private static @Nullable String text(JsonNode body, String field) {
    return body.path(field).textValue();
  }
}
