package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.views.CaseView;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.journal.JournalTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What happened to an exception since a caller saw it, who did it, and what is different by it. */
final class Changes {
  /** Of a longer story only the events are told. */
  private static final int REPLAYED_MAX = 500;

  private static final int EVENTS_MAX = 50;

  /** These change with every event. */
  private static final Set<String> ALWAYS = Set.of("version", "updatedAt");

  private final Collaborators with;

  Changes(Collaborators with) {
    this.with = with;
  }

  /** The members of a problem: {@code events}, and {@code fields} where they can be told. */
  Map<String, JsonNode> since(ExceptionCase state, long version) {
    boolean isReplayed = state.version() <= REPLAYED_MAX;
    var rows =
        with.database()
            .read(
                tx -> JournalTable.history(tx, state.id(), isReplayed ? 0 : version, REPLAYED_MAX));
    var entries = with.journal().read(rows);
    var events = JsonNodeFactory.instance.arrayNode();
    entries.stream()
        .filter(entry -> entry.seq() > version)
        .limit(EVENTS_MAX)
        .forEach(entry ->
            events
                .addObject()
                .put("seq", entry.seq())
                .put("type", entry.event().getClass().getSimpleName())
                .put("actor", entry.actor().text())
                .put("at", entry.at().toString()));
    var seen = isReplayed ? at(entries, version) : null;
    return seen == null
        ? Map.of("events", events)
        : Map.of("events", events, "fields", fields(seen, state));
  }

  private static @Nullable ExceptionCase at(List<JournalEntry> entries, long version) {
    ExceptionCase state = null;
    for (var entry : entries) {
      if (entry.seq() > version) {
        break;
      }
      state =
          state == null
              ? ExceptionCase.from((CaseEvent.Opened) entry.event(), entry.at())
              : state.after(entry.event(), entry.at());
    }
    return state != null && state.version() == version && state.classification() != null
        ? state
        : null;
  }

  private static JsonNode fields(ExceptionCase seen, ExceptionCase now) {
    var was = CaseView.of(seen);
    var is = CaseView.of(now);
    var names = new TreeSet<String>();
    was.fieldNames().forEachRemaining(names::add);
    is.fieldNames().forEachRemaining(names::add);
    names.removeAll(ALWAYS);
    var fields = JsonNodeFactory.instance.objectNode();
    for (var name : names) {
      if (!was.path(name).equals(is.path(name))) {
        fields
            .putObject(name)
            .<com.fasterxml.jackson.databind.node.ObjectNode>set("was", known(was, name))
            .set("is", known(is, name));
      }
    }
    return fields;
  }

  private static JsonNode known(JsonNode node, String name) {
    return node.has(name) ? node.get(name) : JsonNodeFactory.instance.nullNode();
  }
}
