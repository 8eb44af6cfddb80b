package dev.signalbox.audit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.journal.JournalReader;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.TestRulesets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesetCheckIT {
  @TempDir private Path temporary;
  private TestBox box;

  @BeforeEach
  void open() {
    box = TestBox.open();
    var small =
        RulesetFolder.in(temporary)
            .with(
                "scenarios/all.yaml",
                """
                description: All of it.
                scenarios:
                  - name: a small item
                    expect: {severity: LOW}
                """);
    TestRulesets.begun(box.postgres(), small.path()).close();
  }

  @AfterEach
  void close() {
    box.close();
  }

  @Test
  void what_happened_to_the_rules_fits() {
    assertThat(verify().isClean()).isTrue();
    assertThat(verify().rulesetEvents()).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE ruleset_event SET actor = 'person:eve' WHERE number = 2 | 2"
            + " | The row's hash is not that of its content.",
        "UPDATE ruleset_event SET body = '{}' WHERE number = 1 | 1"
            + " | The row's hash is not that of its content.",
        "UPDATE ruleset_event SET back_to = 1 WHERE number = 2 | 2"
            + " | The row's hash is not that of its content.",
        "DELETE FROM ruleset_event WHERE number = 1 | 1 | The row is missing.",
        "UPDATE ruleset_event SET prev_hash = hash WHERE number = 2 | 2"
            + " | The row does not follow the one before it.",
        "UPDATE ruleset SET archive = '' | 1 | is not what its digest says."
      })
  void what_was_changed_by_force_does_not_fit(String sql, long row, String what) {
    box.postgres()
        .asSuperuser()
        .inTransaction(tx -> {
          tx.update("SET LOCAL session_replication_role = replica");
          tx.update("ALTER TABLE ruleset_event DISABLE TRIGGER USER");
          return tx.update(sql);
        });

    var found = verify();

    assertThat(found.misfits()).isEqualTo(1);
    var first = requireNonNull(found.first());
    assertThat(first.exception()).isNull();
    assertThat(first.seq()).isEqualTo(row);
    assertThat(first.what()).contains(what);
  }

  private Finding verify() {
    return new AuditVerify(box.postgres().database(), new JournalReader(box.keys()))
        .run(progress -> {});
  }
}
