package dev.signalbox.rulesets;

import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.kept.KeptRules;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A ruleset that is being judged on another thread: seen in the log, and broken off in time. */
final class Judging extends FutureTask<Judgement> {
  private static final Logger LOG = LoggerFactory.getLogger(Judging.class);
  private static final Duration NEWS = Duration.ofSeconds(30);

  private final Sha256 digest;

  Judging(RulesetFiles files, KeptRules kept) {
    super(() -> Judgement.of(files, kept));
    this.digest = files.digest();
  }

  /** What came of it; null when it took longer, and is told to end. */
  @Nullable Judgement within(Duration limit) throws InterruptedException, ExecutionException {
    for (var waited = Duration.ZERO; waited.compareTo(limit) < 0; ) {
      var step = NEWS.compareTo(limit.minus(waited)) < 0 ? NEWS : limit.minus(waited);
      try {
        return get(step.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        waited = waited.plus(step);
        LOG.warn("Judging the ruleset {} has taken {} s so far.", digest, waited.toSeconds());
      }
    }
    LOG.error("Judging the ruleset {} takes longer than {} s.", digest, limit.toSeconds());
    return cancel(true) ? null : resultNow();
  }

  /** What comes too late is not kept. */
  @Override
  protected void set(Judgement judgement) {
    super.set(judgement);
    var rulebook = judgement.rulebook();
    if (isCancelled() && rulebook != null) {
      rulebook.close();
    }
  }
}
