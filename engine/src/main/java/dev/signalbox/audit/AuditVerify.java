package dev.signalbox.audit;

import dev.signalbox.db.Database;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.journal.JournalInspector;
import dev.signalbox.journal.JournalReader;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes everything from scratch: each chain from its bytes, each state from its events, and
 * compares both with what is stored. Finds rows that were changed, put in, taken out or moved, keys
 * that do not open, a tail that was cut off, a case without its journal, a journal without its
 * case, and a state or a column that the events do not give; first of all, the chain of what
 * happened to the rules, with the rulesets it names. Reads in pages, each of one instant, while the
 * service works.
 *
 * <p>What a chain for each case cannot see; it takes a witness outside the database:
 *
 * <ul>
 *   <li>an exception that was removed together with its whole journal, or a whole database that was
 *       set back to an earlier copy: nothing is left to compare with;
 *   <li>a history that was written anew to its end, with all hashes, the head and the state, by who
 *       may write every table: the hashes need no secret, only the sealed parts do;
 *   <li>a subject's key that was destroyed by hand, which looks like an erasure on request. The
 *       number of erased rows is told for that reason.
 * </ul>
 *
 * Nor is {@code exception_case.trace_parent} compared, of which the journal keeps the trace only.
 */
public final class AuditVerify {
  static final CaseId FIRST = new CaseId(new UUID(0, 0));
  private static final CaseId LAST = new CaseId(new UUID(-1, -1));

  private final Database database;
  private final JournalInspector inspector;

  public AuditVerify(Database database, JournalReader reader) {
    this.database = database;
    this.inspector = reader.inspector();
  }

  /**
   * Looks at everything. Needs the memory of one page, however much there is.
   *
   * @param progress told after each page
   * @throws dev.signalbox.db.Unavailable when PostgreSQL is away or too slow
   */
  public Finding run(Consumer<Finding> progress) {
    var finding =
        RulesetCheck.run(database).and(KeyCheck.run(database)).and(RosterCheck.run(database));
    var from = FIRST;
    while (true) {
      var page = page(from, LAST);
      finding = finding.and(page.finding());
      progress.accept(finding);
      if (page.to().equals(LAST)) {
        return finding;
      }
      from = after(page.to());
    }
  }

  /** Looks at one exception; none was recomputed when there is none with this id. */
  public Finding run(CaseId id) {
    return page(id, id).finding();
  }

  /**
   * What was found in some exceptions.
   *
   * @param next from where to go on; null when these were the last
   */
  record Slice(Finding finding, @Nullable CaseId next) {}

  /** Looks at some exceptions, from one on. */
  Slice slice(CaseId from) {
    var page = page(from, LAST);
    return new Slice(page.finding(), page.to().equals(LAST) ? null : after(page.to()));
  }

  private AuditPage.Result page(CaseId from, CaseId to) {
    return database.inTransaction(tx -> AuditPage.read(tx, inspector, from, to));
  }

  private static CaseId after(CaseId id) {
    long low = id.value().getLeastSignificantBits() + 1;
    long high = id.value().getMostSignificantBits() + (low == 0 ? 1 : 0);
    return new CaseId(new UUID(high, low));
  }
}
