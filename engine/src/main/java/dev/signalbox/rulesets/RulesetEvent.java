package dev.signalbox.rulesets;

import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.EventHash;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to the rules of the installation. Events are numbered from 1 without a
 * gap, and chained: the hash is an {@link EventHash} with the tag {@code signalbox/ruleset-event/1}
 * over the other fields in the order of the components here.
 *
 * @param at in microseconds
 * @param digest of the ruleset; null where a version could not be read
 * @param source where it came from
 * @param version its version there
 * @param actor who did it
 * @param admission the number of the ADMITTED event that this rests on; null for judgements
 * @param backTo of an activation: the number of the one a roll-back leads to; null where none does
 * @param body what else is to be known, as a JSON object
 */
public record RulesetEvent(
    long number,
    Instant at,
    Kind kind,
    @Nullable Sha256 digest,
    String source,
    String version,
    String actor,
    @Nullable Long admission,
    @Nullable Long backTo,
    String body,
    Sha256 previous,
    Sha256 hash) {
  private static final String TAG = "signalbox/ruleset-event/1";

  /** What can happen. */
  public enum Kind {
    /** It passed its check and its scenarios. */
    ADMITTED,
    /** It did not. */
    REFUSED,
    /** Somebody has published what it would change. */
    BACKTESTED,
    /** One of several people who are needed wants it activated. */
    APPROVED,
    /** It decides from now on. */
    ACTIVATED,
    /** It decides again, since people went back to it. */
    ROLLED_BACK,
    /** After an activation: how often its routing rules would have taken part lately. */
    MEASURED,
    /** It is asked beside the one that decides, and nothing follows from what it says. */
    SHADOW_BEGUN,
    /** It is asked no more. */
    SHADOW_ENDED
  }

  /** An event that has no place in the chain yet. */
  public record Draft(
      Instant at,
      Kind kind,
      @Nullable Sha256 digest,
      String source,
      String version,
      String actor,
      @Nullable Long admission,
      @Nullable Long backTo,
      String body) {
    public Draft {
      at = at.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /** The draft, as the next event after another; null where there is none. */
  static RulesetEvent after(@Nullable RulesetEvent last, Draft draft) {
    var event =
        new RulesetEvent(
            last == null ? 1 : last.number + 1,
            draft.at,
            draft.kind,
            draft.digest,
            draft.source,
            draft.version,
            draft.actor,
            draft.admission,
            draft.backTo,
            draft.body,
            last == null ? EventHash.GENESIS : last.hash,
            EventHash.GENESIS);
    return event.with(event.expectedHash());
  }

  private RulesetEvent with(Sha256 newHash) {
    return new RulesetEvent(
        number, at, kind, digest, source, version, actor, admission, backTo, body, previous,
        newHash);
  }

  /** The ruleset; only refused versions have none. */
  public Sha256 ruleset() {
    if (digest == null) {
      throw new IllegalStateException("The ruleset event %d has no digest.".formatted(number));
    }
    return digest;
  }

  /** The hash that the event should have by what it says. */
  public Sha256 expectedHash() {
    return EventHash.of(
        TAG, previous, number, at, kind, digest, source, version, actor, admission, backTo, body);
  }
}
