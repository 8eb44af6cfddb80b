package dev.signalbox.db;

import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
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
    return row.getUUID(column);
  }

  public String text(String column) {
    return present(column, textOrNull(column));
  }

  public @Nullable String textOrNull(String column) {
    return row.getString(column);
  }

  public int int32(String column) {
    return present(column, row.getInteger(column));
  }

  public @Nullable Integer int32OrNull(String column) {
    return row.getInteger(column);
  }

  public long int64(String column) {
    return present(column, row.getLong(column));
  }

  public @Nullable Long int64OrNull(String column) {
    return row.getLong(column);
  }

  public boolean bool(String column) {
    return present(column, row.getBoolean(column));
  }

  public BigDecimal decimal(String column) {
    return present(column, decimalOrNull(column));
  }

  public @Nullable BigDecimal decimalOrNull(String column) {
    return row.getBigDecimal(column);
  }

  public Instant instant(String column) {
    return present(column, instantOrNull(column));
  }

  public @Nullable Instant instantOrNull(String column) {
    @Nullable OffsetDateTime value = row.getOffsetDateTime(column);
    return value == null ? null : value.toInstant();
  }

  public byte[] bytes(String column) {
    return present(column, bytesOrNull(column));
  }

  public byte @Nullable [] bytesOrNull(String column) {
    @Nullable Buffer value = row.getBuffer(column);
    return value == null ? null : value.getBytes();
  }

  private static <T> T present(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("The column \"" + column + "\" is null or absent.");
    }
    return value;
  }
}
