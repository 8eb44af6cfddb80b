package dev.signalbox.rules;

import dev.signalbox.exceptions.Decision.GateDecision;
import dev.signalbox.exceptions.Decision.GateDecision.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a rule of {@code gate} speaks: the global {@code gate}. The strictest verdict counts; its
 * causes are the {@code @because} of all rules that gave it.
 */
public final class Gating extends Output<GateDecision> {
  private final List<Word> words = new ArrayList<>(4);

  Gating() {}

  private record Word(RuleCard rule, Verdict verdict) {}

  /** The proposal may take effect, as far as approvals go. */
  public void accept() {
    say(Verdict.ACCEPT);
  }

  /** A person looks at it. */
  public void review() {
    say(Verdict.REVIEW);
  }

  /** It is put away. */
  public void reject() {
    say(Verdict.REJECT);
  }

  private void say(Verdict verdict) {
    words.add(new Word(speaker(), verdict));
  }

  @Override
  @Nullable GateDecision decision() {
    if (words.isEmpty()) {
      return null;
    }
    var strictest = Verdict.ACCEPT;
    for (var word : words) {
      strictest = word.verdict.isStricterThan(strictest) ? word.verdict : strictest;
    }
    var verdict = strictest;
    return new GateDecision(
        verdict,
        words.stream()
            .filter(word -> word.verdict == verdict)
            .map(Word::rule)
            .sorted(RuleCard.BY_RANK)
            .map(rule -> rule.fired().because())
            .distinct()
            .toList());
  }

  @Override
  GateDecision closed(String why) {
    return new GateDecision(Verdict.REVIEW, List.of(why));
  }
}
