package dev.signalbox.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.db.Unavailable;
import dev.signalbox.desk.OnceKey;
import dev.signalbox.desk.Repeats;
import dev.signalbox.exceptions.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out once what is more than one command, when the caller gave a key for it. */
public final class OnlyOnce {
  private static final Logger LOG = LoggerFactory.getLogger(OnlyOnce.class);

  private final Repeats repeats;

  public OnlyOnce(Collaborators with) {
    repeats = new Repeats(with.database(), with.clock());
  }

  /**
   * What came of a request.
   *
   * @param kept what a repeat is answered; without what may be said only once
   * @param isFinal whether a repeat gets this answer again, rather than another attempt
   */
  public record Outcome(ObjectNode answer, ObjectNode kept, boolean isFinal) {
    public Outcome(ObjectNode answer, boolean isFinal) {
      this(answer, answer, isFinal);
    }
  }

  /**
   * Carries it out and answers, or gives the first answer again. Blocks.
   *
   * @param work its outcome; null when it did nothing and has answered why
   */
  public void run(Exchange exchange, byte[] body, Supplier<@Nullable Outcome> work) {
    var key = exchange.once(body);
    if (key == null) {
      var outcome = work.get();
      if (outcome != null) {
        exchange.json(200, outcome.answer());
      }
      return;
    }
    switch (repeats.claim(key)) {
      case Repeats.Claim.Granted granted -> first(exchange, key, work);
      case Repeats.Claim.Answered(var answer) ->
          exchange.send(200, "application/json", Buffer.buffer(answer));
      case Repeats.Claim.Reused reused ->
          exchange.problem(Problem.of(new Refusal.KeyReused(key.key())));
      case Repeats.Claim.UnderWay underWay ->
          exchange.problem(
              Problem.later(
                  409,
                  "UNDER_WAY",
                  "In conflict with what is known.",
                  "The same request is being carried out. Its answer is kept under its key."));
    }
  }

  private void first(Exchange exchange, OnceKey key, Supplier<@Nullable Outcome> work) {
    boolean kept = false;
    try {
      var outcome = work.get();
      if (outcome != null) {
        kept = outcome.isFinal() && isKept(key, outcome.kept());
        exchange.json(200, outcome.answer());
      }
    } finally {
      if (!kept) {
        release(key);
      }
    }
  }

  /** What was done is answered even when the answer cannot be kept. */
  private boolean isKept(OnceKey key, ObjectNode answer) {
    try {
      repeats.answer(key, answer.toString());
      return true;
    } catch (Unavailable e) {
      LOG.warn("An answer could not be kept under its idempotency key.", e);
      return false;
    }
  }

  private void release(OnceKey key) {
    try {
      repeats.release(key);
    } catch (Unavailable e) {
      LOG.debug("A claim could not be released; it runs out by itself.", e);
    }
  }
}
