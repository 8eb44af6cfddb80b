package dev.signalbox.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object to bytes, field by field, so that what is stored is what the code says.
 * What is null is left out. Numbers with decimals are text: money is never a JSON number.
 */
final class Out {
  /** Buffers are shared, not kept for each thread: there are as many threads as requests. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool()).build();

  private static final int SIZE = 1024;

  private final ByteArrayBuilder bytes = new ByteArrayBuilder(SIZE);
  private @Nullable JsonGenerator begun;

  /** The bytes of the object. */
  byte[] bytes() {
    write(json -> {
      json.writeEndObject();
      json.close();
    });
    return bytes.toByteArray();
  }

  /** The bytes of the object; null when nothing was put in. */
  byte @Nullable [] bytesUnlessEmpty() {
    return begun == null ? null : bytes();
  }

  Out put(String field, @Nullable String value) {
    return value == null ? this : write(json -> json.writeStringField(field, value));
  }

  Out put(String field, @Nullable Enum<?> value) {
    return value == null ? this : put(field, value.name());
  }

  Out put(String field, @Nullable BigDecimal value) {
    return value == null ? this : put(field, value.toPlainString());
  }

  Out put(String field, @Nullable Instant value) {
    return value == null ? this : put(field, value.toString());
  }

  Out put(String field, long value) {
    return write(json -> json.writeNumberField(field, value));
  }

  /** Only what is true is written. */
  Out put(String field, boolean value) {
    return value ? write(json -> json.writeBooleanField(field, true)) : this;
  }

  Out put(String field, List<String> values) {
    if (values.isEmpty()) {
      return this;
    }
    return write(json -> {
      json.writeArrayFieldStart(field);
      for (var value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    });
  }

  /** A JSON tree of maps, lists, texts, decimals and booleans. */
  Out putTree(String field, Map<String, ?> tree) {
    if (tree.isEmpty()) {
      return this;
    }
    return write(json -> {
      json.writeFieldName(field);
      tree(json, tree);
    });
  }

  Out begin(String field) {
    return write(json -> json.writeObjectFieldStart(field));
  }

  Out beginItem() {
    return write(JsonGenerator::writeStartObject);
  }

  Out end() {
    return write(JsonGenerator::writeEndObject);
  }

  Out beginList(String field) {
    return write(json -> json.writeArrayFieldStart(field));
  }

  Out endList() {
    return write(JsonGenerator::writeEndArray);
  }

  private static void tree(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (var entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          tree(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        for (var item : list) {
          tree(json, item);
        }
        json.writeEndArray();
      }
      case String text -> json.writeString(text);
      case BigDecimal number -> json.writeNumber(number);
      case Boolean truth -> json.writeBoolean(truth);
      default -> throw new IllegalArgumentException("No JSON: " + value.getClass());
    }
  }

  /** A step of writing; to memory, so it does not fail. */
  private interface Step {
    void write(JsonGenerator json) throws IOException;
  }

  private Out write(Step step) {
    try {
      if (begun == null) {
        begun = FACTORY.createGenerator(bytes);
        begun.writeStartObject();
      }
      step.write(begun);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
