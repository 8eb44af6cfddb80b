package dev.signalbox.ops.telemetry;

import dev.signalbox.audit.Auditor;
import dev.signalbox.audit.Auditor.Round;
import dev.signalbox.db.Database;
import dev.signalbox.desk.QueueLevelTable;
import dev.signalbox.rules.hits.Timing;
import dev.signalbox.rulesets.RulesetDesk;
import dev.signalbox.signals.Signals;
import dev.signalbox.work.DeadLetterTable;
import dev.signalbox.work.WorkTable;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongGaugeBuilder;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What stands where: queues, work and breakers. Taken from a snapshot that is refreshed now and
 * then, so that being asked costs the database nothing, and a database that is away stops no
 * answer.
 */
public final class Gauges {
  private static final AttributeKey<String> QUEUE = AttributeKey.stringKey("queue");
  private static final AttributeKey<String> TARGET = AttributeKey.stringKey("target");
  private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");
  private static final AttributeKey<String> STATE = AttributeKey.stringKey("state");

  private static final AttributeKey<String> RULE = AttributeKey.stringKey("rule");
  private static final AttributeKey<String> QUANTILE = AttributeKey.stringKey("quantile");
  private static final AttributeKey<String> POINT = AttributeKey.stringKey("point");
  private static final double NANOS = 1e9;

  private final Database database;
  private volatile List<QueueLevelTable.Level> queues = List.of();
  private volatile List<WorkTable.Level> work = List.of();
  private volatile List<DeadLetterTable.Level> deadLetters = List.of();

  private Gauges(Database database) {
    this.database = database;
  }

  /**
   * Registers the gauges.
   *
   * @param breakers the state of each breaker, by target
   */
  public static Gauges register(
      OpenTelemetry telemetry,
      Database database,
      RulesetDesk rulesets,
      InstantSource clock,
      Supplier<Map<String, String>> breakers) {
    var gauges = new Gauges(database);
    var meter = telemetry.getMeter(Signals.SCOPE);
    rulesets(meter, rulesets, clock);
    gauges.queues(meter);
    gauges.work(meter);
    gauge(meter, "signalbox.breaker.state", "1 for the state a target's breaker is in.")
        .buildWithCallback(now ->
            breakers
                .get()
                .forEach(
                    (target, state) -> now.record(1, Attributes.of(TARGET, target, STATE, state))));
    return gauges;
  }

  private static void rulesets(Meter meter, RulesetDesk rulesets, InstantSource clock) {
    gauge(meter, "signalbox.ruleset.activation", "The activation by which this node decides.")
        .buildWithCallback(now -> now.record(rulesets.active().now().activation().number()));
    gauge(meter, "signalbox.ruleset.behind", "1 while a newer activation does not load here.")
        .buildWithCallback(now -> now.record(rulesets.active().behind() > 0 ? 1 : 0));
    gauge(meter, "signalbox.ruleset.look.age", "Since the source was looked at last.")
        .setUnit("s")
        .buildWithCallback(now -> {
          var at = rulesets.watch().seen().at();
          if (at != null) {
            now.record(Duration.between(at, clock.instant()).toSeconds());
          }
        });
  }

  /**
   * Registers what rules do: as many series as there are rules, which the SDK bounds (2,000).
   *
   * @param fired how often each rule fired since this node started
   */
  public static void registerRules(
      OpenTelemetry telemetry, RulesetDesk rulesets, Supplier<Map<String, Long>> fired) {
    var meter = telemetry.getMeter(Signals.SCOPE);
    meter
        .counterBuilder("signalbox.rule.fired")
        .setDescription("Rules that fired in committed decisions.")
        .buildWithCallback(now ->
            fired.get().forEach((rule, count) -> now.record(count, Attributes.of(RULE, rule))));
    timing(
        meter, rulesets, "signalbox.rule.time.mean", "Rules of a point, on average.", Timing::mean);
    timing(
        meter,
        rulesets,
        "signalbox.rule.time.max",
        "The slowest answer of a point.",
        Timing::slowest);
    meter
        .gaugeBuilder("signalbox.rule.time.quantile")
        .setUnit("s")
        .setDescription("Half of the answers of a point took no longer, or all but a hundredth.")
        .buildWithCallback(now ->
            rulesets
                .active()
                .get()
                .timings()
                .forEach((point, timing) -> {
                  now.record(
                      timing.p50().toNanos() / NANOS, Attributes.of(POINT, point, QUANTILE, "0.5"));
                  now.record(
                      timing.p99().toNanos() / NANOS,
                      Attributes.of(POINT, point, QUANTILE, "0.99"));
                }));
  }

