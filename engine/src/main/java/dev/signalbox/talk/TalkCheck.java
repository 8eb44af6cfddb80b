package dev.signalbox.talk;

import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionCase;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;

/** Compares what is found with what journals say. */
public final class TalkCheck {

  private TalkCheck() {}

  /**
   * What does not fit, in a sentence, by case.
   *
   * @param states all cases of the range that have a sound journal
   * @param mentions all that their journals say
   */
  public static Map<CaseId, String> strays(
      Tx tx,
      CaseId from,
      CaseId to,
      Collection<ExceptionCase> states,
      Collection<Mention> mentions) {
    var strays = new TreeMap<CaseId, String>();
    for (var stray : differing(mentions, MentionTable.between(tx, from, to))) {
      strays.put(
          stray.place().caseId(), "The mentions beside the journal are not those of its comments.");
    }
    var disputes =
        states.stream()
            .flatMap(state ->
                state.talk().disputes().stream().map(one -> new FoundDispute(state.id(), one)))
            .toList();
    for (var stray : differing(disputes, DisputeTable.between(tx, from, to))) {
      strays.put(stray.caseId(), "The disputes beside the case are not those of its state.");
    }
    return strays;
  }

  private static <T> Collection<T> differing(Collection<T> ought, Collection<T> found) {
    var differing = new HashSet<>(ought);
    for (var one : found) {
      if (!differing.remove(one)) {
        differing.add(one);
      }
    }
    return differing;
  }
}
