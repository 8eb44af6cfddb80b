package dev.signalbox.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.exceptions.Refusal;
import dev.signalbox.journal.CaseJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The stored form of an answer that was given under an idempotency key. */
final class AnswerJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String WHOLE = "whole";
  private static final String CLAIMED = "claimed";

  /** Stands for the answer while the request is carried out. */
  static final byte[] CLAIM = "{\"claimed\":true}".getBytes(StandardCharsets.UTF_8);

  private AnswerJson() {}

  static byte[] write(Receipt receipt) {
    var node = JSON.createObjectNode();
    switch (receipt) {
      case Receipt.Done done ->
          node.put("effect", done.effect().name()).put("state", CaseJson.write(done.state()));
      case Receipt.Refused refused ->
          node.put("refused", refused.refusal().code()).put("detail", refused.refusal().detail());
      case Receipt.HeldBack held -> node.put("heldBack", held.deadLetter().toString());
      case Receipt.LeaseLost lost ->
          throw new IllegalStateException("A lost lease is no answer to remember.");
    }
    try {
      return JSON.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer that is kept to the character. */
  static byte[] write(String whole) {
    try {
      return JSON.writeValueAsBytes(JSON.createObjectNode().put(WHOLE, whole));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@link #write(String)} wrote; null when it is no such answer. */
  static @Nullable String readWhole(byte[] stored) {
    try {
      return JSON.readTree(stored).path(WHOLE).textValue();
    } catch (IOException e) {
      throw new UncheckedIOException("A remembered answer cannot be read.", e);
    }
  }

  static Receipt read(byte[] stored) {
    try {
      return receipt(JSON.readTree(stored));
    } catch (IOException e) {
      throw new UncheckedIOException("A remembered answer cannot be read.", e);
    }
  }

  private static Receipt receipt(JsonNode node) throws IOException {
    if (node.has(WHOLE) || node.has(CLAIMED)) {
      // The key of a request that is no single command; this one is, so it is another.
      return new Receipt.Refused(
          new Refusal.Repeated("KEY_REUSED", "The idempotency key was used for something else."),
          null);
    }
    if (node.has("refused")) {
      var refusal =
          new Refusal.Repeated(node.path("refused").asText(), node.path("detail").asText());
      return new Receipt.Refused(refusal, null);
    }
    if (node.has("heldBack")) {
      return new Receipt.HeldBack(UUID.fromString(node.path("heldBack").asText()));
    }
    return new Receipt.Done(
        CaseJson.read(node.path("state").binaryValue()),
        List.of(),
        Effect.valueOf(node.path("effect").asText()));
  }
}
