package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Decision.SeverityDecision;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How grave the case is and until when it must be resolved.
 *
 * @param dueAt the SLA
 * @param redecideAt the next age threshold; null when none is left
 * @param breached whether the due time passed unresolved
 * @param materiality the amount in the reporting currency; null where nobody knows it
 */
public record Classification(
    Severity severity,
    Instant dueAt,
    @Nullable Instant redecideAt,
    boolean breached,
    @Nullable BigDecimal materiality) {

  static Classification first(Advice<SeverityDecision> advice) {
    var said = advice.decision();
    return new Classification(
        said.severity(), said.dueAt(advice.asOf()), said.redecideAt(), false, said.materiality());
  }

  /** Severity never falls by itself, and a due time only ever moves nearer. */
  Classification again(Advice<SeverityDecision> advice) {
    var said = advice.decision();
    if (!said.severity().isGraverThan(severity)) {
      return new Classification(severity, dueAt, said.redecideAt(), breached, said.materiality());
    }
    var due = said.dueAt(advice.asOf());
    return new Classification(
        said.severity(),
        due.isBefore(dueAt) ? due : dueAt,
        said.redecideAt(),
        breached,
        said.materiality());
  }

  /** After a pause; what is late already is not less so. */
  Classification later(Duration by) {
    return breached
        ? this
        : new Classification(severity, dueAt.plus(by), redecideAt, false, materiality);
  }

  Classification asBreached() {
    return new Classification(severity, dueAt, redecideAt, true, materiality);
  }
}
