package dev.signalbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.desk.CaseTable;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.RiskTier;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.CaseJson;
import dev.signalbox.journal.Journal;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.journal.JournalTable;
import dev.signalbox.journal.MasterKey;
import dev.signalbox.journal.SubjectKeys;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** An intruder with all rights, and what the audit says of it: also where it says nothing. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TamperIT {
  private TestBox box;
  private CaseId mine;
  private CaseId other;

  @BeforeEach
  void two_histories() {
    box = TestBox.open();
    mine = history("mine");
    other = history("other");
  }

  @AfterEach
  void close() {
    box.close();
  }

  @Test
  void two_rows_that_changed_places_are_named() {
    tamper(
        "UPDATE journal SET seq = -1 WHERE case_id = :mine AND seq = 2",
        "UPDATE journal SET seq = 2 WHERE case_id = :mine AND seq = 3",
        "UPDATE journal SET seq = 3 WHERE case_id = :mine AND seq = -1");

    assertFirst(2, "The row does not follow the one before it.");
  }

  @Test
  void a_row_that_moved_to_another_exception_is_missed_there_and_named_here() {
    tamper("UPDATE journal SET case_id = :mine, seq = 5 WHERE case_id = :other AND seq = 4");

    assertThat(one(mine).first())
        .isEqualTo(new Misfit(mine, 5, "The row does not follow the one before it."));
    assertThat(one(other).first())
        .isEqualTo(new Misfit(other, 4, "The journal does not end where the exception says."));
    assertThat(verify().misfits()).isEqualTo(2);
  }

  @Test
  void a_row_that_was_put_in_is_named() {
    tamper(
        """
        INSERT INTO journal SELECT case_id, seq + 1, at, type, subject, public, sealed, hash, hash
        FROM journal WHERE case_id = :mine AND seq = 4
        """);

    assertFirst(5, "The row's hash is not that of its bytes.");
  }

  @Test
  void a_well_made_row_that_nobody_decided_is_named_by_the_head() {
    var state = box.state(mine);
    var event = new CaseEvent.Cleared("nobody decided that");
    var entry =
        new JournalEntry(
            mine, state.version() + 1, box.clock().instant(), TestBox.SOURCE, null, event);
    var page = new Journal.Page(state, head(mine), List.of(entry));
    var rows = new Journal(box.keys()).chain(List.of(page)).getFirst().rows();
    box.postgres()
        .database()
        .inTransaction(tx -> {
          JournalTable.append(tx, rows);
          return null;
        });

    assertFirst(6, "The journal does not end where the exception says.");
  }

  @Test
  void a_state_that_was_written_anew_with_its_head_is_named() {
    tamper(
        """
        UPDATE exception_case SET journal_head =
          (SELECT hash FROM journal WHERE case_id = :mine AND seq = 3) WHERE id = :mine
        """);

    assertFirst(5, "The journal does not end where the exception says.");
  }

  @Test
  void a_row_that_was_given_to_another_subject_is_named() {
    tamper("UPDATE journal SET subject = sha256('another') WHERE case_id = :mine AND seq = 1");

    assertFirst(1, "The row's hash is not that of its bytes.");
  }

  @Test
  void an_instant_without_end_is_named() {
    tamper("UPDATE journal SET at = 'infinity' WHERE case_id = :mine AND seq = 2");

    assertFirst(2, "The row's column \"at\" is not that of its bytes.");
  }

  @Test
  void a_type_beside_the_bytes_that_they_do_not_have_is_named() {
    tamper("UPDATE journal SET type = 'Resolved' WHERE case_id = :mine AND seq = 2");

    assertFirst(2, "The row's column \"type\" is not that of its bytes.");
  }

  @Test
  void a_lost_key_is_not_taken_for_an_erasure() {
    tamper(
        """
        DELETE FROM subject_key WHERE subject =
          (SELECT subject FROM journal WHERE case_id = :mine AND seq = 1)
        """);

    assertFirst(
        1, "The row cannot be read: The key of its subject is missing, and was never destroyed.");
  }

  @Test
  void a_key_that_was_replaced_is_named() {
    tamper(
        """
        UPDATE subject_key SET wrapped_key = decode(repeat('ab', 60), 'hex') WHERE subject =
          (SELECT subject FROM journal WHERE case_id = :mine AND seq = 1)
        """);

    assertFirst(
        1,
        "The row cannot be read: The key of its subject does not open. Maybe the master key is"
            + " another one.");
  }

  @Test
  void another_master_key_opens_nothing() {
    var secret = new byte[MasterKey.BYTES];
    secret[0] = 1;
    var strange = new SubjectKeys(box.postgres().database(), new MasterKey(secret));

    var finding =
        new AuditVerify(box.postgres().database(), new JournalReader(strange)).run(so -> {});

    assertThat(finding.misfits()).isEqualTo(2);
  }

  @Test
  void an_erased_subject_fits_once_its_state_forgot_it_too() {
    tamper(
        """
        UPDATE subject_key SET wrapped_key = NULL WHERE subject =
          (SELECT subject FROM journal WHERE case_id = :mine AND seq = 1)
        """);
    assertFirst(0, "The stored state is not that of its journal.");

    box.postgres()
        .asSuperuser()
        .inTransaction(tx ->
            tx.update(
                "UPDATE exception_case SET body = ? WHERE id = ?",
                CaseJson.write(replayedWithoutMemory(mine)),
                mine.value()));

    var finding = one(mine);
    assertThat(finding.first()).isNull();
    assertThat(finding.erased()).isEqualTo(2);
  }

  @Test
  void a_state_in_other_bytes_that_says_the_same_fits() {
    tamper(
        """
        UPDATE exception_case SET body = convert_to(
          replace(convert_from(body, 'UTF8'), '"version":4', '"version" : 4'), 'UTF8')
        WHERE id = :mine
        """);

    assertThat(verify().first()).isNull();
  }

  @Test
  void a_field_of_the_state_that_nothing_reads_is_named() {
    tamper(
        """
        UPDATE exception_case SET body = convert_to(
          replace(convert_from(body, 'UTF8'), '"version":4', '"version":4,"odd":1'), 'UTF8')
        WHERE id = :mine
        """);

    assertFirst(0, "The stored state is not that of its journal.");
  }

  @Test
  void an_exception_that_was_removed_with_its_whole_journal_is_not_seen() {
    tamper(
        "DELETE FROM journal WHERE case_id = :mine", "DELETE FROM exception_case WHERE id = :mine");

    assertThat(verify().isClean()).isTrue();
    assertThat(verify().exceptions()).isEqualTo(1);
    assertThat(one(mine)).isEqualTo(Finding.NONE);
  }

  @Test
  void pages_miss_nothing_and_count_nothing_twice() {
    box.reportAll(IntStream.range(0, 600).mapToObj(i -> young("many-" + i).build()).toList());
    box.reportAll(
        IntStream.range(0, 250).mapToObj(i -> young("mine").saying("Look " + i).build()).toList());
    var told = new ArrayList<Finding>();

    var finding = audit().run(told::add);

    assertThat(finding.first()).isNull();
    assertThat(finding.exceptions()).isEqualTo(602);
    // The first look brings the settled one back, in three rows; each further one is one row.
    assertThat(finding.rows()).isEqualTo(600 * 3 + 2 * 4 + 3 + 249);
    assertThat(told).hasSize(3).last().isEqualTo(finding);
    tamper("DELETE FROM exception_case WHERE id <> :mine");
    assertThat(verify().misfits()).isEqualTo(601);
  }

  @Test
  void who_works_meanwhile_is_not_accused() {
    var reports = IntStream.range(0, 40).mapToObj(i -> young("busy-" + i)).toList();
    var writers =
        IntStream.range(0, 4)
            .mapToObj(writer ->
                CompletableFuture.runAsync(() -> {
                  for (int i = 0; i < 15; i++) {
                    var said = "Writer %d, look %d.".formatted(writer, i);
                    box.reportAll(reports.stream().map(r -> r.saying(said).build()).toList());
                  }
                }))
            .toList();
    var all = CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new));
    int looks = 0;
    while (!all.isDone()) {
      assertThat(verify().first()).isNull();
      looks++;
    }
    all.join();

    assertThat(looks).isPositive();
    assertThat(verify().first()).isNull();
    assertThat(verify().exceptions()).isEqualTo(42);
  }

  private CaseId history(String ref) {
    var report = young(ref);
    box.report(report.build());
    box.clock().advance(Duration.ofMinutes(1));
    box.say(report.build().caseId(), new CaseCommand.Clear("The counterpart of " + ref));
    return report.build().caseId();
  }

  private static Reports young(String ref) {
    return Reports.report(ref, TestBox.START.minus(Duration.ofHours(1)))
        .from(new Counterparty(ref, "The people of " + ref, RiskTier.LOW, false, true));
  }

  private Sha256 head(CaseId id) {
    var stored = box.postgres().database().read(tx -> CaseTable.find(tx, id));
    return Objects.requireNonNull(stored).head();
  }

  /** As a node would that was started after the erasure. */
  private ExceptionCase replayedWithoutMemory(CaseId id) {
    var database = box.postgres().database();
    var reader =
        new JournalReader(new SubjectKeys(database, new MasterKey(new byte[MasterKey.BYTES])));
    var entries = reader.read(database.read(tx -> JournalTable.history(tx, id, 0, 100)));
    var first = entries.getFirst();
    var state = ExceptionCase.from((CaseEvent.Opened) first.event(), first.at());
    for (var entry : entries.subList(1, entries.size())) {
      state = state.after(entry.event(), entry.at());
    }
    return state;
  }

  private void tamper(String... statements) {
    box.postgres()
        .asSuperuser()
        .inTransaction(tx -> {
          tx.update("ALTER TABLE journal DISABLE TRIGGER ALL");
          for (var sql : statements) {
            tx.update(sql.replace(":mine", "'" + mine + "'").replace(":other", "'" + other + "'"));
          }
          return null;
        });
  }

  private void assertFirst(long seq, String what) {
    var finding = verify();
    assertThat(finding.first()).isEqualTo(new Misfit(mine, seq, what));
    assertThat(finding.misfits()).isEqualTo(1);
    assertThat(one(mine).first()).isEqualTo(finding.first());
  }

  private Finding one(CaseId id) {
    return audit().run(id);
  }

  private Finding verify() {
    return audit().run(progress -> {});
  }

  private AuditVerify audit() {
    return new AuditVerify(box.postgres().database(), new JournalReader(box.keys()));
  }
}
