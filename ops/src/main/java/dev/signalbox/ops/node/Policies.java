package dev.signalbox.ops.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.dispatch.Breaker;
import dev.signalbox.dispatch.RetryPlan;
import dev.signalbox.dispatch.TargetPolicy;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.ops.settings.Section;
import java.util.function.Consumer;

/** How a target is treated, from {@code targets.NAME.dispatch}; what is not said is standard. */
final class Policies {
  private static final int MANY = 10_000;
  private static final int PERCENT = 100;

  private Policies() {}

  /**
   * Reads.
   *
   * @param problems told what is wrong, a sentence each
   */
  static TargetPolicy of(TargetName name, JsonNode node, Consumer<String> problems) {
    return at("targets.%s.dispatch".formatted(name), node, problems);
  }

  /** The same for what is configured elsewhere. */
  static TargetPolicy at(String path, JsonNode node, Consumer<String> problems) {
    var settings =
        Section.at(path, node, problems).only("attempts", "base", "cap", "concurrency", "breaker");
    var standard = TargetPolicy.STANDARD;
    return new TargetPolicy(
        retries(settings, standard.retries()),
        settings.number("concurrency", 1, MANY, standard.concurrency()),
        standard.attemptTimeout(),
        standard.answerWithin(),
        breaker(settings.section("breaker"), standard.breaker()));
  }

  private static RetryPlan retries(Section settings, RetryPlan standard) {
    int attempts = settings.number("attempts", 1, MANY, standard.attempts());
    var base = settings.duration("base", standard.base());
    var cap = settings.duration("cap", standard.cap());
    if (cap.compareTo(base) < 0) {
      settings.wrong("cap", "shorter than the base");
      return standard;
    }
    return new RetryPlan(attempts, base, cap);
  }

  private static Breaker.Policy breaker(Section settings, Breaker.Policy standard) {
    settings.only("calls", "minimum", "failurePercent", "pause");
    int rate = (int) Math.round(standard.failureRate() * PERCENT);
    return new Breaker.Policy(
        settings.number("calls", 1, MANY, standard.calls()),
        settings.number("minimum", 1, MANY, standard.minimum()),
        settings.number("failurePercent", 1, PERCENT, rate) / (double) PERCENT,
        settings.duration("pause", standard.pause()));
  }
}
