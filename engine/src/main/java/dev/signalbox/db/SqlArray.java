package dev.signalbox.db;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An array argument, for {@code unnest(?::uuid[], …)} and {@code = ANY (?::text[])}: one statement
 * for a whole batch. The statement casts it to its type.
 */
public final class SqlArray {
  private final Object values;

  private SqlArray(Object values) {
    this.values = values;
  }

  public static SqlArray uuids(List<UUID> values) {
    return new SqlArray(texts(values, UUID::toString));
  }

  public static SqlArray texts(List<? extends @Nullable String> values) {
    return new SqlArray(values.toArray(String[]::new));
  }

  public static SqlArray longs(List<? extends @Nullable Long> values) {
    return new SqlArray(values.toArray(Long[]::new));
  }

  public static SqlArray ints(List<? extends @Nullable Integer> values) {
    return new SqlArray(values.toArray(Integer[]::new));
  }

  public static SqlArray booleans(List<? extends @Nullable Boolean> values) {
    return new SqlArray(values.toArray(Boolean[]::new));
  }

  public static SqlArray bytes(List<byte[]> values) {
    return new SqlArray(values.toArray(byte[][]::new));
  }

  public static SqlArray bytesOrNulls(List<byte @Nullable []> values) {
    return new SqlArray(values.toArray(byte[][]::new));
  }

  public static SqlArray decimals(List<? extends @Nullable BigDecimal> values) {
    return new SqlArray(texts(values, BigDecimal::toString));
  }

  /** Cut to microseconds, as PostgreSQL keeps them. */
  public static SqlArray instants(List<? extends @Nullable Instant> values) {
    var texts = new @Nullable String[values.size()];
    Instant before = null;
    for (int i = 0; i < texts.length; i++) {
      var at = values.get(i);
      // A batch mostly has one instant, and writing it out is the dear part.
      if (at != null) {
        texts[i] = at.equals(before) ? texts[i - 1] : text(at);
      }
      before = at;
    }
    return new SqlArray(texts);
  }

  private static String text(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS).toString();
  }

  private static <T> @Nullable String[] texts(
      List<? extends @Nullable T> values, Function<T, String> form) {
    var texts = new @Nullable String[values.size()];
    for (int i = 0; i < texts.length; i++) {
      var value = values.get(i);
      texts[i] = value == null ? null : form.apply(value);
    }
    return texts;
  }

  Object bound() {
    return values;
  }
}
