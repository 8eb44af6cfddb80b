package dev.signalbox.talk;

import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.exceptions.disputes.DisputeCategory;
import dev.signalbox.exceptions.disputes.DisputeState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists of disputes, page by page. */
public final class DisputeListTable {

  private DisputeListTable() {}

  /** What disputes can be ordered by; the id decides between equals. */
  public enum Sort {
    ID("d.id", "uuid"),
    CREATED_AT("d.created_at", "timestamptz"),
    UPDATED_AT("d.updated_at", "timestamptz"),
    STATE("d.state", "text"),
    CATEGORY("d.category", "text");

    private final String column;
    private final String type;

    Sort(String column, String type) {
      this.column = column;
      this.type = type;
    }
  }

  /**
   * Which disputes, as far as whoever asks sees their cases.
   *
   * @param from begun at or after
   * @param to begun before
   */
  public record Filter(
      @Nullable DisputeState state,
      @Nullable DisputeCategory category,
      @Nullable Instant from,
      @Nullable Instant to,
      Sight sight) {}

  /**
   * In which order, and after which dispute.
   *
   * @param cursor where the page before ended; null for the first
   */
  public record Order(Sort sort, boolean descending, @Nullable String cursor) {}

  /**
   * A page.
   *
   * @param next where the next begins; null when there is none
   */
  public record Page(List<FoundDispute> items, @Nullable String next) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /**
   * One page.
   *
   * @throws IllegalArgumentException when the cursor is not of this list, in words for the caller
   */
  public static Page page(Tx tx, Filter filter, Order order, int limit) {
    var conditions = new ArrayList<String>();
    var arguments = new ArrayList<Object>();
    add(
        conditions,
        arguments,
        "d.state = ?",
        filter.state() == null ? null : filter.state().name());
    add(
        conditions,
        arguments,
        "d.category = ?",
        filter.category() == null ? null : filter.category().name());
    add(conditions, arguments, "d.created_at >= ?", filter.from());
    add(conditions, arguments, "d.created_at < ?", filter.to());
    add(conditions, arguments, "c.context = ANY (?::text[])", names(filter.sight().contexts()));
    add(conditions, arguments, "c.queue = ANY (?::text[])", names(filter.sight().queues()));
    if (order.cursor() != null) {
      var place = place(order);
      conditions.add(
          "(%s, d.id) %s (?::text::%s, ?)"
              .formatted(order.sort().column, order.descending() ? "<" : ">", order.sort().type));
      arguments.add(place.value());
      arguments.add(place.id());
    }
    var direction = order.descending() ? "DESC" : "ASC";
    var rows =
        tx.query(
            "SELECT %s, %s::text AS sort_value FROM dispute AS d JOIN exception_case AS c ON c.id = d.case_id%s ORDER BY %s %s, d.id %s LIMIT %d"
                .formatted(
                    DisputeTable.COLUMNS,
                    order.sort().column,
                    conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions),
                    order.sort().column,
                    direction,
                    direction,
                    limit + 1),
            arguments.toArray());
    var shown = rows.subList(0, Math.min(limit, rows.size()));
    return new Page(
        shown.stream().map(DisputeTable::found).toList(),
        rows.size() > limit ? cursor(order, shown.getLast()) : null);
  }

  private static void add(
      List<String> conditions, List<Object> arguments, String condition, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      arguments.add(value);
    }
  }

  private static @Nullable SqlArray names(@Nullable List<String> names) {
    return names == null ? null : SqlArray.texts(names);
  }

  private record Place(String value, UUID id) {}

  private static String cursor(Order order, Row last) {
    var parts =
        String.join(
            "|",
            order.sort().name(),
            order.descending() ? "d" : "a",
            last.uuid("id").toString(),
            last.text("sort_value"));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(parts.getBytes(StandardCharsets.UTF_8));
  }

  private static Place place(Order order) {
    try {
      var decoded = Base64.getUrlDecoder().decode(order.cursor());
      var parts = new String(decoded, StandardCharsets.UTF_8).split("\\|", 4);
      if (parts.length == 4
          && parts[0].equals(order.sort().name())
          && parts[1].equals(order.descending() ? "d" : "a")
          && isValue(order.sort(), parts[3])) {
        return new Place(parts[3], UUID.fromString(parts[2]));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wrong(order), e);
    }
    throw new IllegalArgumentException(wrong(order));
  }

  /** What PostgreSQL can read as such a value. */
  private static boolean isValue(Sort sort, String text) {
    return switch (sort) {
      case ID -> text.equals(UUID.fromString(text).toString());
      case CREATED_AT, UPDATED_AT ->
          text.matches(
              "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?[+-]\\d\\d(:\\d\\d)?");
      case STATE, CATEGORY -> text.matches("[A-Z_]+");
    };
  }

  private static String wrong(Order order) {
    return "\"%s\" is not a cursor of this list. Maybe begin again without one."
        .formatted(order.cursor());
  }
}
