package dev.signalbox.audit;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.recall.ArchivedRulebooks.Found;
import dev.signalbox.recall.Moment;
import dev.signalbox.recall.Proposed;
import dev.signalbox.recall.Recorded;
import dev.signalbox.rules.Rulebook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Recorded decisions, made again: how many were the same, and what was not. Not safe for several
 * threads.
 */
public final class Redecided implements Recorded.Part<Redecided> {
  /** Enough to see what is wrong; the number says how much. */
  private static final int SHOWN_MAX = 20;

  private final Function<Sha256, Found> rulebooks;
  private final List<Difference> first = new ArrayList<>();
  private final TreeMap<String, Long> missing = new TreeMap<>();
  private long exceptions;
  private long decisions;
  private long same;
  private long differing;
  private long erased;

  /**
   * @param rulebooks the archive
   */
  public Redecided(Function<Sha256, Found> rulebooks) {
    this.rulebooks = rulebooks;
  }

  public long exceptions() {
    return exceptions;
  }

  /** How many decisions there were. */
  public long decisions() {
    return decisions;
  }

  public long same() {
    return same;
  }

  public long differing() {
    return differing;
  }

  /** How many cannot be made again, since facts that they saw were erased on request. */
  public long erased() {
    return erased;
  }

  /** How many cannot be made again, since their ruleset is not to be had; by the reason. */
  public Map<String, Long> missing() {
    return Collections.unmodifiableMap(missing);
  }

  /** The first of those that differ, in the order of exceptions and rows. */
  public List<Difference> first() {
    return List.copyOf(first);
  }

  /** Whether every decision whose facts are there came out as it did then. */
  public boolean isClean() {
    return differing == 0 && missing.isEmpty();
  }

  @Override
  public void take(Moment moment) {
    var digest = moment.said().ruleset();
    if (digest != null) {
      decidedAgain(
          digest,
          moment.said().count(),
          moment.erased(),
          rulebook -> Redecision.differences(moment, rulebook));
    }
  }

  @Override
  public void take(Proposed proposed) {
    decidedAgain(
        proposed.approval().ruleset(),
        1,
        proposed.erased(),
        rulebook -> Redecision.differences(proposed, rulebook));
  }

  private void decidedAgain(
      Sha256 digest, int count, boolean isErased, Function<Rulebook, List<Difference>> again) {
    decisions += count;
    if (isErased) {
      erased += count;
      return;
    }
    switch (rulebooks.apply(digest)) {
      case Found.Missing(var why) -> missing.merge(why, (long) count, Long::sum);
      case Found.Loaded(var rulebook) -> {
        var found = again.apply(rulebook);
        same += Math.max(0, count - found.size());
        differing += found.size();
        note(found);
      }
    }
  }

  @Override
  public void end(CaseId exception) {
    exceptions++;
  }

  @Override
  public void join(Redecided other) {
    exceptions += other.exceptions;
    decisions += other.decisions;
    same += other.same;
    differing += other.differing;
    erased += other.erased;
    other.missing.forEach((why, count) -> missing.merge(why, count, Long::sum));
    note(other.first);
  }

  private void note(List<Difference> more) {
    if (!more.isEmpty()) {
      first.addAll(more);
      first.sort(Difference.ORDER);
      first.subList(Math.min(SHOWN_MAX, first.size()), first.size()).clear();
    }
  }
}
