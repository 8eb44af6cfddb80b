package dev.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.signalbox.exceptions.Callback.Verdict;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.outside.CallbackReader;
import dev.signalbox.outside.CallbackReading;
import dev.signalbox.outside.CallbackReading.Answer;
import dev.signalbox.outside.CallbackReading.Forged;
import dev.signalbox.outside.CallbackReading.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every reader of signed answers must do, whatever signs them: an adapter is done when its
 * test, which extends this one, passes.
 */
public abstract class CallbackContract {
  protected static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  protected static final CaseId CASE = CaseId.of("default", "bank-a-mt940", "R-1", null);

  private static final Duration LONG_AGO = Duration.ofHours(25);

  /** The reader under test; it knows both secrets and no other. */
  protected abstract CallbackReader reader();

  protected abstract String secret();

  /** The one that is about to replace the other. */
  protected abstract String nextSecret();

  protected abstract String unknownSecret();

  /** The headers that the outside system sends with a body, in lower case. */
  protected abstract Map<String, String> signed(String secret, byte[] body, Instant at);

  /** The answer that an exception is resolved. */
  protected abstract String resolving(CaseId id, Instant at);

  protected final CallbackReading read(String body) {
    return read(secret(), body, NOW);
  }

  protected final CallbackReading read(String secret, String body, Instant at) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return reader().read(signed(secret, bytes, at), bytes, NOW);
  }

  @Test
  void a_genuine_answer_is_read() {
    assertThat(read(resolving(CASE, NOW)))
        .isInstanceOfSatisfying(
            Answer.class,
            answer -> {
              assertThat(answer.exception()).isEqualTo(CASE);
              assertThat(answer.callback().verdict()).isEqualTo(Verdict.RESOLVED);
              assertThat(answer.messageId()).isNotBlank();
            });
  }

  @Test
  void the_same_message_has_the_same_id_again() {
    assertThat(read(resolving(CASE, NOW))).isEqualTo(read(resolving(CASE, NOW)));
  }

  @Test
  void both_secrets_count_while_one_replaces_the_other() {
    for (var secret : List.of(secret(), nextSecret())) {
      assertThat(read(secret, resolving(CASE, NOW), NOW)).isInstanceOf(Answer.class);
    }
  }

  @Test
  void another_secret_is_a_forgery() {
    assertThat(read(unknownSecret(), resolving(CASE, NOW), NOW)).isInstanceOf(Forged.class);
  }

  @Test
  void every_header_that_is_missing_makes_a_forgery_or_no_difference() {
    var body = resolving(CASE, NOW).getBytes(StandardCharsets.UTF_8);
    var headers = signed(secret(), body, NOW);
    assertThat(reader().read(Map.of(), body, NOW)).isInstanceOf(Forged.class);
    for (var name : headers.keySet()) {
      var fewer = new HashMap<>(headers);
      fewer.remove(name);
      assertThat(reader().read(fewer, body, NOW)).isInstanceOfAny(Forged.class, Answer.class);
    }
  }

  @Test
  void garbage_in_any_header_is_a_forgery_and_no_failure() {
    var body = resolving(CASE, NOW).getBytes(StandardCharsets.UTF_8);
    for (var name : signed(secret(), body, NOW).keySet()) {
      for (var garbage :
          List.of("", " ", "v1,", "v1", "sha256=", "=", "9".repeat(40), "\u0000ü💶")) {
        var headers = new HashMap<>(signed(secret(), body, NOW));
        headers.put(name, garbage);
        assertThat(reader().read(headers, body, NOW)).isInstanceOfAny(Forged.class, Answer.class);
      }
    }
  }

  @Test
  void a_single_changed_byte_is_a_forgery() {
    var body = resolving(CASE, NOW).getBytes(StandardCharsets.UTF_8);
    var headers = signed(secret(), body, NOW);
    for (int at = 0; at < body.length; at += 7) {
      var changed = body.clone();
      changed[at] ^= 1;
      assertThat(reader().read(headers, changed, NOW)).isInstanceOf(Forged.class);
    }
  }

  @Test
  void an_old_message_is_a_forgery_and_one_from_the_future_too() {
    for (var at : List.of(NOW.minus(LONG_AGO), NOW.plus(LONG_AGO))) {
      assertThat(read(secret(), resolving(CASE, at), at)).isInstanceOf(Forged.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "null", "7", "[]", "{", "{} {}", "{\"a\":1,\"a\":2}", "\u0000", "NaN"})
  void a_body_that_is_no_object_is_malformed(String body) {
    assertThat(read(body)).isInstanceOf(Malformed.class);
  }

  @Test
  void a_body_that_is_nested_too_deeply_is_malformed() {
    assertThat(read("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
        .isInstanceOf(Malformed.class);
  }

  @Test
  void a_huge_body_is_malformed() {
    assertThat(read("{\"a\":\"" + "x".repeat(30_000_000) + "\"}")).isInstanceOf(Malformed.class);
  }

  @Test
  void a_genuine_message_that_says_anything_at_all_is_read_without_failure() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var pieces = List.of("{", "}", "[", "]", "\"", ":", ",", "null", "1e999", "\\u0000", "\ud83d");
    for (int i = 0; i < 5_000; i++) {
      var body = new StringBuilder(resolving(CASE, NOW));
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        int at = random.nextInt(body.length());
        int length = Math.min(random.nextInt(12), body.length() - at);
        body.replace(at, at + length, pieces.get(random.nextInt(pieces.size())));
      }
      assertThatCode(() -> read(body.toString())).as("seed %d", seed).doesNotThrowAnyException();
    }
  }

  @Test
  void a_number_that_takes_seconds_to_compute_does_no_harm() {
    var begin = System.nanoTime();
    read("{\"timestamp\":1e2000000000,\"data\":{\"status\":1e2000000000},\"issue\":1e2000000000}");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
  }
}
