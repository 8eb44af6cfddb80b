package dev.signalbox.backtest;

import dev.signalbox.exceptions.CaseId;
import java.util.List;
import java.util.TreeSet;

/** A few exceptions to look at: of all that were seen those with the lowest ids, in any order. */
final class Examples {
  private static final int MAX = 3;

  private final TreeSet<CaseId> lowest = new TreeSet<>();

  void add(CaseId exception) {
    lowest.add(exception);
    if (lowest.size() > MAX) {
      lowest.pollLast();
    }
  }

  void join(Examples other) {
    other.lowest.forEach(this::add);
  }

  List<CaseId> list() {
    return List.copyOf(lowest);
  }
}
