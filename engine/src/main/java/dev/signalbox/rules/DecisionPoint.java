package dev.signalbox.rules;

import dev.signalbox.rules.hits.Timing;
import dev.signalbox.rules.kept.KeptRules;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.runtime.conf.ThreadSafeOption;

/** The rules of one folder, asked by one thread at a time: see {@link CompiledPoint#asking}. */
final class DecisionPoint implements AutoCloseable {
  private final String name;
  private final CompiledPoint compiled;
  private final KieBase base;
  private final Map<String, RuleCard> cards;
  private final KieSessionConfiguration configuration;
  private final boolean telling;
  private @Nullable WarmSession warm;
  private volatile boolean closed;

  /** Under the lock. */
  private final Timing.Counter times = new Timing.Counter();

  DecisionPoint(String name, CompiledPoint compiled, Map<String, RuleCard> cards) {
    this(name, compiled, cards, true);
  }

  private DecisionPoint(
      String name, CompiledPoint compiled, Map<String, RuleCard> cards, boolean telling) {
    this.telling = telling;
    this.name = name;
    this.compiled = compiled;
    this.base = compiled.base();
    this.cards = Map.copyOf(cards);
    configuration = KieServices.get().newKieSessionConfiguration();
    // No clock that runs, and no locks: a session belongs to one thread while it is asked.
    configuration.setOption(ClockTypeOption.PSEUDO);
    configuration.setOption(ThreadSafeOption.NO);
  }

  /** The same rules, which do not tell which of them fired; it goes when this one is closed. */
  DecisionPoint untold() {
    return new DecisionPoint(name, compiled, cards, false);
  }

  /** See {@link CompiledPoint#keep}. */
  void keep(KeptRules kept) {
    compiled.keep(kept);
  }

  /** Of the classes that the rules became. */
  ClassLoader loader() {
    return compiled.loader();
  }

  Collection<RuleCard> cards() {
    return cards.values();
  }

  /**
   * Fires the rules that match.
   *
   * @param output the global by which the rules speak, named as the point
   * @param speaking told which rule speaks next, if it matters
   */
  Firing fire(Object output, @Nullable Consumer<RuleCard> speaking, List<Object> facts) {
    var asking = compiled.asking();
    asking.lock();
    try {
      var session = warm;
      if (session == null) {
        session = new WarmSession(name, base.newKieSession(configuration, null), cards, telling);
        warm = session;
      }
      long from = System.nanoTime();
      var firing = session.fire(output, speaking, facts);
      times.add(System.nanoTime() - from);
      if (closed || session.isSpent()) {
        warm = null;
        session.dispose();
      }
      return firing;
    } finally {
      asking.unlock();
    }
  }

  /** How long its rules took so far. */
  Timing timing() {
    var asking = compiled.asking();
    asking.lock();
    try {
      return times.timing();
    } finally {
      asking.unlock();
    }
  }

  /** Lets go of all that would keep it in memory; who still holds it can still ask it. */
  @Override
  public void close() {
    closed = true;
    var asking = compiled.asking();
    asking.lock();
    try {
      if (warm != null) {
        // Rules that are shared live on, and would keep the session.
        warm.dispose();
        warm = null;
      }
    } finally {
      asking.unlock();
    }
    compiled.close();
  }
}
