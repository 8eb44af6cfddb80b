package dev.signalbox.rules.hits;

import dev.signalbox.db.Database;
import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.Decision;
import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.exceptions.Sha256;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often rules fired, counted in memory after the commit and added to the database now and then:
 * a decision waits for nothing. Safe for many threads.
 */
public final class RuleHits {
  private final Map<Key, Hit> pending = new HashMap<>();
  private final Map<String, Long> total = new HashMap<>();

  private record Key(Sha256 ruleset, String rule) {}

  /**
   * How often a rule fired.
   *
   * @param last when it did so last
   */
  public record Hit(Sha256 ruleset, String rule, long hits, Instant last) {
    private static final Comparator<Hit> IN_ORDER =
        Comparator.comparing((Hit hit) -> hit.ruleset().hex()).thenComparing(Hit::rule);

    private Hit and(Hit other) {
      return new Hit(
          ruleset, rule, hits + other.hits, last.isAfter(other.last) ? last : other.last);
    }
  }

  /** Counts the rules that fired for a decision that is on disk. */
  public synchronized void count(Advice<? extends Decision> advice, Instant at) {
    for (FiredRule rule : advice.fired()) {
      add(new Hit(advice.ruleset(), rule.id(), 1, at));
      total.merge(rule.id(), 1L, Long::sum);
    }
  }

  private void add(Hit hit) {
    pending.merge(new Key(hit.ruleset(), hit.rule()), hit, Hit::and);
  }

  /** By rule, since this node started. */
  public synchronized Map<String, Long> total() {
    return Map.copyOf(total);
  }

  /**
   * How often the rules of a ruleset fired: what the database has, and what this node counted
   * since.
   */
  public Map<String, Hit> of(Database database, Sha256 ruleset) {
    var hits = new HashMap<>(database.read(tx -> RuleHitTable.of(tx, ruleset)));
    synchronized (this) {
      pending.forEach((key, hit) -> {
        if (key.ruleset().equals(ruleset)) {
          hits.merge(key.rule(), hit, Hit::and);
        }
      });
    }
    return hits;
  }

  private synchronized List<Hit> take() {
    // In one order on all nodes: they lock the same rows.
    var taken = pending.values().stream().sorted(Hit.IN_ORDER).toList();
    pending.clear();
    return taken;
  }

  private synchronized void putBack(List<Hit> hits) {
    hits.forEach(this::add);
  }

  /**
   * Adds what was counted since the last time.
   *
   * @throws dev.signalbox.db.Unavailable when the database is away; what was counted is kept
   */
  public void save(Database database) {
    var taken = take();
    if (taken.isEmpty()) {
      return;
    }
    boolean saved = false;
    try {
      database.inTransaction(tx -> RuleHitTable.add(tx, taken));
      saved = true;
    } finally {
      if (!saved) {
        putBack(taken);
      }
    }
  }
}
