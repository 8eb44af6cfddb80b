package dev.signalbox.api.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.audit.AuditVerify;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.testkit.Until;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** What must be true of a contest, read from its tables. */
final class ContestChecks {
  /** Settlements that go to the books. */
  private static final String WITH_EFFECT =
      "(SELECT case_id, convert_from(public, 'UTF8')::jsonb #>> '{body,resolution}' AS kind"
          + " FROM journal WHERE type = 'Resolved') AS settled";

  private final ApiBox box;

  ContestChecks(ApiBox box) {
    this.box = box;
  }

  /** Looks now and then until it is closed, which fails if anything was ever wrong. */
  final class Watch implements AutoCloseable {
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final LongAdder looks = new LongAdder();
    private final Future<?> watching;

    private Watch() {
      var thread = Executors.newVirtualThreadPerTaskExecutor();
      watching = thread.submit(this::look);
      thread.shutdown();
    }

    private void look() {
      while (!isOver.get()) {
        nothingWaitsForNothing();
        looks.increment();
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      }
    }

    long looks() {
      return looks.sum();
    }

    @Override
    public void close() throws ExecutionException {
      isOver.set(true);
      try {
        watching.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  Watch watching() {
    return new Watch();
  }

  /** Whoever waits for the ledger has an order under way, and nobody else has. */
  private void nothingWaitsForNothing() {
    assertThat(
            box.rows(
                "exception_case AS waiting FULL JOIN work ON work.case_id = waiting.id",
                "(waiting.status = 'PENDING_RESOLUTION') IS DISTINCT FROM (work.id IS NOT NULL)"))
        .isZero();
    assertThat(
            box.rows(
                "book_posting LEFT JOIN exception_case AS posted ON posted.id = case_id",
                "posted.status IS NULL OR posted.status NOT IN ('PENDING_RESOLUTION', 'RESOLVED')"))
        .isZero();
  }

  void awaitQuiet() {
    Until.holds(Duration.ofMinutes(2), () -> box.isQuiet());
  }

  /** Everything; how many postings there are. */
  long all(int items) {
    assertThat(box.rows("exception_case", "status <> 'RESOLVED'")).isZero();
    assertThat(box.rows("claim")).isZero();
    assertThat(box.rows("dead_letter")).isZero();
    eachIsSettledOnce(items);
    nobodyApprovesAlone();
    long posted = eachEffectIsPostedOnce();
    var audit =
        new AuditVerify(box.box().postgres().database(), new JournalReader(box.box().keys()));
    assertThat(audit.run(so -> {}).isClean()).isTrue();
    return posted;
  }

  private void eachIsSettledOnce(int items) {
    assertThat(
            box.rows(
                "(SELECT case_id FROM journal WHERE type = 'Resolved' GROUP BY case_id"
                    + " HAVING count(*) <> 1) AS twice",
                "true"))
        .isZero();
    assertThat(box.rows("journal", "type = 'Resolved'")).isEqualTo(items);
  }

  private void nobodyApprovesAlone() {
    assertThat(
            box.rows(
                "journal AS given JOIN journal AS made USING (case_id)",
                "given.type = 'ApprovalGiven' AND made.type = 'ProposalMade'"
                    + " AND convert_from(given.public, 'UTF8')::jsonb #>> '{body,by}'"
                    + " = convert_from(made.public, 'UTF8')::jsonb #>> '{body,by}'"))
        .isZero();
    assertThat(box.rows("journal", "type = 'ApprovalGiven'")).isPositive();
  }

  /** By the settlements and by the book alone, and then by what the journal says of both. */
  private long eachEffectIsPostedOnce() {
    long posted = box.rows("book_posting");
    long writtenOff = box.rows(WITH_EFFECT, "kind = 'WRITE_OFF'");
    long adjusted = box.rows(WITH_EFFECT, "kind = 'ADJUSTMENT'");
    assertThat(writtenOff).isPositive();
    assertThat(adjusted).isPositive();
    assertThat(posted).isEqualTo(writtenOff + adjusted);
    assertThat(
            box.rows(
                WITH_EFFECT
                    + " LEFT JOIN (SELECT case_id, count(*) AS postings FROM book_posting"
                    + " GROUP BY case_id) AS booked USING (case_id)",
                "coalesce(postings, 0)"
                    + " <> CASE WHEN kind IN ('WRITE_OFF', 'ADJUSTMENT') THEN 1 ELSE 0 END"))
        .isZero();
    assertThat(
            box.rows(
                "(SELECT case_id, convert_from(public, 'UTF8')::jsonb -> 'body' AS said"
                    + " FROM journal WHERE type = 'LedgerPosted') AS told"
                    + " FULL JOIN book_posting ON id::text = said ->> 'posting'"
                    + " AND book_posting.case_id = told.case_id",
                "id IS NULL OR said ->> 'reference' IS DISTINCT FROM 'BOOK-' || number"))
        .isZero();
    checkAccount("6900", "DEBIT", writtenOff + " * 100.00");
    checkAccount("6800", "DEBIT", adjusted + " * 2.50");
    checkAccount("1200", "CREDIT", "%d * 100.00 + %d * 2.50".formatted(writtenOff, adjusted));
    assertThat(box.rows("book_line", "account NOT IN ('6900', '6800', '1200')")).isZero();
    return posted;
  }

  /** That an account comes to this, on one side. */
  private void checkAccount(String account, String side, String sum) {
    assertThat(
            box.rows(
                "(SELECT sum(amount) FILTER (WHERE side = '%s') AS here,".formatted(side)
                    + " count(*) FILTER (WHERE side <> '%s') AS there FROM book_line"
                        .formatted(side)
                    + " WHERE account = '%s') AS account".formatted(account),
                "here = %s AND there = 0".formatted(sum)))
        .as("the account %s comes to %s", account, sum)
        .isEqualTo(1);
  }
}
