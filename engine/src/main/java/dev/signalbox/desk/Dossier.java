package dev.signalbox.desk;

import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.journal.Chain;
import dev.signalbox.journal.Journal;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.signals.Traces;
import dev.signalbox.work.Agenda;
import dev.signalbox.work.Errand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A case on the desk: as it was read, as it stands now, and what lies between the two. */
final class Dossier {
  private final CaseId id;
  private final @Nullable StoredCase before;
  private @Nullable ExceptionCase state;
  private @Nullable String traceParent;
  private final List<JournalEntry> entries = new ArrayList<>();
  private final List<Errand> errands = new ArrayList<>();

  Dossier(CaseId id, @Nullable StoredCase before) {
    this.id = id;
    this.before = before;
    this.state = before == null ? null : before.state();
    this.traceParent = before == null ? null : before.traceParent();
  }

  /** The same, so that more may happen to it and this one stays as it is. */
  Dossier copy() {
    var copy = new Dossier(id, before);
    copy.state = state;
    copy.traceParent = traceParent;
    copy.entries.addAll(entries);
    copy.errands.addAll(errands);
    return copy;
  }

  CaseId id() {
    return id;
  }

  @Nullable StoredCase before() {
    return before;
  }

  @Nullable ExceptionCase state() {
    return state;
  }

  @Nullable String traceParent() {
    return traceParent;
  }

  List<JournalEntry> entries() {
    return entries;
  }

  List<Errand> errands() {
    return errands;
  }

  boolean isChanged() {
    return !entries.isEmpty();
  }

  /** What this round adds to the journal. */
  Journal.Page page() {
    var head = before == null ? Chain.GENESIS : before.head();
    return new Journal.Page(changedState(), head, entries);
  }

  /** The case after what this round adds. */
  ExceptionCase changedState() {
    if (state == null) {
      throw new IllegalStateException("The case " + id + " was not opened.");
    }
    return state;
  }

  /** Lets the events happen. */
  void add(List<CaseEvent> events, Actor actor, @Nullable String trace, Instant now) {
    if (events.isEmpty()) {
      return;
    }
    if (traceParent == null) {
      traceParent = trace;
    }
    var traceId = Traces.traceId(trace != null ? trace : traceParent);
    for (var event : events) {
      state = state == null ? opened(event, now) : state.after(event, now);
      entries.add(new JournalEntry(id, state.version(), now, actor, traceId, event));
    }
    if (state != null) {
      errands.addAll(Agenda.after(state, events, traceParent));
    }
  }

  private ExceptionCase opened(CaseEvent event, Instant now) {
    if (event instanceof CaseEvent.Opened opened) {
      return ExceptionCase.from(opened, now);
    }
    throw new IllegalStateException("The case " + id + " does not begin with Opened: " + event);
  }
}
