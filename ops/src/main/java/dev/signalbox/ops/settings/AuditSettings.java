package dev.signalbox.ops.settings;

import dev.signalbox.audit.Auditor;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the auditor looks.
 *
 * @param every from one round to the next
 * @param heartbeat what is called after each round that finds nothing; null for nobody
 */
public record AuditSettings(Duration every, Auditor.Shape shape, @Nullable URI heartbeat) {
  /** Every five minutes, 2,000 exceptions. */
  public static final AuditSettings USUAL =
      new AuditSettings(
          Duration.ofMinutes(5), new Auditor.Shape(Duration.ofMinutes(5), 2_000), null);

  private static final int SLICE_MAX = 1_000_000;

  /** Reads the section, and notes what is wrong. */
  static AuditSettings read(Section audit, @Nullable String heartbeat) {
    audit.only("every", "grace", "slice", "heartbeat");
    var every = audit.duration("every", USUAL.every());
    if (!every.isPositive()) {
      audit.wrong("every", "no time; rounds are minutes apart, e.g. 5m");
    }
    return new AuditSettings(
        every,
        new Auditor.Shape(
            audit.duration("grace", USUAL.shape().grace()),
            audit.number("slice", 1, SLICE_MAX, USUAL.shape().slice())),
        heartbeat == null ? null : URI.create(heartbeat));
  }
}
