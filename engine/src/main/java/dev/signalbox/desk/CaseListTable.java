package dev.signalbox.desk;

import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.journal.CaseJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of {@code exception_case}, page by page: a page costs the same wherever it lies. */
public final class CaseListTable {

  private CaseListTable() {}

  /** One page. */
  public static CasePage page(Tx tx, CaseFilter filter, CasePageRequest request) {
    var sort = request.sort();
    var cursor = request.cursor();
    boolean backwards = cursor != null && cursor.backwards();
    var where = new Conditions(filter);
    if (cursor != null) {
      where.beyond(cursor);
    }
    var direction = request.descending() == backwards ? "ASC" : "DESC";
    var rows =
        tx.query(
            "SELECT body, %s AS sort_value FROM exception_case%s ORDER BY %s %s, id %s LIMIT %d"
                .formatted(
                    sort.shown(),
                    where.sql(),
                    sort.column(),
                    direction,
                    direction,
                    request.limit() + 1),
            where.arguments());
    boolean more = rows.size() > request.limit();
    var shown = new ArrayList<>(more ? rows.subList(0, request.limit()) : rows);
    if (backwards) {
      Collections.reverse(shown);
    }
    return page(shown, request, more);
  }

  private static CasePage page(List<Row> rows, CasePageRequest request, boolean more) {
    var from = request.cursor();
    var items = rows.stream().map(row -> CaseJson.read(row.bytes("body"))).toList();
    if (items.isEmpty()) {
      return new CasePage(items, null, null);
    }
    boolean backwards = from != null && from.backwards();
    boolean hasNext = backwards || more;
    boolean hasPrevious = backwards ? more : from != null;
    return new CasePage(
        items,
        hasNext ? cursor(rows.getLast(), items.getLast(), request, false) : null,
        hasPrevious ? cursor(rows.getFirst(), items.getFirst(), request, true) : null);
  }

  private static CaseCursor cursor(
      Row row, ExceptionCase item, CasePageRequest request, boolean backwards) {
    return new CaseCursor(
        request.sort(), request.descending(), row.text("sort_value"), item.id(), backwards);
  }

  /** The conditions of a filter; every value is an argument, never part of the text. */
  private static final class Conditions {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> arguments = new ArrayList<>();

    Conditions(CaseFilter filter) {
      if (!filter.statuses().isEmpty()) {
        add(
            "status = ANY (?::case_status[])",
            SqlArray.texts(filter.statuses().stream().map(Enum::name).toList()));
      }
      if (!filter.severities().isEmpty()) {
        add(
            "severity = ANY (?::case_severity[])",
            SqlArray.texts(filter.severities().stream().map(Enum::name).toList()));
      }
      addIfGiven("queue = ?", filter.queue());
      addIfGiven("assignee = ?", filter.assignee());
      addIfGiven("context = ?", filter.context());
      addIfGiven("source = ?", filter.source());
      // What is outside is not much, so its state may be looked into.
      addIfGiven(
          "status = 'PENDING_RESOLUTION' AND lower(?) ="
              + " convert_from(body, 'UTF8')::jsonb #>> '{pending,target}'",
          filter.outside());
      addIfGiven("opened_at >= ?", filter.openedFrom());
      addIfGiven("opened_at < ?", filter.openedBefore());
      addIfLimited("context", filter.sight().contexts());
      addIfLimited("queue", filter.sight().queues());
    }

    void beyond(CaseCursor cursor) {
      var sort = cursor.sort();
      conditions.add(
          "(%s, id) %s (?::text::%s, ?)"
              .formatted(
                  sort.column(),
                  cursor.descending() == cursor.backwards() ? ">" : "<",
                  sort.type()));
      arguments.add(cursor.value());
      arguments.add(cursor.id().value());
    }

    private void add(String condition, Object argument) {
      conditions.add(condition);
      arguments.add(argument);
    }

    private void addIfLimited(String column, @Nullable List<String> names) {
      if (names != null) {
        add(column + " = ANY (?::text[])", SqlArray.texts(names));
      }
    }

    private void addIfGiven(String condition, @Nullable Object argument) {
      if (argument != null) {
        add(condition, argument);
      }
    }

    String sql() {
      return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    Object[] arguments() {
      return arguments.toArray();
    }
  }
}
