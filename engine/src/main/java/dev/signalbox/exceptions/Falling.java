package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Outcome.Accepted;
import dev.signalbox.exceptions.Outcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What time does to a case that nobody takes care of, and how people make it rest. A timer that
 * fires early, twice, or for a step that is not next finds nothing to do. Pure.
 */
final class Falling {
  private Falling() {}

  static Outcome remind(ExceptionCase current, Instant now) {
    var next = due(current, now);
    return next != null && next.step() instanceof FallbackStep.Remind
        ? accepted(new CaseEvent.Reminded(next.at()))
        : accepted();
  }

  static Outcome reassign(ExceptionCase current, Instant now) {
    var next = due(current, now);
    return next != null && next.step() instanceof FallbackStep.Reassign(var _, var queue)
        ? accepted(new CaseEvent.Escalated(queue, why(next), next.at()))
        : accepted();
  }

  static Outcome deadLetter(ExceptionCase current, Instant now) {
    var next = due(current, now);
    if (next == null || !(next.step() instanceof FallbackStep.DeadLetter(var _, var queue))) {
      return accepted();
    }
    var events = new ArrayList<CaseEvent>();
    events.add(new CaseEvent.DeadLettered(queue, "FALLBACK: " + why(next), next.at()));
    if (!isHeld(current)) {
      events.add(
          new CaseEvent.HoldPlaced(
              HoldId.of(current.id(), current.version()),
              new Hold.Scope(Hold.Kind.ITEM, current.id().toString()),
              why(next),
              null));
    }
    return new Accepted(events);
  }

  /** Whether a chain that came to its end before holds it still. */
  private static boolean isHeld(ExceptionCase current) {
    return current.standing().holds().stream().anyMatch(hold -> hold.by() == null)
        || current.standing().holds().size() >= Holding.HOLDS_MAX;
  }

  private static String why(Fallback.Planned step) {
    return "Nobody settled it within %s.".formatted(hours(step.step().after()));
  }

  private static String hours(Duration after) {
    return after.toMinutesPart() == 0 ? after.toHours() + " h" : after.toString();
  }

  private static Fallback.@Nullable Planned due(ExceptionCase current, Instant now) {
    var next = current.nextStep();
    return next == null || now.isBefore(next.at()) ? null : next;
  }

  static Outcome snooze(ExceptionCase current, CaseCommand.Snooze snooze, Instant now) {
    var pause = current.standing().pause();
    var longest = snooze.longest();
    if (longest == null || longest.isZero()) {
      return Refused.because(new Refusal.NotSnoozable(current.report().identity().context()));
    }
    var latest = (pause == null ? now : pause.since()).plus(longest);
    if (!snooze.until().isAfter(now) || snooze.until().isAfter(latest)) {
      return Refused.because(
          new Refusal.Misfit(
              "It may rest until %s at the latest, and from now on; not until %s."
                  .formatted(latest, snooze.until())));
    }
    return accepted(new CaseEvent.Snoozed(snooze.until(), snooze.reason(), snooze.by()));
  }

  /** A timer wakes it when its time has come, a person at any time. */
  static Outcome wake(ExceptionCase current, CaseCommand.Wake wake, Instant now) {
    var pause = current.standing().pause();
    return pause == null || (wake.by() == null && now.isBefore(pause.until()))
        ? accepted()
        : accepted(new CaseEvent.Woken(wake.by()));
  }

  private static Outcome accepted(CaseEvent... events) {
    return new Accepted(List.of(events));
  }
}
