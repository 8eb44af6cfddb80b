package dev.signalbox.audit;

import dev.signalbox.db.Tx;
import dev.signalbox.desk.CaseCheckTable;
import dev.signalbox.desk.StoredCase;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.journal.JournalInspector;
import dev.signalbox.journal.JournalRow;
import dev.signalbox.journal.JournalTable;
import dev.signalbox.talk.Mention;
import dev.signalbox.talk.TalkCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Some cases and their journals, compared in one state of the database. */
final class AuditPage {
  private static final int CASES_MAX = 250;

  /** A row may hold a megabyte. */
  private static final int ROWS_MAX = 100;

  private final Tx tx;
  private final JournalInspector inspector;
  private final Set<CaseId> withoutJournal;
  private final TreeMap<CaseId, Misfit> misfits = new TreeMap<>();
  private final Map<CaseId, StoredCase> ought = new HashMap<>();
  private final List<Mention> mentions = new ArrayList<>();
  private long rows;
  private long erased;

  /**
   * What was found between two cases.
   *
   * @param to the last case that was looked at
   */
  record Result(Finding finding, CaseId to) {}

  private AuditPage(Tx tx, JournalInspector inspector, List<CaseId> ids) {
    this.tx = tx;
    this.inspector = inspector;
    this.withoutJournal = new HashSet<>(ids);
  }

  /** Looks at the first cases of a range, and at the rows between them that belong to no case. */
  static Result read(Tx tx, JournalInspector inspector, CaseId from, CaseId to) {
    CaseCheckTable.freeze(tx);
    var ids = CaseCheckTable.ids(tx, from, to, CASES_MAX);
    var last = ids.size() < CASES_MAX ? to : ids.getLast();
    var page = new AuditPage(tx, inspector, ids);
    page.readJournals(from, last);
    page.compareStates();
    page.compareWork();
    page.compareTalk(from, last);
    return new Result(page.finding(ids.size()), last);
  }

  private void readJournals(CaseId from, CaseId to) {
    @Nullable Replay replay = null;
    var stretch = JournalTable.scan(tx, from, to, ROWS_MAX);
    while (!stretch.isEmpty()) {
      replay = follow(stretch, replay);
      stretch =
          stretch.size() < ROWS_MAX
              ? List.of()
              : JournalTable.scanAfter(tx, stretch.getLast(), to, ROWS_MAX);
    }
    finish(replay);
  }

  private @Nullable Replay follow(List<JournalRow> stretch, @Nullable Replay begun) {
    var inspections = inspector.inspect(tx, stretch);
    var replay = begun;
    for (int i = 0; i < stretch.size(); i++) {
      var row = stretch.get(i);
      if (replay == null || !replay.caseId().equals(row.caseId())) {
        finish(replay);
        replay = new Replay(row.caseId());
      }
      replay.add(row, inspections.get(i));
    }
    return replay;
  }

  private void finish(@Nullable Replay replay) {
    if (replay == null) {
      return;
    }
    var id = replay.caseId();
    rows += replay.rows();
    erased += replay.erased();
    if (!withoutJournal.remove(id)) {
      misfits.put(id, new Misfit(id, 1, "The journal has no exception."));
    } else if (replay.misfit() != null) {
      misfits.put(id, replay.misfit());
    } else {
      compareLater(id, replay.state(), replay);
    }
  }

  private void compareLater(CaseId id, @Nullable ExceptionCase state, Replay replay) {
    if (state == null || state.classification() == null) {
      misfits.put(id, cutOff(id, replay.rows()));
    } else {
      var flaw = replay.flawOfDispatches();
      if (flaw != null) {
        misfits.put(id, new Misfit(id, 0, flaw));
      }
      ought.put(id, new StoredCase(state, replay.head(), null));
      mentions.addAll(replay.mentions());
    }
  }

  private void compareStates() {
    withoutJournal.forEach(id -> misfits.put(id, cutOff(id, 0)));
    CaseCheckTable.differing(tx, new ArrayList<>(ought.values()))
        .forEach((id, columns) -> misfits.put(id, wrongState(id, columns)));
  }

  private void compareWork() {
    CaseCheckTable.withoutWork(tx, ought.values().stream().map(StoredCase::state).toList())
        .forEach(id ->
            misfits.putIfAbsent(
                id, new Misfit(id, 0, "It waits to be handed out, and there is no work for it.")));
  }

  private void compareTalk(CaseId from, CaseId to) {
    var states = ought.values().stream().map(StoredCase::state).toList();
    TalkCheck.strays(tx, from, to, states, mentions)
        .forEach((id, what) -> misfits.putIfAbsent(id, new Misfit(id, 0, what)));
  }

  private Misfit wrongState(CaseId id, List<String> columns) {
    var state = ought.get(id);
    if (columns.contains("journal_head") && state != null) {
      return cutOff(id, state.state().version());
    }
    return new Misfit(
        id,
        0,
        columns.contains("body")
            ? "The stored state is not that of its journal."
            : "The columns %s are not those of the state.".formatted(String.join(", ", columns)));
  }

  private static Misfit cutOff(CaseId id, long rows) {
    return new Misfit(id, rows + 1, "The journal does not end where the exception says.");
  }

  private Finding finding(int cases) {
    var first = misfits.isEmpty() ? null : misfits.firstEntry().getValue();
    return new Finding(cases, rows, erased, 0, 0, 0, misfits.size(), first);
  }
}
