package dev.signalbox.shadow;

import dev.signalbox.backtest.Difference;
import dev.signalbox.backtest.Examples;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.shadow.Findings.Entry;
import dev.signalbox.shadow.Findings.Totals;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one node found since it was saved last. Safe for many threads; who drops, or passes over,
 * waits for nobody.
 */
final class Tally {
  /** Rules may compute names; what comes beyond is counted together. */
  private static final int KEYS_MAX = 2_000;

  private static final String OTHERS = "(others)";

  /** So few failures may be chance. */
  private static final long FAILURES_MIN = 20;

  /** One in so many decisions may fail. */
  private static final long FAILURES_ONE_IN = 20;

  private final LongAdder dropped = new LongAdder();
  private final LongAdder unsampled = new LongAdder();
  private final Set<Key> known = new HashSet<>();
  private final TreeMap<Key, Count> pending =
      new TreeMap<>(
          Comparator.comparing(Key::what).thenComparing(Key::was).thenComparing(Key::becomes));
  private Totals asked = Totals.NONE;

  /** Since this node began. */
  private long answers;

  private long failures;

  private record Key(String what, String was, String becomes) {}

  private static final class Count {
    private long count;
    private final Examples examples = new Examples();
  }

  /**
   * A tally.
   *
   * @param saved what is known of the shadow already
   */
  Tally(Findings saved) {
    saved.differences().forEach(entry -> known.add(key(entry)));
  }

  private static Key key(Entry entry) {
    return new Key(entry.what(), entry.was(), entry.becomes());
  }

  void drop(long decisions) {
    dropped.add(decisions);
  }

  void passOver() {
    unsampled.increment();
  }

  synchronized void took(Duration time) {
    asked = asked.and(new Totals(0, 0, 0, 0, 0, time));
  }

  /** The candidate has answered. */
  synchronized void add(CaseId exception, Difference difference) {
    answers++;
    if (difference.failure() != null) {
      fail(exception, difference.failure());
      return;
    }
    boolean isSame = difference.isNone();
    asked = asked.and(new Totals(isSame ? 1 : 0, isSame ? 0 : 1, 0, 0, 0, Duration.ZERO));
    for (var way : difference.ways()) {
      add(new Key(way.dimension().name(), way.from(), way.to()), exception);
    }
    difference.firing().forEach(rule -> add(new Key(Findings.FIRES, "", rule), exception));
    difference.silent().forEach(rule -> add(new Key(Findings.SILENT, rule, ""), exception));
  }

  private void fail(CaseId exception, String why) {
    failures++;
    asked = asked.and(new Totals(0, 0, 1, 0, 0, Duration.ZERO));
    add(new Key(Findings.FAILED, "", why), exception);
  }

  private void add(Key key, CaseId exception) {
    var count = at(key);
    count.count++;
    count.examples.add(exception);
  }

  private Count at(Key key) {
    boolean isRoom = known.contains(key) || known.size() < KEYS_MAX;
    var place = isRoom ? key : new Key(key.what(), OTHERS, OTHERS);
    known.add(place);
    return pending.computeIfAbsent(place, absent -> new Count());
  }

  /** Whether more of the candidate's decisions failed than may be chance. */
  synchronized boolean isFailing() {
    return failures >= FAILURES_MIN && failures * FAILURES_ONE_IN > answers;
  }

  /** Why it {@link #isFailing}, in a sentence. */
  synchronized String failing() {
    return "%d of %d decisions failed on one node.".formatted(failures, answers);
  }

  /** What was found since the last time; it belongs to the caller now. */
  synchronized Findings take() {
    var taken =
        new Findings(
            asked.and(
                new Totals(
                    0, 0, 0, dropped.sumThenReset(), unsampled.sumThenReset(), Duration.ZERO)),
            pending.entrySet().stream().map(e -> entry(e.getKey(), e.getValue())).toList());
    asked = Totals.NONE;
    pending.clear();
    return taken;
  }

  private static Entry entry(Key key, Count count) {
    return new Entry(key.what(), key.was(), key.becomes(), count.count, count.examples.list());
  }

  synchronized void putBack(Findings taken) {
    asked = asked.and(taken.totals());
    for (var entry : taken.differences()) {
      var count = at(key(entry));
      count.count += entry.count();
      entry.examples().forEach(count.examples::add);
    }
  }

  /** The differences in rules, as they were taken. */
  static List<Entry> ofRules(Findings taken) {
    return taken.differences().stream()
        .filter(
            entry -> entry.what().equals(Findings.FIRES) || entry.what().equals(Findings.SILENT))
        .toList();
  }
}
