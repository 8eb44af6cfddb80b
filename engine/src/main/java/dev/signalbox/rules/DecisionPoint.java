package dev.signalbox.rules;

import dev.signalbox.exceptions.FiredRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;

/** The rules of one folder, ready to be asked. */
final class DecisionPoint implements AutoCloseable {
  /** More than any sane ruleset fires for one item; beyond it lies a loop. */
  private static final int FIRINGS_MAX = 1_000;

  private static final Comparator<RuleCard> BY_RANK =
      Comparator.comparing((RuleCard card) -> -card.salience()).thenComparing(RuleCard::id);

  private final String name;
  private final RuleCompiler compiled;
  private final KieBase base;
  private final Map<String, RuleCard> cards;

  /**
   * Compiles the rules of a folder.
   *
   * @param name of the folder, and of the global by which its rules speak
   */
  DecisionPoint(String where, String name, RulesetFiles files) {
    this.name = name;
    compiled = new RuleCompiler(where, files, name);
    base = compiled.base();
    try {
      cards = RuleCompiler.cards(where + "/" + name, base);
    } catch (BadRuleset e) {
      compiled.close();
      throw e;
    }
  }

  Map<String, RuleCard> cards() {
    return cards;
  }

  /**
   * What came of asking.
   *
   * @param fired by salience, then by id, which does not depend on the order of insertion
   * @param failure why the rules broke off; null when they did not
   */
  record Firing(List<FiredRule> fired, @Nullable String failure) {}

  /**
   * Fires the rules that match.
   *
   * @param output the global by which the rules speak, named as the point
   * @param speaking told which rule speaks next
   */
  Firing fire(Object output, Consumer<RuleCard> speaking, List<Object> facts) {
    var fired = new ArrayList<RuleCard>();
    var session = base.newKieSession();
    try {
      session.addEventListener(
          new DefaultAgendaEventListener() {
            @Override
            public void beforeMatchFired(BeforeMatchFiredEvent event) {
              var card = cards.get(event.getMatch().getRule().getName());
              if (card != null) {
                fired.add(card);
                speaking.accept(card);
              }
            }
          });
      session.setGlobal(name, output);
      facts.forEach(session::insert);
      int count = session.fireAllRules(FIRINGS_MAX);
      return new Firing(
          ranked(fired),
          count < FIRINGS_MAX ? null : "more than %d rules fired.".formatted(FIRINGS_MAX));
    } catch (RuntimeException e) {
      var last = fired.isEmpty() ? "a condition" : "the rule " + fired.getLast().id();
      return new Firing(ranked(fired), last + " failed with " + rootOf(e).getClass().getName());
    } finally {
      session.dispose();
    }
  }

  @Override
  public void close() {
    compiled.close();
  }

  private static List<FiredRule> ranked(List<RuleCard> fired) {
    return fired.stream().sorted(BY_RANK).map(RuleCard::fired).toList();
  }

  private static Throwable rootOf(Throwable e) {
    var root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
