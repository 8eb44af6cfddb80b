package dev.signalbox.db;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result. A column is asked for by its name and type; asking for what is not there, or
 * for a null where none is allowed, is a mistake of the program.
 */
public final class Row {
  private final io.vertx.sqlclient.Row row;

  Row(io.vertx.sqlclient.Row row) {
    this.row = row;
  }

  public UUID uuid(String column) {
    return present(column, uuidOrNull(column));
  }

  public @Nullable UUID uuidOrNull(String column) {
    return value(column, UUID.class);
  }

  /** Text and enum types. */
  public String text(String column) {
    return present(column, textOrNull(column));
  }

  public @Nullable String textOrNull(String column) {
    return value(column, String.class);
  }

  public int int32(String column) {
    return present(column, int32OrNull(column));
  }

  public @Nullable Integer int32OrNull(String column) {
    @Nullable Long value = int64OrNull(column);
    return value == null ? null : Math.toIntExact(value);
  }

  public long int64(String column) {
    return present(column, int64OrNull(column));
  }

  public @Nullable Long int64OrNull(String column) {
    @Nullable Number value = value(column, Number.class);
    return switch (value) {
      case null -> null;
      case Long number -> number;
      case Integer number -> number.longValue();
      default -> throw mismatch(column, value, Long.class);
    };
  }

  public boolean bool(String column) {
    return present(column, value(column, Boolean.class));
  }

  public BigDecimal decimal(String column) {
    return present(column, decimalOrNull(column));
  }

  public @Nullable BigDecimal decimalOrNull(String column) {
    return value(column, BigDecimal.class);
  }

  /** A timestamptz, in microseconds. */
  public Instant instant(String column) {
    return present(column, instantOrNull(column));
  }

  public @Nullable Instant instantOrNull(String column) {
    @Nullable Timestamp value = value(column, Timestamp.class);
    return value == null ? null : value.toInstant();
  }

  public byte[] bytes(String column) {
    return present(column, bytesOrNull(column));
  }

  public byte @Nullable [] bytesOrNull(String column) {
    return value(column, byte[].class);
  }

  /** A text[] without nulls. */
  public List<String> texts(String column) {
    return List.copyOf(Arrays.asList(present(column, value(column, String[].class))));
  }

  public @Nullable List<String> textsOrNull(String column) {
    var values = value(column, String[].class);
    return values == null ? null : List.copyOf(Arrays.asList(values));
  }

  private <T> @Nullable T value(String column, Class<T> type) {
    int position = row.getColumnIndex(column);
    if (position < 0) {
      throw new IllegalStateException("The result has no column \"" + column + "\".");
    }
    @Nullable Object value = row.getValue(position);
    if (value != null && !type.isInstance(value)) {
      throw mismatch(column, value, type);
    }
    return type.cast(value);
  }

  private static IllegalStateException mismatch(String column, Object value, Class<?> type) {
    return new IllegalStateException(
        "The column \"%s\" holds a %s where a %s was asked for."
            .formatted(column, value.getClass().getSimpleName(), type.getSimpleName()));
  }

  private static <T> T present(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("The column \"" + column + "\" is null.");
    }
    return value;
  }
}
