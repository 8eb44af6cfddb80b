package dev.signalbox.recall;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Decision.ApprovalDecision;
import dev.signalbox.exceptions.Decision.FallbackDecision;
import dev.signalbox.exceptions.Decision.RoutingDecision;
import dev.signalbox.exceptions.Decision.Settled;
import dev.signalbox.exceptions.Decision.SeverityDecision;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.rules.Question;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rules were asked about an exception: what they saw, and what of their answer is in the journal.
 *
 * @param seq the row of the journal with which it began
 * @param at when it happened; the question says as of when rules were asked
 * @param erased whether part of what they saw is gone, with the key of its subject
 */
public record Moment(
    CaseId exception,
    long seq,
    Occasion occasion,
    Instant at,
    Question question,
    boolean erased,
    Said said) {

  /**
   * Tells what rules were asked in events that a case has just seen, without a look at the journal.
   *
   * @param before the case as it was; null when they begin it
   */
  public static void among(
      @Nullable ExceptionCase before,
      List<JournalEntry> events,
      Consumer<Moment> told,
      Consumer<Proposed> toldOfProposals) {
    var recollection = Recollection.after(before, told, toldOfProposals);
    events.forEach(entry -> recollection.add(entry, false));
    recollection.end();
  }

  /**
   * What rules said, as far as it led to an event: severity and route always lead to one when an
   * exception is opened, later only where they changed something.
   */
  public record Said(
      @Nullable Advice<SeverityDecision> classification,
      @Nullable Advice<RoutingDecision> routing,
      @Nullable Advice<Settled> resolution,
      @Nullable Advice<ApprovalDecision> approval,
      @Nullable Advice<FallbackDecision> fallback) {
    /** Of a question that was never asked before. */
    public static final Said NOTHING = new Said(null, null, null, null, null);

    /** Which ruleset it was; null where nothing of its answer is known. */
    public @Nullable Sha256 ruleset() {
      if (classification != null) {
        return classification.ruleset();
      }
      if (routing != null) {
        return routing.ruleset();
      }
      return resolution == null ? null : resolution.ruleset();
    }

    /** How many decisions these are. */
    public int count() {
      return (classification == null ? 0 : 1)
          + (routing == null ? 0 : 1)
          + (resolution == null ? 0 : 1)
          + (approval == null ? 0 : 1)
          + (fallback == null ? 0 : 1);
    }
  }
}
