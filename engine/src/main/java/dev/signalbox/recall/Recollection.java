package dev.signalbox.recall;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.Decision.ApprovalDecision;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.journal.Corrupt;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.recall.Moment.Said;
import dev.signalbox.rules.ProposalQuestion;
import dev.signalbox.rules.Question;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the moments of one exception from its events, in their order. What rules see of an
 * exception is its report, when it was detected, and as of when they are asked; all of that is in
 * the events, in full precision.
 */
final class Recollection {
  private final Consumer<Moment> told;
  private final Consumer<Proposed> toldOfProposals;
  private @Nullable ExceptionReport report;
  private @Nullable Detection detection;
  private boolean erased;
  private boolean proposalErased;
  private @Nullable Moment pending;
  private @Nullable Severity severity;
  private CaseEvent.@Nullable ProposalMade proposal;

  /**
   * @param told of each moment, once it is known whole
   */
  Recollection(Consumer<Moment> told, Consumer<Proposed> toldOfProposals) {
    this.told = told;
    this.toldOfProposals = toldOfProposals;
  }

  /**
   * Goes on where a case stands.
   *
   * @param before null when its journal begins now
   */
  static Recollection after(
      @Nullable ExceptionCase before, Consumer<Moment> told, Consumer<Proposed> toldOfProposals) {
    var recollection = new Recollection(told, toldOfProposals);
    if (before != null) {
      recollection.report = before.report();
      recollection.detection = before.detection();
      var standing = before.classification();
      recollection.severity = standing == null ? null : standing.severity();
    }
    return recollection;
  }

  /**
   * The next event.
   *
   * @param isErased whether its sealed part is gone
   * @throws Corrupt when it cannot follow what was before
   */
  void add(JournalEntry entry, boolean isErased) {
    switch (entry.event()) {
      case CaseEvent.Opened e -> {
        saw(e.report(), Detection.first(detected(e.report(), e.receivedAt())), isErased);
        begin(entry, Occasion.OPENED, entry.at());
      }
      case CaseEvent.Redetected e -> {
        saw(e.report(), known().again(detected(e.report(), e.receivedAt())), isErased);
        begin(entry, Occasion.REDETECTED, entry.at());
      }
      case CaseEvent.Recurred e -> {
        saw(e.report(), known().recurred(detected(e.report(), e.receivedAt())), isErased);
        begin(entry, Occasion.RECURRED, entry.at());
      }
      case CaseEvent.Redriven e -> begin(entry, Occasion.REDRIVEN, entry.at());
      case CaseEvent.Classified e -> {
        severity = e.advice().decision().severity();
        classified(entry, e.advice());
      }
      case CaseEvent.Reclassified e -> {
        var again = e.advice().decision().severity();
        severity = severity == null || again.isGraverThan(severity) ? again : severity;
        classified(entry, e.advice());
      }
      case CaseEvent.ProposalMade e -> {
        end();
        proposal = e;
        proposalErased = erased || isErased;
      }
      case CaseEvent.ApprovalsDecided e -> proposed(entry, e.advice());
      case CaseEvent.Routed e -> {
        var now = during(entry, e.advice());
        said(now, new Said(now.said().classification(), e.advice(), null, null, e.fallback()));
      }
      case CaseEvent.ResolutionProposed e -> {
        var now = during(entry, e.advice());
        var before = now.said();
        said(
            now,
            new Said(
                before.classification(), before.routing(), e.advice(), null, before.fallback()));
      }
      case CaseEvent.ResolutionApproved e -> {
        var now = during(entry, e.advice());
        var before = now.said();
        said(
            now,
            new Said(
                before.classification(),
                before.routing(),
                before.resolution(),
                e.advice(),
                before.fallback()));
      }
      default -> end();
    }
  }

  private void proposed(JournalEntry entry, Advice<ApprovalDecision> approval) {
    if (report == null || severity == null || proposal == null) {
      throw new Corrupt("Approvals are decided of what was proposed for a known exception.", null);
    }
    var question =
        ProposalQuestion.byPerson(
            new Question(report, known(), approval.asOf()), proposal.resolution(), proposal.role());
    toldOfProposals.accept(
        new Proposed(entry.caseId(), entry.seq(), question, severity, proposalErased, approval));
    proposal = null;
  }

  /** A severity begins a moment of its own, unless one waits for it. */
  private void classified(JournalEntry entry, Advice<SeverityDecision> advice) {
    if (pending != null && pending.said().classification() != null) {
      end();
    }
    said(during(entry, advice), new Said(advice, null, null, null, null));
  }

  /** No more events follow. */
  void end() {
    if (pending != null) {
      told.accept(pending);
      pending = null;
    }
  }

  private void saw(ExceptionReport seen, Detection when, boolean isErased) {
    end();
    report = seen.withoutPayload();
    detection = when;
    erased = isErased;
  }

  private void begin(JournalEntry entry, Occasion occasion, Instant asOf) {
    end();
    if (report == null) {
      throw new Corrupt("A journal begins with the report of its exception.", null);
    }
    pending =
        new Moment(
            entry.caseId(),
            entry.seq(),
            occasion,
            entry.at(),
            new Question(report, known(), asOf),
            erased,
            Said.NOTHING);
  }

  /** The moment that advice belongs to; advice as of another instant is that of an age timer. */
  private Moment during(JournalEntry entry, Advice<?> advice) {
    if (pending == null || !pending.question().asOf().equals(advice.asOf())) {
      begin(entry, Occasion.AGED, advice.asOf());
    }
    if (pending == null) {
      throw new IllegalStateException("A moment that begins is there.");
    }
    return pending;
  }

  private void said(Moment now, Said what) {
    pending =
        new Moment(
            now.exception(),
            now.seq(),
            now.occasion(),
            now.at(),
            now.question(),
            now.erased(),
            what);
  }

  private Detection known() {
    if (detection == null) {
      throw new Corrupt("A journal begins with the report of its exception.", null);
    }
    return detection;
  }

  private static Instant detected(ExceptionReport report, Instant receivedAt) {
    return report.detectedAt() != null ? report.detectedAt() : receivedAt;
  }
}
