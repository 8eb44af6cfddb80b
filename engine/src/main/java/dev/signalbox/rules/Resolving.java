package dev.signalbox.rules;

import dev.signalbox.exceptions.Decision.LeftToPeople;
import dev.signalbox.exceptions.Decision.ResolutionDecision;
import dev.signalbox.exceptions.Decision.Settled;
import dev.signalbox.exceptions.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * How a rule of {@code resolve} speaks: the global {@code resolve}. The resolution of the highest
 * salience counts; where two of the same salience differ, none does, and people decide.
 */
public final class Resolving extends Output<ResolutionDecision> {
  private final Set<String> candidates;
  private final Instant asOf;
  private final List<Word> words = new ArrayList<>(2);

  /**
   * @param candidates what the item may be matched with
   */
  Resolving(Set<String> candidates, Instant asOf) {
    this.candidates = Set.copyOf(candidates);
    this.asOf = asOf;
  }

  private record Word(RuleCard rule, Resolution resolution) {}

  /** The item matches this candidate. */
  public void match(String candidate) {
    if (!candidates.contains(candidate)) {
      throw new IllegalArgumentException("The item has no candidate \"" + candidate + "\".");
    }
    say(new Resolution.AutoMatch(candidate));
  }

  /** The difference is accepted for good. */
  public void knownDifference(String note) {
    say(new Resolution.KnownDifference(note, null));
  }

  /** The difference is accepted for so many hours; a later report opens the item again. */
  public void knownDifference(String note, long hours) {
    if (hours <= 0) {
      throw new IllegalArgumentException("A difference accepted for no time is not accepted.");
    }
    say(new Resolution.KnownDifference(note, asOf.plus(Duration.ofHours(hours))));
  }

  private void say(Resolution resolution) {
    words.add(new Word(speaker(), resolution));
  }

  @Override
  ResolutionDecision decision() {
    var ranked = ranked();
    return ranked.isEmpty() || !conflicts().isEmpty()
        ? new LeftToPeople()
        : new Settled(ranked.getFirst().resolution());
  }

  @Override
  ResolutionDecision closed(String why) {
    return new LeftToPeople();
  }

  @Override
  List<String> conflicts() {
    var ranked = ranked();
    return ranked.stream()
        .skip(1)
        .filter(word -> word.rule.salience() == ranked.getFirst().rule.salience())
        .filter(word -> !word.resolution.equals(ranked.getFirst().resolution))
        .map(word ->
            ("AMBIGUOUS: The rules %s and %s have salience %d and different resolutions; people"
                    + " decide.")
                .formatted(ranked.getFirst().rule.id(), word.rule.id(), word.rule.salience()))
        .distinct()
        .toList();
  }

  private List<Word> ranked() {
    return words.stream().sorted(Comparator.comparing(Word::rule, RuleCard.BY_RANK)).toList();
  }
}
