package dev.signalbox.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.AgendaFilter;
import org.kie.api.runtime.rule.ConsequenceException;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.api.runtime.rule.Match;

/**
 * A session of the rules engine that is asked one question after another: three times as fast as a
 * new one for each. Between questions it is empty; if it is not, or if anything went wrong, it is
 * not used again. For one thread at a time.
 */
final class WarmSession implements AgendaFilter {
  /** More than any sane ruleset fires for one item; beyond it lies a loop. */
  static final int FIRINGS_MAX = 1_000;

  private static final long DEADLINE_NANOS = 1_000_000_000;
  private static final int FIRINGS_PER_LOOK = 32;
  private static final int USES_MAX = 100_000;

  private final String point;
  private final KieSession session;
  private final Map<String, RuleCard> cards;
  private final boolean telling;
  private final List<RuleCard> fired = new ArrayList<>();
  private @Nullable Consumer<RuleCard> speaking;
  private long startedAt;
  private int firings;
  private int uses;
  private boolean spent;

  /**
   * @param telling whether it is told which rules fired
   */
  WarmSession(String point, KieSession session, Map<String, RuleCard> cards, boolean telling) {
    this.point = point;
    this.session = session;
    this.cards = cards;
    this.telling = telling;
  }

  /** Whether it must not be asked again. */
  boolean isSpent() {
    return spent;
  }

  Firing fire(Object output, @Nullable Consumer<RuleCard> speaker, List<Object> facts) {
    fired.clear();
    firings = 0;
    speaking = speaker;
    startedAt = System.nanoTime();
    var failure = run(output, facts);
    speaking = null;
    spent = failure != null || ++uses >= USES_MAX || session.getFactCount() != 0;
    fired.sort(RuleCard.BY_RANK);
    return new Firing(fired.stream().map(RuleCard::fired).toList(), failure);
  }

  private @Nullable String run(Object output, List<Object> facts) {
    try {
      session.setGlobal(point, output);
      var handles = new FactHandle[facts.size()];
      for (int i = 0; i < handles.length; i++) {
        handles[i] = session.insert(facts.get(i));
      }
      session.fireAllRules(this, FIRINGS_MAX + 1);
      for (var handle : handles) {
        session.delete(handle);
      }
      return firings <= FIRINGS_MAX
          ? null
          : "More than %d rules fired for one item.".formatted(FIRINGS_MAX);
    } catch (Endless e) {
      return e.getMessage();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return failure(e);
    }
  }

  /** Asked before each rule that is about to fire; listening to the engine's events costs more. */
  @Override
  public boolean accept(Match match) {
    var card = cards.get(match.getRule().getName());
    if (card == null) {
      throw new IllegalStateException("No rule is named " + match.getRule().getName() + ".");
    }
    if (++firings % FIRINGS_PER_LOOK == 0 && System.nanoTime() - startedAt > DEADLINE_NANOS) {
      throw new Endless("The rules took longer than a second for one item.");
    }
    if (telling && !fired.contains(card)) {
      fired.add(card);
    }
    if (speaking != null) {
      speaking.accept(card);
    }
    return true;
  }

  /** Names the rule and the kind of failure; its message may hold what nobody should read here. */
  private String failure(Throwable thrown) {
    var root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    var rule =
        thrown instanceof ConsequenceException e && e.getMatch() != null
            ? cards.get(e.getMatch().getRule().getName())
            : null;
    return "%s failed with %s."
        .formatted(
            rule == null ? "A condition" : "The rule " + rule.id(), root.getClass().getName());
  }

  void dispose() {
    session.dispose();
  }

  /** Breaks off rules that do not come to an end. */
  private static final class Endless extends RuntimeException {
    private static final long serialVersionUID = 1;

    Endless(String message) {
      super(message);
    }
  }
}
