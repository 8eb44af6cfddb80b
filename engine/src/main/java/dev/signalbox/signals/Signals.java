package dev.signalbox.signals;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The counters and histograms, as verbs of the domain. Names follow the OpenTelemetry conventions:
 * no plurals, no {@code _total}, durations in seconds, failures as {@code error.type}. No attribute
 * holds personal data or an unbounded set of values.
 */
public final class Signals {
  public static final String SCOPE = "dev.signalbox";

  private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> SEVERITY = AttributeKey.stringKey("severity");
  private static final AttributeKey<String> QUEUE = AttributeKey.stringKey("queue");
  private static final AttributeKey<String> LANE = AttributeKey.stringKey("lane");
  private static final AttributeKey<String> RESOLUTION = AttributeKey.stringKey("resolution");
  private static final AttributeKey<String> TARGET = AttributeKey.stringKey("target");
  private static final AttributeKey<String> STATE = AttributeKey.stringKey("state");
  private static final AttributeKey<String> CONTEXT = AttributeKey.stringKey("context");
  private static final AttributeKey<String> KIND = AttributeKey.stringKey("kind");
  private static final AttributeKey<String> POINT = AttributeKey.stringKey("point");
  private static final AttributeKey<String> RULE = AttributeKey.stringKey("rule");
  private static final AttributeKey<String> WHAT = AttributeKey.stringKey("what");
  private static final AttributeKey<String> STORE = AttributeKey.stringKey("store");

  /** Seconds; a commit takes milliseconds, a slow target seconds. */
  private static final List<Double> DURATIONS =
      List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

  private final Traces traces;
  private final LongCounter reported;
  private final LongCounter refused;
  private final LongCounter classified;
  private final LongCounter routed;
  private final LongCounter resolved;
  private final LongCounter assigned;
  private final LongCounter appended;
  private final LongCounter worked;
  private final LongCounter overdue;
  private final LongCounter fellBack;
  private final LongCounter answered;
  private final LongCounter breakerChanged;
  private final LongCounter storms;
  private final LongCounter noted;
  private final LongCounter filed;
  private final LongCounter rulesetLooked;
  private final LongCounter rulesetJudged;
  private final LongCounter rulesetActivated;
  private final LongCounter shadowed;
  private final LongCounter shadowRule;
  private final DoubleCounter shadowTime;
  private final LongHistogram batch;
  private final DoubleHistogram commit;
  private final DoubleHistogram decision;
  private final DoubleHistogram attempt;
  private final DoubleHistogram request;

  public Signals(OpenTelemetry telemetry) {
    var meter = telemetry.getMeter(SCOPE);
    traces = new Traces(telemetry.getTracer(SCOPE));
    reported =
        counter(meter, "signalbox.exception.reported", "Reports and withdrawals, by outcome.");
    refused =
        counter(meter, "signalbox.command.refused", "Reports and commands refused, by cause.");
    classified = counter(meter, "signalbox.exception.classified", "Severity decisions.");
    routed = counter(meter, "signalbox.exception.routed", "Routing decisions, by queue and lane.");
    resolved = counter(meter, "signalbox.exception.resolved", "Resolutions, by their kind.");
    assigned = counter(meter, "signalbox.exception.assigned", "Choices by rule, by outcome.");
    appended = counter(meter, "signalbox.journal.appended", "Events committed to the journal.");
    worked = counter(meter, "signalbox.work.attempted", "Attempts of work, by outcome and target.");
    overdue = counter(meter, "signalbox.deadline.passed", "Due times that passed.");
    fellBack = counter(meter, "signalbox.fallback.step", "Steps of fallback chains, by kind.");
    answered = counter(meter, "signalbox.callback.received", "Answers from outside, by outcome.");
    breakerChanged = counter(meter, "signalbox.breaker.changed", "Breaker changes, by target.");
    storms = counter(meter, "signalbox.storm.begun", "Storms the guard held back, by context.");
    noted = counter(meter, "signalbox.rule.noted", "Rules that disagreed or failed, by kind.");
    filed = counter(meter, "signalbox.file.moved", "Files put, opened and removed, by store.");
    rulesetLooked = counter(meter, "signalbox.ruleset.looked", "Looks at the source, by outcome.");
    rulesetJudged = counter(meter, "signalbox.ruleset.judged", "New rulesets, by outcome.");
    rulesetActivated = counter(meter, "signalbox.ruleset.activated", "Activations, by kind.");
    shadowed = counter(meter, "signalbox.shadow.seen", "Decisions a candidate saw, by outcome.");
    shadowRule = counter(meter, "signalbox.shadow.rule.changed", "Rules it fires, or does not.");
    shadowTime =
        meter
            .counterBuilder("signalbox.shadow.time")
            .ofDoubles()
            .setUnit("s")
            .setDescription("Spent on asking a candidate.")
            .build();
    batch =
        meter
            .histogramBuilder("signalbox.desk.batch.size")
            .ofLongs()
            .setDescription("Cases committed together.")
            .build();
    commit = seconds(meter, "signalbox.desk.commit.duration", "From read to commit of a batch.");
    decision = seconds(meter, "signalbox.decision.duration", "Rules deciding one batch.");
    attempt = seconds(meter, "signalbox.work.attempt.duration", "One attempt outside, by target.");
    request = seconds(meter, "http.server.request.duration", "HTTP requests, by route and status.");
  }

  /** For tests and tools that show nothing to anybody. */
  public static Signals none() {
    return new Signals(OpenTelemetry.noop());
  }