  /**
   * Registers whether a candidate is asked beside.
   *
   * @param isRunning on this node
   */
  public static void registerShadow(OpenTelemetry telemetry, BooleanSupplier isRunning) {
    gauge(
            telemetry.getMeter(Signals.SCOPE),
            "signalbox.shadow.running",
            "1 while this node asks a candidate beside what decides.")
        .buildWithCallback(now -> now.record(isRunning.getAsBoolean() ? 1 : 0));
  }

  /**
   * Registers what the auditor found.
   *
   * @param last its last round on this node; null before the first
   */
  public static void registerAudit(
      OpenTelemetry telemetry, Supplier<Auditor.@Nullable Round> last) {
    var meter = telemetry.getMeter(Signals.SCOPE);
    audited(meter, last, "signalbox.audit.late", "Exceptions past their next step.", Round::late);
    audited(
        meter, last, "signalbox.audit.misfit", "Exceptions unlike their journal.", Round::misfits);
    audited(
        meter, last, "signalbox.audit.checked", "Recomputed in the last round.", Round::checked);
    audited(meter, last, "signalbox.audit.lap", "How often all were recomputed.", Round::laps);
  }

  private static void audited(
      Meter meter,
      Supplier<Auditor.@Nullable Round> last,
      String name,
      String description,
      ToLongFunction<Round> of) {
    gauge(meter, name, description)
        .buildWithCallback(now -> {
          var round = last.get();
          if (round != null) {
            now.record(of.applyAsLong(round));
          }
        });
  }

  private static void timing(
      Meter meter,
      RulesetDesk rulesets,
      String name,
      String description,
      Function<Timing, Duration> of) {
    meter
        .gaugeBuilder(name)
        .setUnit("s")
        .setDescription(description)
        .buildWithCallback(now ->
            rulesets
                .active()
                .get()
                .timings()
                .forEach((point, timing) ->
                    now.record(of.apply(timing).toNanos() / NANOS, Attributes.of(POINT, point))));
  }

  private void queues(Meter meter) {
    gauge(meter, "signalbox.queue.depth", "Open exceptions, by queue.")
        .buildWithCallback(now ->
            queues.forEach(level -> now.record(level.open(), Attributes.of(QUEUE, level.queue()))));
    gauge(meter, "signalbox.queue.oldest.age", "Age of the oldest open exception, by queue.")
        .setUnit("s")
        .buildWithCallback(now ->
            queues.forEach(level ->
                now.record(level.oldest().toSeconds(), Attributes.of(QUEUE, level.queue()))));
  }

  private void work(Meter meter) {
    gauge(meter, "signalbox.work.depth", "Work that waits, by target and state.")
        .buildWithCallback(now ->
            work.forEach(level ->
                now.record(
                    level.count(), Attributes.of(TARGET, level.target(), STATE, level.state()))));
    gauge(meter, "signalbox.work.oldest.age", "Age of the oldest work, by target and state.")
        .setUnit("s")
        .buildWithCallback(now ->
            work.forEach(level ->
                now.record(
                    level.oldest().toSeconds(),
                    Attributes.of(TARGET, level.target(), STATE, level.state()))));
    gauge(meter, "signalbox.dead_letter.depth", "Dead letters nobody has tried again, by kind.")
        .buildWithCallback(now ->
            deadLetters.forEach(level ->
                now.record(
                    level.count(), Attributes.of(KIND, level.kind(), TARGET, level.target()))));
  }

  private static LongGaugeBuilder gauge(Meter meter, String name, String description) {
    return meter.gaugeBuilder(name).ofLongs().setDescription(description);
  }

  /**
   * Takes a new snapshot.
   *
   * @throws dev.signalbox.db.Unavailable when the database is away; the old one stays
   */
  public void refresh() {
    queues = database.read(QueueLevelTable::levels);
    work = database.read(WorkTable::levels);
    deadLetters = database.read(DeadLetterTable::levels);
  }
}
