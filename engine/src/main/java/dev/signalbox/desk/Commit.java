package dev.signalbox.desk;

import dev.signalbox.db.Changes;
import dev.signalbox.db.Database;
import dev.signalbox.db.MissedRows;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.exceptions.Timer;
import dev.signalbox.journal.Journal;
import dev.signalbox.journal.JournalRow;
import dev.signalbox.journal.JournalTable;
import dev.signalbox.journal.Subject;
import dev.signalbox.reviewers.ClaimTable;
import dev.signalbox.talk.Spoken;
import dev.signalbox.work.AttemptTable;
import dev.signalbox.work.DeadLetterTable;
import dev.signalbox.work.Errand;
import dev.signalbox.work.Lease;
import dev.signalbox.work.WorkTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** What one round changes, written at once: either all of it, or nothing. */
final class Commit {
  private final Round round;
  private final StormGuard guard;
  private final List<Lease> leases;
  private final List<StoredCase> opened = new ArrayList<>();
  private final List<StoredCase> changed = new ArrayList<>();
  private final List<Long> seen = new ArrayList<>();
  private final List<JournalRow> rows = new ArrayList<>();
  private final List<Errand> errands = new ArrayList<>();
  private final List<Subject> forgotten = new ArrayList<>();
  private final Spoken spoken = new Spoken();
  private final List<ClaimTable.Begun> begun = new ArrayList<>();
  private final List<CaseId> ended = new ArrayList<>();

  /** Prepares all that can be prepared without a connection: bytes, ciphertext, hashes. */
  Commit(Round round, Journal journal, StormGuard guard, List<Lease> leases) {
    this(round, guard, leases, pages -> journal.chain(pages));
  }

  /**
   * The same.
   *
   * @param chaining makes the rows of the pages, each page for itself
   */
  Commit(
      Round round,
      StormGuard guard,
      List<Lease> leases,
      Function<List<Journal.Page>, List<Journal.Link>> chaining) {
    this.round = round;
    this.guard = guard;
    this.leases = leases;
    var dossiers = round.changed();
    var chains = chaining.apply(dossiers.stream().map(Dossier::page).toList());
    for (int i = 0; i < dossiers.size(); i++) {
      var dossier = dossiers.get(i);
      var chain = chains.get(i);
      var after = new StoredCase(dossier.changedState(), chain.head(), dossier.traceParent());
      var before = dossier.before();
      if (before == null) {
        opened.add(after);
      } else {
        changed.add(after);
        seen.add(before.state().version());
        claims(before.state(), after.state());
      }
      rows.addAll(chain.rows());
      forgotten.addAll(chain.forgotten());
      spoken.add(after.state(), dossier.entries());
      errands.addAll(dossier.errands());
    }
  }

  private void claims(ExceptionCase before, ExceptionCase after) {
    var claim = after.claim();
    if (claim == null && before.claim() != null) {
      ended.add(after.id());
    } else if (claim != null && !claim.equals(before.claim())) {
      begun.add(new ClaimTable.Begun(after.id(), claim));
    }
  }

  boolean isEmpty() {
    return rows.isEmpty()
        && leases.isEmpty()
        && round.newAnswers().isEmpty()
        && round.storm().heldBack().isEmpty();
  }

  /** What somebody may wait for. */
  Brought brought() {
    var targets = new HashSet<TargetName>();
    for (var errand : errands) {
      if (errand instanceof Errand.Add add) {
        targets.add(add.item().target());
      }
    }
    return new Brought(
        targets,
        Stream.concat(opened.stream(), changed.stream())
            .map(stored -> stored.state().nextTimer())
            .filter(Objects::nonNull)
            .map(Timer::at)
            .min(Comparator.naturalOrder())
            .orElse(null));
  }

  /**
   * Writes it.
   *
   * @throws MissedRows when another writer was faster
   * @throws LeasesLost when others hold some of the work by now
   * @throws StormBreaks when the storm guard holds some of it back
   */
  void run(Database database) {
    if (!isAtOnce(database)) {
      database.inTransaction(tx -> {
        whole(tx);
        return true;
      });
    }
  }

  /**
   * Writes it within a transaction, asking whatever has to be asked in between.
   *
   * @throws MissedRows when another writer was faster
   * @throws LeasesLost when others hold some of the work by now
   * @throws StormBreaks when the storm guard holds some of it back
   */
  void whole(Tx tx) {
    beforeAnswers(tx);
    finish(tx);
    guardAgainstStorms(tx);
    afterAnswers(tx);
  }

  /** In one round trip, if nothing has to be asked in between; false when something has. */
  private boolean isAtOnce(Database database) {
    if (!round.storm().opened().isEmpty()) {
      return false;
    }
    try {
      database.atOnce(changes -> {
        beforeAnswers(changes);
        if (!leases.isEmpty()) {
          WorkTable.finishAll(changes, leases);
        }
        afterAnswers(changes);
      });
      return true;
    } catch (MissedRows e) {
      if (leases.isEmpty()) {
        throw e;
      }
      // Which of the leases are lost has to be asked.
      return false;
    }
  }

  /**
   * Locks are taken in one order by all writers: rosters, work, cases by id, their claims; the rest
   * is only inserted.
   */
  private void beforeAnswers(Changes changes) {
    WorkTable.run(changes, errands);
    AttemptTable.record(changes, leases);
  }

  private void afterAnswers(Changes changes) {
    if (!opened.isEmpty()) {
      CaseTable.insert(changes, opened);
    }
    if (!changed.isEmpty()) {
      CaseTable.update(changes, seen, changed);
    }
    if (!begun.isEmpty()) {
      ClaimTable.begin(changes, begun);
    }
    if (!ended.isEmpty()) {
      ClaimTable.end(changes, ended);
    }
    if (!rows.isEmpty()) {
      JournalTable.append(changes, rows);
      JournalTable.forget(changes, forgotten);
      spoken.write(changes);
    }
    if (!round.storm().heldBack().isEmpty()) {
      DeadLetterTable.keep(changes, round.storm().heldBack());
    }
    var answers = round.newAnswers();
    if (!answers.isEmpty()) {
      OnceTable.insert(changes, answers, round.now());
    }
  }

  /**
   * Writes it within a transaction that holds the cases locked.
   *
   * @throws MissedRows when another writer was faster
   */
  void run(Tx tx) {
    beforeAnswers(tx);
    afterAnswers(tx);
  }

  private void finish(Tx tx) {
    if (leases.isEmpty()) {
      return;
    }
    var held = WorkTable.finish(tx, leases);
    if (held.size() < leases.size()) {
      throw new LeasesLost(held);
    }
  }

  private void guardAgainstStorms(Tx tx) {
    round
        .storm()
        .opened()
        .forEach((source, count) -> {
          int excess = StormTallyTable.add(tx, source, count, guard.capOf(source), round.now());
          if (excess > 0) {
            throw new StormBreaks(source, Math.min(excess, count));
          }
        });
  }
}
