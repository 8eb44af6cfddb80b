package dev.signalbox.audit;

import dev.signalbox.db.Database;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.journal.CaseJson;
import dev.signalbox.journal.Chain;
import dev.signalbox.journal.Corrupt;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.journal.JournalRow;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes everything from scratch: each chain from its bytes, each state from its events, and
 * compares both with what is stored. Reads in pages, while the service works.
 *
 * <p>What it cannot see: an exception that was removed together with its whole journal. That takes
 * a witness outside the database.
 */
public final class AuditVerify {
  private static final int PAGE = 200;
  private static final int ORPHANS_MAX = 1_000;

  private final Database database;
  private final JournalReader reader;

  public AuditVerify(Database database, JournalReader reader) {
    this.database = database;
    this.reader = reader;
  }

  /**
   * Looks at everything.
   *
   * @param progress told after each page
   */
  public Finding run(Consumer<Finding> progress) {
    var finding = Finding.NONE;
    CaseId last = null;
    while (true) {
      var after = last;
      var page = database.read(tx -> AuditTable.page(tx, after, PAGE));
      for (var stored : page) {
        finding = finding.with(stored.rows.size(), misfit(stored));
        last = stored.id;
      }
      progress.accept(finding);
      if (page.size() < PAGE) {
        break;
      }
    }
    for (var orphan : database.read(tx -> AuditTable.orphans(tx, ORPHANS_MAX))) {
      finding = finding.withOrphan(new Misfit(orphan, 1, "The journal has no exception."));
    }
    return finding;
  }

  private @Nullable Misfit misfit(StoredRecord stored) {
    var chain = brokenChain(stored);
    return chain != null ? chain : wrongState(stored);
  }

  private static @Nullable Misfit brokenChain(StoredRecord stored) {
    var previous = Chain.GENESIS;
    long seq = 0;
    for (var row : stored.rows) {
      seq++;
      if (row.seq() != seq) {
        return new Misfit(stored.id, seq, "The row is missing.");
      }
      if (!row.previous().equals(previous)) {
        return new Misfit(stored.id, seq, "The row does not follow the one before it.");
      }
      if (!row.isIntact()) {
        return new Misfit(stored.id, seq, "The row's hash is not that of its bytes.");
      }
      previous = row.hash();
    }
    return previous.equals(stored.head)
        ? null
        : new Misfit(stored.id, seq + 1, "The journal does not end where the exception says.");
  }

  private @Nullable Misfit wrongState(StoredRecord stored) {
    try {
      var entries = reader.read(stored.rows);
      var misplaced = misplaced(stored, entries);
      if (misplaced != null) {
        return misplaced;
      }
      var state = replayed(entries);
      if (!Arrays.equals(CaseJson.write(state), stored.body)) {
        return new Misfit(stored.id, 0, "The stored state is not that of its journal.");
      }
      var expected = columns(state);
      return expected.equals(stored.columns)
          ? null
          : new Misfit(
              stored.id,
              0,
              "The columns %s are not those of the state, %s.".formatted(stored.columns, expected));
    } catch (Corrupt | IllegalStateException | IllegalArgumentException e) {
      return new Misfit(stored.id, 0, "The journal cannot be replayed: " + e.getMessage());
    }
  }

  /** The columns beside the bytes are copies, and must say the same. */
  private static @Nullable Misfit misplaced(StoredRecord stored, List<JournalEntry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      var entry = entries.get(i);
      JournalRow row = stored.rows.get(i);
      if (!entry.caseId().equals(stored.id)
          || entry.seq() != row.seq()
          || !entry.at().equals(row.at())
          || !entry.event().getClass().getSimpleName().equals(row.type())) {
        return new Misfit(stored.id, row.seq(), "The row's columns are not those of its bytes.");
      }
    }
    return null;
  }

  private static ExceptionCase replayed(List<JournalEntry> entries) {
    if (entries.isEmpty() || !(entries.getFirst().event() instanceof CaseEvent.Opened opened)) {
      throw new IllegalStateException("it does not begin with Opened.");
    }
    var state = ExceptionCase.from(opened, entries.getFirst().at());
    for (var entry : entries.subList(1, entries.size())) {
      state = state.after(entry.event(), entry.at());
    }
    return state;
  }

  private static Map<String, @Nullable String> columns(ExceptionCase state) {
    Map<String, @Nullable String> columns = new LinkedHashMap<>();
    columns.put("version", Long.toString(state.version()));
    columns.put("status", state.status().name());
    columns.put(
        "severity",
        state.classification() == null ? null : state.classification().severity().name());
    columns.put("queue", state.route() == null ? null : state.route().queue().value());
    columns.put("lane", state.route() == null ? null : state.route().lane().name());
    columns.put("assignee", state.assignee());
    columns.put("context", state.report().identity().context());
    columns.put("source", state.report().identity().source());
    return columns;
  }
}
