package dev.signalbox.review;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Decision.ApprovalDecision.Approval;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.recall.Moment;
import dev.signalbox.recall.Proposed;
import dev.signalbox.recall.Recorded;
import dev.signalbox.rules.ProposalQuestion;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.Rulebook;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Puts proposals to the rules again. Rules and exceptions may have changed since they were made,
 * and who approves many at once looks at each of them less closely than who approves one.
 */
public final class Reconsidering {
  private final Recorded recorded;
  private final Supplier<Rulebook> rules;

  /**
   * @param rules the rulebook that decides now
   */
  public Reconsidering(Recorded recorded, Supplier<Rulebook> rules) {
    this.recorded = recorded;
    this.rules = rules;
  }

  /** The approvals that rules ask for now, and did not when it was proposed; only where any are. */
  Map<CaseId, List<Approval>> more(Collection<ExceptionCase> proposed, Instant now) {
    var asked = new Asked();
    var ids = proposed.stream().map(ExceptionCase::id).toList();
    recorded.moments(ids, Instant.MAX, asked);
    var more = new HashMap<CaseId, List<Approval>>();
    for (var state : proposed) {
      var before = asked.last.get(state.id());
      var proposal = state.proposal();
      var classification = state.classification();
      if (before == null || proposal == null || classification == null) {
        continue;
      }
      var question = again(before, new Question(state.report(), state.detection(), now));
      var decision = rules.get().approve(question, classification.severity()).decision();
      var known = proposal.needed().stream().map(Approval::role).toList();
      var news = decision.needed().stream().filter(one -> !known.contains(one.role())).toList();
      if (!news.isEmpty()) {
        more.put(state.id(), news);
      }
    }
    return more;
  }

  /** What was proposed by whom, of the exception as it is now. */
  private static ProposalQuestion again(ProposalQuestion before, Question item) {
    return new ProposalQuestion(
        item,
        before.kind(),
        before.proposer(),
        before.money(),
        before.candidate(),
        before.role(),
        before.model(),
        before.confidence());
  }

  /** The last proposal for each exception. */
  private static final class Asked implements Recorded.Part<Asked> {
    private final Map<CaseId, ProposalQuestion> last = new HashMap<>();

    @Override
    public void take(Moment moment) {
      // What rules decided by themselves is not looked at again.
    }

    @Override
    public void take(Proposed proposed) {
      last.put(proposed.exception(), proposed.question());
    }

    @Override
    public void end(CaseId exception) {
      // The map has what was found.
    }

    @Override
    public void join(Asked other) {
      last.putAll(other.last);
    }
  }
}
