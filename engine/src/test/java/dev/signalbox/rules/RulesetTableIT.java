package dev.signalbox.rules;

import static dev.signalbox.rules.Given.item;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.exceptions.Sha256;
import dev.signalbox.testkit.TestPostgres;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesetTableIT {
  private TestPostgres postgres;
  private Rulebook rulebook;

  @BeforeEach
  void open() {
    postgres = TestPostgres.freshDatabase();
    rulebook = Rulesets.load(Given.STANDARD);
  }

  @AfterEach
  void close() {
    rulebook.close();
    postgres.close();
  }

  @Test
  void a_ruleset_that_was_kept_is_loaded_again_and_decides_the_same() {
    archive();
    archive();
    var files =
        requireNonNull(postgres.database().read(tx -> RulesetTable.find(tx, rulebook.digest())));
    try (var again = Rulesets.load(files)) {
      assertThat(again.digest()).isEqualTo(rulebook.digest());
      assertThat(again.assess(item().question())).isEqualTo(rulebook.assess(item().question()));
    }
  }

  @Test
  void a_ruleset_that_never_decided_here_is_not_found() {
    var unknown = new Sha256("a".repeat(64));
    assertThat(
            postgres.database().<@Nullable RulesetFiles>read(tx -> RulesetTable.find(tx, unknown)))
        .isNull();
  }

  @Test
  void the_service_can_neither_change_nor_remove_what_was_kept() {
    archive();
    for (var sql : new String[] {"UPDATE ruleset SET archive = ''", "DELETE FROM ruleset"}) {
      assertThatThrownBy(() -> postgres.database().inTransaction(tx -> tx.update(sql)))
          .hasStackTraceContaining("permission denied for table ruleset");
    }
  }

  @Test
  void an_archive_that_somebody_changed_is_not_taken_for_the_ruleset() {
    archive();
    var other = RulesetArchive.write(RulesetFiles.of("other", new TreeMap<>()));
    postgres.asSuperuser().inTransaction(tx -> tx.update("UPDATE ruleset SET archive = ?", other));
    assertThatThrownBy(
            () -> postgres.database().read(tx -> RulesetTable.find(tx, rulebook.digest())))
        .hasStackTraceContaining("it was tampered with.");
  }

  private void archive() {
    postgres
        .database()
        .inTransaction(tx -> {
          RulesetTable.archive(tx, rulebook.files());
          return 1;
        });
  }
}
