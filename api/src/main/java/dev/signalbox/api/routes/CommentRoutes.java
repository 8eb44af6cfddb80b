package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.Query;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.api.views.CommentView;
import dev.signalbox.desk.Ask;
import dev.signalbox.desk.CaseTable;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Comment;
import dev.signalbox.exceptions.EventId;
import dev.signalbox.exceptions.Refusal;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.journal.JournalTable;
import dev.signalbox.talk.Mention;
import dev.signalbox.talk.MentionTable;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What people say about exceptions, and who is named in it. Runs on virtual threads. */
final class CommentRoutes {
  private static final int ATTEMPTS_MAX = 8;

  private final Collaborators with;
  private final CaseRoutes cases;

  CommentRoutes(Collaborators with, CaseRoutes cases) {
    this.with = with;
    this.cases = cases;
  }

  void list(Exchange exchange, JsonNode body) {
    var id = exchange.caseId();
    var state = with.database().read(tx -> CaseTable.find(tx, id));
    if (state == null) {
      exchange.problem(Problem.of(new Refusal.NotFound(id)));
      return;
    }
    boolean withRedacted = new Query(exchange.request()).truth("redacted", false);
    exchange.json(200, CommentView.list(said(id), withRedacted));
  }

  private List<JournalEntry> said(CaseId id) {
    return with.journal().read(with.database().read(tx -> JournalTable.talk(tx, List.of(id))));
  }

  void add(Exchange exchange, JsonNode body) {
    var text = body.path("content").asText();
    var request = cases.request(exchange, body, new Ask.Say(new CaseCommand.AddComment(text)));
    switch (with.desk().handle(request)) {
      case Receipt.Done(var state, var _, var _) -> {
        exchange.tag(state);
        exchange.json(
            201,
            CommentView.of(
                state.id(), state.version(), exchange.caller().name(), text, state.updatedAt()));
      }
      case Receipt other -> exchange.receipt(other);
    }
  }

  /** Looks again when the exception changed meanwhile and the caller named no version. */
  void redact(Exchange exchange, JsonNode body) {
    var receipt = redactOnce(exchange, body);
    for (int i = 1; i < ATTEMPTS_MAX && isStale(receipt) && !namesVersion(exchange); i++) {
      receipt = redactOnce(exchange, body);
    }
    switch (receipt) {
      case null -> exchange.problem(noComment(exchange));
      case Receipt.Done done -> exchange.empty(204);
      case Receipt other -> exchange.receipt(other);
    }
  }

  private static boolean isStale(@Nullable Receipt receipt) {
    return receipt instanceof Receipt.Refused(Refusal.Stale stale, var _);
  }

  private static boolean namesVersion(Exchange exchange) {
    return exchange.conditions().ifMatch() != null;
  }

  /** Null when there is no such comment that can be read. */
  private @Nullable Receipt redactOnce(Exchange exchange, JsonNode body) {
    var id = exchange.caseId();
    var stored = with.database().read(tx -> CaseTable.find(tx, id));
    if (stored == null || !exchange.caller().sight().reaches(stored.state())) {
      return new Receipt.Refused(new Refusal.NotFound(id), null);
    }
    var comment = comment(id, exchange.pathId("commentId"));
    if (comment == null) {
      return null;
    }
    var redact =
        new CaseCommand.RedactComment(
            comment, exchange.caller().reviewer(), body.path("reason").textValue());
    var version = exchange.conditions().ifMatch();
    return with.desk()
        .handle(
            Request.of(id, new Ask.Say(redact), exchange.caller().actor())
                .within(exchange.caller().sight())
                .expecting(version != null ? version : Long.valueOf(stored.state().version()))
                .tracedBy(exchange.traceParent()));
  }

  private @Nullable Comment comment(CaseId id, UUID commentId) {
    var said = said(id);
    var redacted = CommentView.redactions(said).keySet();
    return said.stream()
        .filter(entry -> entry.event() instanceof CaseEvent.CommentAdded)
        .filter(entry -> EventId.of(id, entry.seq()).value().equals(commentId))
        .filter(entry -> !redacted.contains(entry.seq()))
        .map(entry -> new Comment(entry.seq(), entry.actor().name(), false))
        .findFirst()
        .orElse(null);
  }

  private static Problem noComment(Exchange exchange) {
    return Problem.of(
        404,
        "NOT_FOUND",
        "Not found.",
        "The exception has no comment %s.".formatted(exchange.pathId("commentId")));
  }

  /** Where the caller is named, the newest first. */
  void mentions(Exchange exchange, JsonNode body) {
    var query = new Query(exchange.request());
    int limit = query.integer("limit", 20);
    var cursor = query.textOrNull("cursor");
    var caller = exchange.caller();
    var before = cursor == null ? null : place(caller.name(), cursor);
    var mentions =
        with.database()
            .read(tx -> MentionTable.of(tx, caller.name(), caller.sight(), before, limit + 1));
    var shown = mentions.subList(0, Math.min(limit, mentions.size()));
    var node = JsonNodeFactory.instance.objectNode();
    var items = node.putArray("items");
    var comments = comments(shown);
    for (var mention : shown) {
      var entry = comments.get(mention.place());
      if (entry != null && entry.event() instanceof CaseEvent.CommentAdded(var text, var _)) {
        items.add(
            CommentView.of(entry.caseId(), entry.seq(), entry.actor().name(), text, entry.at()));
      }
    }
    node.put("limit", limit).put("hasMore", mentions.size() > limit);
    if (mentions.size() > limit) {
      node.put("nextCursor", cursor(shown.getLast()));
    }
    exchange.json(200, node);
  }

  private Map<Mention.Place, JournalEntry> comments(List<Mention> mentions) {
    var ids = mentions.stream().map(mention -> mention.place().caseId()).toList();
    var seqs = mentions.stream().map(mention -> mention.place().seq()).toList();
    var rows = with.database().read(tx -> JournalTable.at(tx, ids, seqs));
    return with.journal().read(rows).stream()
        .collect(
            Collectors.toMap(
                entry -> new Mention.Place(entry.caseId(), entry.seq()), entry -> entry));
  }

  private static String cursor(Mention last) {
    var text = last.at() + "|" + last.place().caseId() + "|" + last.place().seq();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Mention place(String name, String cursor) {
    var wrong =
        "\"%s\" is not a cursor of this list. Maybe begin again without one.".formatted(cursor);
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      var parts = text.split("\\|", 3);
      if (parts.length == 3) {
        var place = new Mention.Place(CaseId.parse(parts[1]), Long.parseLong(parts[2]));
        return new Mention(name, place, Instant.parse(parts[0]));
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(wrong, e);
    }
    throw new IllegalArgumentException(wrong);
  }
}
