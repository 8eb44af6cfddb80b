package dev.signalbox.reviewers;

import dev.signalbox.access.Authority;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.AssignmentRule;
import dev.signalbox.exceptions.CaseId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Chooses who gets the cases of a batch, within the transaction that writes them: one statement
 * locks and reads the rosters, one counts what those have of whom it matters, one says whose turn
 * was.
 *
 * @param authority up to which amount each role may take on something
 */
public record Assigner(Authority authority) {

  /**
   * Chooses. The rosters concerned stay locked until the transaction ends.
   *
   * @return who gets what; what fits nobody is missing
   */
  public Map<CaseId, String> choose(Tx tx, List<Wanted> wanted) {
    var queues = new TreeSet<String>();
    var counted = new HashSet<String>();
    for (var one : wanted) {
      var route = one.state().route();
      if (route != null) {
        queues.add(route.queue().value());
        if (one.rule() != AssignmentRule.ROUND_ROBIN) {
          counted.add(route.queue().value());
        }
      }
    }
    var roster = RosterTable.locked(tx, queues);
    var busy = new TreeSet<String>();
    for (var turn : roster) {
      if (!turn.seat().away() && counted.contains(turn.seat().queue().value())) {
        busy.add(turn.seat().reviewer());
      }
    }
    Map<String, Integer> loads = busy.isEmpty() ? Map.of() : RosterTable.loads(tx, busy);
    var choice = Choice.of(wanted, roster, loads, authority);
    if (!choice.turns().isEmpty()) {
      RosterTable.turned(tx, choice.turns());
    }
    return choice.given();
  }
}
