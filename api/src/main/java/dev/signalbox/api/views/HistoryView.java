package dev.signalbox.api.views;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.EventId;
import dev.signalbox.journal.JournalRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The journal of a case as callers see it: the public part of each row, with its hashes. */
public final class HistoryView {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private HistoryView() {}

  public static ObjectNode of(List<JournalRow> rows, int limit) {
    var node = JsonNodeFactory.instance.objectNode();
    var items = node.putArray("items");
    for (var row : rows.subList(0, Math.min(limit, rows.size()))) {
      try {
        var record = JSON.readTree(row.facts());
        items
            .addObject()
            .put("id", EventId.of(row.caseId(), row.seq()).toString())
            .put("action", row.type())
            .put("actorId", record.at("/actor/name").asText())
            .put("createdAt", row.at().toString())
            .put("seq", row.seq())
            .put("type", row.type())
            .put("at", row.at().toString())
            .put("sealed", row.isSealed())
            .put("previousHash", row.previous().hex())
            .put("hash", row.hash().hex())
            .<ObjectNode>set("changes", record.path("body"))
            .set("record", record);
      } catch (IOException e) {
        throw new UncheckedIOException("A row of the journal is not JSON.", e);
      }
    }
    boolean hasMore = rows.size() > limit;
    if (hasMore) {
      node.put("nextCursor", Long.toString(rows.get(limit - 1).seq()));
    }
    return node.put("limit", limit).put("hasMore", hasMore);
  }
}
