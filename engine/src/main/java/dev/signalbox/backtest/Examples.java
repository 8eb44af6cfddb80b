package dev.signalbox.backtest;

import dev.signalbox.exceptions.CaseId;
import java.util.List;
import java.util.TreeSet;

/** A few exceptions to look at: of all that were seen those with the lowest ids, in any order. */
public final class Examples {
  public static final int MAX = 3;

  private final TreeSet<CaseId> lowest = new TreeSet<>();

  public void add(CaseId exception) {
    lowest.add(exception);
    if (lowest.size() > MAX) {
      lowest.pollLast();
    }
  }

  public void join(Examples other) {
    other.lowest.forEach(this::add);
  }

  public List<CaseId> list() {
    return List.copyOf(lowest);
  }
}
