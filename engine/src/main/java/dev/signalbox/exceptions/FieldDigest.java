package dev.signalbox.exceptions;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over a sequence of fields, each prefixed with its length, so that no two different
 * sequences give the same bytes. An absent field differs from an empty one.
 */
final class FieldDigest {
  private static final int ABSENT = -1;
  private static final int SIZE = 512;

  private final ByteArrayOutputStream fields = new ByteArrayOutputStream(SIZE);

  /** Starts with a domain tag, so that two kinds of digest never collide. */
  FieldDigest(String tag) {
    text(tag);
  }

  FieldDigest text(@Nullable String value) {
    return raw(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  FieldDigest raw(byte @Nullable [] value) {
    length(value == null ? ABSENT : value.length);
    if (value != null) {
      fields.writeBytes(value);
    }
    return this;
  }

  /** Any value by its text form, e.g. an enum, an instant or a boolean. */
  FieldDigest value(@Nullable Object value) {
    return text(value == null ? null : value.toString());
  }

  /** A number by value: 1.0 and 1.00 are the same. */
  FieldDigest number(@Nullable BigDecimal value) {
    return text(value == null ? null : value.stripTrailingZeros().toString());
  }

  FieldDigest texts(Collection<String> values) {
    length(values.size());
    values.forEach(this::text);
    return this;
  }

  /** A JSON tree; members of an object count in the order of their names. */
  FieldDigest tree(@Nullable Object node) {
    switch (node) {
      case Map<?, ?> object -> {
        var sorted = new TreeMap<String, @Nullable Object>();
        object.forEach((name, value) -> sorted.put((String) name, value));
        text("{").texts(sorted.keySet());
        sorted.values().forEach(this::tree);
      }
      case List<?> array -> {
        text("[").value(array.size());
        array.forEach(this::tree);
      }
      case BigDecimal number -> text("#").number(number);
      case String string -> text("\"").text(string);
      case null, default -> value(node);
    }
    return this;
  }

  byte[] bytes() {
    return Sha256.hashing().digest(fields.toByteArray());
  }

  /** Four bytes, the highest first. */
  private void length(int value) {
    fields.write(value >>> 24);
    fields.write(value >>> 16);
    fields.write(value >>> 8);
    fields.write(value);
  }

  Sha256 sha256Digest() {
    return Sha256.of(bytes());
  }
}
