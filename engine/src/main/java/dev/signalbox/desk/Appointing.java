package dev.signalbox.desk;

import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Assigning;
import dev.signalbox.exceptions.AssignmentRule;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Lifecycle;
import dev.signalbox.exceptions.Outcome;
import dev.signalbox.journal.Journal;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.reviewers.Wanted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The end of a round that brought cases to queues whose rules say how somebody is chosen for them.
 * Who it is shows within the transaction only, where nobody else chooses; the round itself stays as
 * it is, since a transaction may be repeated.
 */
final class Appointing {
  private static final Actor ITSELF = new Actor.Component("assignment");

  private final Round round;
  private final List<Wanted> wanted = new ArrayList<>();

  Appointing(Round round) {
    this.round = round;
    for (var dossier : round.touched()) {
      var route = dossier.changedState().route();
      if (route != null && route.assign() != null) {
        add(dossier);
      }
    }
  }

  private void add(Dossier dossier) {
    var rule = Assigning.wanted(dossier.changedState(), events(dossier));
    if (rule != null) {
      wanted.add(new Wanted(dossier.changedState(), rule, takenFrom(dossier)));
    }
  }

  private static List<CaseEvent> events(Dossier dossier) {
    return dossier.entries().stream().map(JournalEntry::event).toList();
  }

  /** What goes up a level is taken from whoever has it, and does not come back to him. */
  private static @Nullable String takenFrom(Dossier dossier) {
    var before = dossier.before();
    return before != null
            && events(dossier).stream().anyMatch(CaseEvent.Escalated.class::isInstance)
        ? before.state().assignee()
        : null;
  }

  /** The cases that wait for somebody to be chosen. */
  List<Wanted> wanted() {
    return wanted;
  }

  /** What is written in any case. */
  List<Journal.Page> pages() {
    return round.touched().stream().map(Dossier::page).toList();
  }

  /**
   * How the round ended.
   *
   * @param leftOver by which rules somebody was to be chosen, and nobody was; one for each case
   */
  record Appointed(Round round, List<Receipt> receipts, List<AssignmentRule> leftOver) {}

  /** The round as it ends when the cases are given to these people. */
  Appointed given(Map<CaseId, String> names, List<Receipt> receipts) {
    var rules = wanted.stream().collect(Collectors.toMap(one -> one.state().id(), Wanted::rule));
    var ends = new HashMap<CaseId, End>();
    for (var dossier : round.touched()) {
      var name = names.get(dossier.id());
      if (name != null) {
        var command = new CaseCommand.Assign(name, rules.get(dossier.id()));
        var outcome = Lifecycle.decide(dossier.id(), dossier.state(), command, round.now());
        if (outcome instanceof Outcome.Accepted(var events)) {
          var after = dossier.copy();
          after.add(events, ITSELF, null, round.now());
          ends.put(dossier.id(), new End(dossier.changedState().version(), after, events));
        }
      }
    }
    var further = new HashMap<CaseId, Dossier>();
    ends.forEach((id, end) -> further.put(id, end.after()));
    return new Appointed(
        round.further(further, receipt -> amended(receipt, ends)),
        receipts.stream().map(receipt -> amended(receipt, ends)).toList(),
        wanted.stream()
            .filter(one -> !ends.containsKey(one.state().id()))
            .map(Wanted::rule)
            .toList());
  }

  /**
   * A case with somebody chosen for it.
   *
   * @param version before it was
   */
  private record End(long version, Dossier after, List<CaseEvent> events) {}

  /** Who was told of the last that happened to a case is told of this too. */
  private static Receipt amended(Receipt receipt, Map<CaseId, End> ends) {
    if (!(receipt instanceof Receipt.Done(var state, var events, var effect))) {
      return receipt;
    }
    var end = ends.get(state.id());
    if (end == null || end.version() != state.version()) {
      return receipt;
    }
    var all = new ArrayList<>(events);
    all.addAll(end.events());
    return new Receipt.Done(end.after().changedState(), all, effect);
  }
}
