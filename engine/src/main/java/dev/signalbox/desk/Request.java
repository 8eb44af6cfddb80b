package dev.signalbox.desk;

import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.work.Lease;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing asked of the desk about one case.
 *
 * @param expectedVersion the version the caller saw ({@code If-Match}); null when it does not
 *     matter
 * @param once makes it safe to repeat; null for what is so by nature
 * @param traceParent the trace it belongs to
 * @param sight what whoever asks can see; what is beyond it is not there
 * @param claim the fence of the claim under which it is asked; null when under none
 * @param lease the work that this finishes in the same commit; a lost one changes nothing
 */
public record Request(
    CaseId id,
    Ask ask,
    Actor actor,
    @Nullable Long expectedVersion,
    @Nullable OnceKey once,
    @Nullable String traceParent,
    @Nullable Lease lease,
    @Nullable Long claim,
    Sight sight) {

  /** A report, as it came in. */
  public static Request report(
      ExceptionReport report, Instant receivedAt, Actor actor, @Nullable String traceParent) {
    return new Request(
        report.caseId(),
        new Ask.Report(report, receivedAt, false),
        actor,
        null,
        null,
        traceParent,
        null,
        null,
        Sight.ALL);
  }

  /** A command that needs no rules. */
  public static Request say(CaseId id, CaseCommand command, Actor actor) {
    return new Request(id, new Ask.Say(command), actor, null, null, null, null, null, Sight.ALL);
  }

  /** Anything else. */
  public static Request of(CaseId id, Ask ask, Actor actor) {
    return new Request(id, ask, actor, null, null, null, null, null, Sight.ALL);
  }

  public Request expecting(@Nullable Long version) {
    return new Request(id, ask, actor, version, once, traceParent, lease, claim, sight);
  }

  public Request once(@Nullable OnceKey key) {
    return new Request(id, ask, actor, expectedVersion, key, traceParent, lease, claim, sight);
  }

  public Request tracedBy(@Nullable String parent) {
    return new Request(id, ask, actor, expectedVersion, once, parent, lease, claim, sight);
  }

  public Request under(Lease held) {
    return new Request(id, ask, actor, expectedVersion, once, traceParent, held, claim, sight);
  }

  public Request underClaim(@Nullable Long fence) {
    return new Request(id, ask, actor, expectedVersion, once, traceParent, lease, fence, sight);
  }

  public Request within(Sight limits) {
    return new Request(id, ask, actor, expectedVersion, once, traceParent, lease, claim, limits);
  }
}
