package dev.signalbox.ops.bench;

import dev.signalbox.db.Database;
import dev.signalbox.desk.CaseTable;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.work.Errand;
import dev.signalbox.work.LeasedWork;
import dev.signalbox.work.WorkItem;
import dev.signalbox.work.WorkTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work leased and finished, each batch in two durable transactions, while much is due. */
final class WorkBench {
  private static final TargetName TARGET = new TargetName("bench");
  private static final int BATCH = 200;
  private static final int LANES = 2;
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final Database database;
  private final Postgres postgres;

  WorkBench(Database database, Postgres postgres) {
    this.database = database;
    this.postgres = postgres;
  }

  Measure run(CaseId id, int due) throws InterruptedException, ExecutionException, SQLException {
    add(id, due);
    postgres.run("CREATE TABLE plain_work (LIKE work INCLUDING ALL)");
    postgres.run("INSERT INTO plain_work SELECT * FROM work WHERE target = 'bench'");
    postgres.run("VACUUM ANALYZE work");
    postgres.run("VACUUM ANALYZE plain_work");
    double limit = due / seconds(this::deletePlainly);
    double worked = due / seconds(() -> inLanes(this::leaseAndFinish));
    long left = postgres.number("SELECT count(*) FROM work WHERE target = 'bench'");
    if (left > 0) {
      throw new IllegalStateException(left + " pieces of work were not done.");
    }
    return new Measure.Limit(limit, "bare DELETE of the same rows")
        .of(
            "(d) work leased and finished",
            worked,
            "items/s",
            "%,d due at the beginning, batches of %d, %d lanes".formatted(due, BATCH, LANES));
  }

  private void add(CaseId id, int due) {
    var state = database.read(tx -> CaseTable.find(tx, id));
    if (state == null) {
      throw new IllegalStateException("The exception " + id + " is not there.");
    }
    for (int added = 0; added < due; added += BATCH) {
      var errands = errands(state.state(), Math.min(BATCH, due - added));
      database.inTransaction(tx -> {
        WorkTable.run(tx, errands);
        return true;
      });
    }
  }

  private static List<Errand> errands(ExceptionCase state, int count) {
    var errands = new ArrayList<Errand>();
    for (int i = 0; i < count; i++) {
      var dispatch = new DispatchId(UUID.randomUUID());
      errands.add(new Errand.Add(new WorkItem(dispatch, TARGET, null, state, null, null)));
    }
    return errands;
  }

  private void leaseAndFinish() {
    while (true) {
      var work = database.inTransaction(tx -> WorkTable.lease(tx, TARGET, BATCH, LEASE));
      if (work.isEmpty()) {
        return;
      }
      var leases = work.stream().map(LeasedWork::lease).toList();
      database.inTransaction(tx -> WorkTable.finish(tx, leases));
    }
  }

  private void deletePlainly() throws SQLException {
    int deleted = 1;
    while (deleted > 0) {
      deleted =
          postgres.update(
              """
              DELETE FROM plain_work WHERE ctid = ANY (ARRAY(SELECT ctid FROM plain_work
                ORDER BY priority DESC, due_at LIMIT %d))
              """
                  .formatted(BATCH));
    }
  }

  private static void inLanes(Runnable work) throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var lanes = new ArrayList<Future<?>>();
      for (int i = 0; i < LANES; i++) {
        lanes.add(threads.submit(work));
      }
      for (var lane : lanes) {
        lane.get();
      }
    }
  }

  private interface Step {
    void run() throws SQLException, InterruptedException, ExecutionException;
  }

  private static double seconds(Step step)
      throws SQLException, InterruptedException, ExecutionException {
    long began = System.nanoTime();
    step.run();
    return (System.nanoTime() - began) / 1e9;
  }
}
