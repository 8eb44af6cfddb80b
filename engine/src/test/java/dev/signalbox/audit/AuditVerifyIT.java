package dev.signalbox.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.db.DatabaseFailure;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuditVerifyIT {
  private TestBox box;
  private CaseId id;

  @BeforeEach
  void aLittleHistory() {
    box = TestBox.open();
    for (int i = 0; i < 5; i++) {
      box.report(Reports.report("other-" + i, TestBox.START).build());
    }
    var report =
        Reports.report("1", TestBox.START.minus(Duration.ofHours(1)))
            .because(ReasonCode.MISSING_RECORD);
    id = report.build().caseId();
    box.report(report.build());
    box.report(report.saying("Seen again.").build());
    box.report(report.of("7.00").build());
    box.clock().advance(Duration.ofHours(30));
    box.letTimersHappen();
    box.say(id, new CaseCommand.Clear("The counterpart arrived."));
  }

  @AfterEach
  void close() {
    box.close();
  }

  @Test
  void what_nobody_touched_fits() {
    var finding = verify();

    assertThat(finding.first()).isNull();
    assertThat(finding.exceptions()).isEqualTo(6);
    assertThat(finding.rows()).isGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE journal SET public = convert_to(replace(convert_from(public, 'UTF8'), '100.00', '900.00'), 'UTF8') WHERE case_id = ? AND seq = 1 | 1 | The row's hash is not that of its bytes.
          UPDATE journal SET sealed = set_byte(sealed, 20, 255 - get_byte(sealed, 20)) WHERE case_id = ? AND seq = 1 | 1 | The row's hash is not that of its bytes.
          UPDATE journal SET hash = prev_hash WHERE case_id = ? AND seq = 2 | 2 | The row's hash is not that of its bytes.
          UPDATE journal SET prev_hash = hash WHERE case_id = ? AND seq = 3 | 3 | The row does not follow the one before it.
          UPDATE journal SET at = at + interval '1 second' WHERE case_id = ? AND seq = 3 | 3 | The row's column "at" is not that of its bytes.
          UPDATE journal SET seq = seq + 100 WHERE case_id = ? AND seq >= 3 | 3 | The row is missing.
          DELETE FROM journal WHERE case_id = ? AND seq = 4 | 4 | The row is missing.
          DELETE FROM journal WHERE case_id = ? AND seq = (SELECT max(seq) FROM journal WHERE case_id = exception_case_id()) | 8 | The journal does not end where the exception says.
          DELETE FROM journal WHERE case_id = ? | 1 | The journal does not end where the exception says.
          UPDATE exception_case SET body = convert_to(replace(convert_from(body, 'UTF8'), '100.00', '900.00'), 'UTF8') WHERE id = ? | 0 | The stored state is not that of its journal.
          DELETE FROM exception_case WHERE id = ? | 1 | The journal has no exception.
          """)
  void what_was_tampered_with_is_named(String sql, long seq, String what) {
    tamper(sql.replace("exception_case_id()", "'" + id + "'"));

    var finding = verify();

    assertThat(finding.misfits()).isEqualTo(1);
    assertThat(finding.first()).isEqualTo(new Misfit(id, seq, what));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          version        | version + 1
          status         | 'OPEN'
          severity       | 'LOW'
          priority       | 40
          queue          | 'elsewhere'
          lane           | NULL
          assignee       | 'somebody'
          context        | 'another'
          source         | 'another'
          due_at         | due_at + interval '1 microsecond'
          opened_at      | opened_at - interval '1 day'
          updated_at     | NULL
          next_action    | 'RECLASSIFY', next_action_at = now()
          """)
  void every_column_that_differs_from_the_state_is_named(String column, String value) {
    if (value.equals("NULL")) {
      tamper("ALTER TABLE exception_case ALTER COLUMN %s DROP NOT NULL".formatted(column));
    }
    tamper("UPDATE exception_case SET %s = %s WHERE id = ?".formatted(column, value));

    assertThat(verify().first())
        .isNotNull()
        .satisfies(misfit ->
            assertThat(misfit.what())
                .startsWith("The columns " + column)
                .endsWith("are not those of the state."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UPDATE journal SET type = 'X'", "DELETE FROM journal", "TRUNCATE journal"})
  void neither_the_service_nor_the_owner_can_change_the_journal(String sql) {
    assertThatThrownBy(() -> box.postgres().database().inTransaction(tx -> tx.update(sql)))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("42501");
    assertThatThrownBy(() -> box.postgres().asOwner().inTransaction(tx -> tx.update(sql)))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("42501");
  }

  /** As an intruder with all rights would. */
  private void tamper(String sql) {
    box.postgres()
        .asSuperuser()
        .inTransaction(tx -> {
          tx.update("ALTER TABLE journal DISABLE TRIGGER ALL");
          return sql.contains("?") ? tx.update(sql, id.value()) : tx.update(sql);
        });
  }

  private Finding verify() {
    return new AuditVerify(box.postgres().database(), new JournalReader(box.keys()))
        .run(progress -> {});
  }
}