  public Traces traces() {
    return traces;
  }

  /**
   * @param outcome e.g. {@code recorded}, {@code duplicate}, {@code conflict}, {@code refused}
   */
  public void reported(String outcome, long count) {
    reported.add(count, Attributes.of(OUTCOME, outcome));
  }

  /**
   * @param code the refusal's or the problem's stable code
   */
  public void refused(String code) {
    refused.add(1, Attributes.of(ERROR_TYPE, code));
  }

  public void classified(String severity) {
    classified.add(1, Attributes.of(SEVERITY, severity));
  }

  public void routed(String queue, String lane) {
    routed.add(1, Attributes.of(QUEUE, queue, LANE, lane));
  }

  /**
   * @param kind e.g. {@code AUTO_MATCH}
   */
  public void resolved(String kind) {
    resolved.add(1, Attributes.of(RESOLUTION, kind));
  }

  /**
   * @param rule e.g. {@code round-robin}
   * @param outcome {@code given}, or {@code nobody}
   */
  public void assigned(String rule, String outcome) {
    assigned.add(1, Attributes.of(RULE, rule, OUTCOME, outcome));
  }

  public void appended(long events) {
    appended.add(events);
  }

  public void attempted(String target, String outcome, Duration took) {
    worked.add(1, Attributes.of(TARGET, target, OUTCOME, outcome));
    attempt.record(inSeconds(took), Attributes.of(TARGET, target, OUTCOME, outcome));
  }

  /**
   * @param what the resolution or the answer
   */
  public void overdue(String what, String severity) {
    overdue.add(1, Attributes.of(WHAT, what, SEVERITY, severity));
  }

  /**
   * @param kind {@code REMIND}, {@code REASSIGN} or {@code DEAD_LETTER}
   */
  public void fellBack(String kind, String severity) {
    fellBack.add(1, Attributes.of(KIND, kind, SEVERITY, severity));
  }

  /**
   * @param target which target answered, or {@code api}: not what a caller calls its system
   */
  public void answered(String target, String outcome) {
    answered.add(1, Attributes.of(TARGET, target, OUTCOME, outcome));
  }

  public void breakerChanged(String target, String state) {
    breakerChanged.add(1, Attributes.of(TARGET, target, STATE, state));
  }

  /**
   * @param context one that is guarded, so there are few
   */
  public void storm(String context) {
    storms.add(1, Attributes.of(CONTEXT, context));
  }

  /**
   * @param point the decision point
   * @param kind {@code AMBIGUOUS} or {@code FAILED_CLOSED}
   */
  public void noted(String point, String kind) {
    noted.add(1, Attributes.of(POINT, point, KIND, kind));
  }

  /**
   * @param store where the file lies
   * @param what {@code put}, {@code open} or {@code remove}
   * @param outcome {@code done}, {@code away} or {@code damaged}
   */
  public void filed(String store, String what, String outcome) {
    filed.add(1, Attributes.of(STORE, store, WHAT, what, OUTCOME, outcome));
  }

  /**
   * @param outcome {@code FOUND}, {@code UNFIT} or {@code AWAY}
   */
  public void rulesetLooked(String outcome) {
    rulesetLooked.add(1, Attributes.of(OUTCOME, outcome));
  }

  /**
   * @param outcome {@code ADMITTED} or {@code REFUSED}
   */
  public void rulesetJudged(String outcome) {
    rulesetJudged.add(1, Attributes.of(OUTCOME, outcome));
  }

  /**
   * @param kind {@code ACTIVATED} or {@code ROLLED_BACK}
   */
  public void rulesetActivated(String kind) {
    rulesetActivated.add(1, Attributes.of(KIND, kind));
  }

  /**
   * @param outcome {@code same}, {@code differs}, {@code failed}, {@code dropped} or {@code
   *     unsampled}
   */
  public void shadowed(String outcome, long decisions) {
    shadowed.add(decisions, Attributes.of(OUTCOME, outcome));
  }

  /**
   * @param rule its id: as many series as two rulesets have rules, which the SDK bounds (2,000)
   * @param change {@code FIRES} or {@code SILENT}
   */
  public void shadowRule(String rule, String change, long decisions) {
    shadowRule.add(decisions, Attributes.of(RULE, rule, KIND, change));
  }

  public void shadowTook(Duration took) {
    shadowTime.add(inSeconds(took));
  }

  public void committed(int cases, Duration took) {
    batch.record(cases);
    commit.record(inSeconds(took));
  }

  public void decided(Duration took) {
    decision.record(inSeconds(took));
  }

  /**
   * @param route the template, e.g. {@code /v1/exceptions/{id}}, never the path itself
   * @param problem the code of the problem it was answered with; null when there was none
   */
  public void requested(
      String method, String route, int status, @Nullable String problem, Duration took) {
    var attributes =
        Attributes.builder()
            .put("http.request.method", method)
            .put("http.route", route)
            .put("http.response.status_code", status);
    if (problem != null) {
      attributes.put(ERROR_TYPE, problem);
    }
    request.record(inSeconds(took), attributes.build());
  }

  private static LongCounter counter(Meter meter, String name, String description) {
    return meter.counterBuilder(name).setDescription(description).build();
  }

  private static DoubleHistogram seconds(Meter meter, String name, String description) {
    return meter
        .histogramBuilder(name)
        .setUnit("s")
        .setDescription(description)
        .setExplicitBucketBoundariesAdvice(DURATIONS)
        .build();
  }

  private static double inSeconds(Duration took) {
    return took.toNanos() / 1e9;
  }
}
