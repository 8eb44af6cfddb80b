package dev.signalbox.rules;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.runtime.KieSessionConfiguration;
import org.kie.api.runtime.conf.ClockTypeOption;
import org.kie.api.runtime.conf.ThreadSafeOption;

/** The rules of one folder, ready to be asked by many threads. */
final class DecisionPoint implements AutoCloseable {
  /** A power of two. */
  private static final int IDLE_MAX = 64;

  private final String name;
  private final CompiledPoint compiled;
  private final KieBase base;
  private final Map<String, RuleCard> cards;
  private final KieSessionConfiguration configuration;
  private final AtomicReferenceArray<@Nullable WarmSession> idle =
      new AtomicReferenceArray<>(IDLE_MAX);
  private volatile boolean closed;

  DecisionPoint(String name, CompiledPoint compiled, Map<String, RuleCard> cards) {
    this.name = name;
    this.compiled = compiled;
    this.base = compiled.base();
    this.cards = Map.copyOf(cards);
    configuration = KieServices.get().newKieSessionConfiguration();
    // No clock that runs, and no locks: a session belongs to one thread while it is asked.
    configuration.setOption(ClockTypeOption.PSEUDO);
    configuration.setOption(ThreadSafeOption.NO);
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
    var session = taken();
    if (session == null) {
      session = new WarmSession(name, base.newKieSession(configuration, null), cards);
    }
    var firing = session.fire(output, speaking, facts);
    if (closed || session.isSpent() || !keeps(session)) {
      session.dispose();
    }
    return firing;
  }

  /** An idle session; null when there is none. Threads begin to look at different places. */
  private @Nullable WarmSession taken() {
    int start = (int) Thread.currentThread().threadId();
    for (int i = 0; i < IDLE_MAX; i++) {
      int place = (start + i) & (IDLE_MAX - 1);
      var session = idle.get(place) == null ? null : idle.getAndSet(place, null);
      if (session != null) {
        return session;
      }
    }
    return null;
  }

  private boolean keeps(WarmSession session) {
    int start = (int) Thread.currentThread().threadId();
    for (int i = 0; i < IDLE_MAX; i++) {
      if (idle.compareAndSet((start + i) & (IDLE_MAX - 1), null, session)) {
        return true;
      }
    }
    return false;
  }

  /** Lets go of all that would keep it in memory; who still holds it can still ask it. */
  @Override
  public void close() {
    closed = true;
    compiled.close();
  }
}
