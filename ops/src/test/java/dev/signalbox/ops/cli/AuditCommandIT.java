package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.ops.testkit.LiveBox;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox audit verify} against a running node. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuditCommandIT {

  @Test
  void what_fits_is_status_0_and_the_first_row_that_does_not_is_named_with_status_1(
      @TempDir Path data) throws Exception {
    try (var box = LiveBox.start(data)) {
      box.reported(LiveBox.report("audit-1"));
      var id = box.reported(LiveBox.report("audit-2"));
      var key = Files.writeString(data.resolve("some.key"), box.key());

      var clean = Said.by("audit", "verify", "--url", box.url(), "--key-file", key.toString());
      assertThat(clean)
          .isEqualTo(
              new Said(
                  0,
                  "2 exceptions and 6 rows of the journal recomputed: everything fits"
                      + System.lineSeparator(),
                  ""));

      box.postgres()
          .asSuperuser()
          .inTransaction(tx -> {
            tx.update("ALTER TABLE journal DISABLE TRIGGER ALL");
            return tx.update(
                "UPDATE journal SET hash = prev_hash WHERE case_id = ?::uuid AND seq = 2", id);
          });
      var tampered = Said.by("audit", "verify", "--url", box.url(), "--key-file", key.toString());
      assertThat(tampered.status()).isEqualTo(1);
      assertThat(tampered.out())
          .contains("2 exceptions and 6 rows of the journal recomputed: 1 do not fit")
          .contains("the first: exception %s, row 2: ".formatted(id));
    }
  }

  @Test
  void decisions_that_come_out_the_same_are_status_0(@TempDir Path data) throws Exception {
    try (var box = LiveBox.start(data)) {
      box.reported(LiveBox.report("replay-1"));
      var id = box.reported(LiveBox.report("replay-2"));
      var key = Files.writeString(data.resolve("some.key"), box.key()).toString();

      assertThat(Said.by("audit", "replay", "--url", box.url(), "--key-file", key))
          .isEqualTo(
              new Said(
                  0,
                  "6 decisions on 2 exceptions made again: 6 the same" + System.lineSeparator(),
                  ""));
      assertThat(
              Said.by("audit", "replay", "--case", id, "--url", box.url(), "--key-file", key).out())
          .startsWith("3 decisions on 1 exceptions made again: 3 the same");
      assertThat(
              Said.by("audit", "replay", "--since", "1h", "--url", box.url(), "--key-file", key)
                  .out())
          .startsWith("6 decisions on 2 exceptions");
    }
  }

  /** As a program would find it whose rules engine decides otherwise. */
  @Test
  void a_decision_that_comes_out_otherwise_is_named_with_status_1(@TempDir Path data)
      throws Exception {
    try (var box = LiveBox.start(data)) {
      var id = box.reported(LiveBox.report("replay-3"));
      box.postgres()
          .asSuperuser()
          .inTransaction(tx -> {
            tx.update("ALTER TABLE journal DISABLE TRIGGER ALL");
            return tx.update(
                "UPDATE journal SET public = convert_to(replace(convert_from(public, 'UTF8'),"
                    + " '\"severity\":\"LOW\"', '\"severity\":\"HIGH\"'), 'UTF8')"
                    + " WHERE case_id = ?::uuid AND seq = 2",
                id);
          });
      var key = Files.writeString(data.resolve("some.key"), box.key()).toString();

      var said = Said.by("audit", "replay", "--url", box.url(), "--key-file", key);

      assertThat(said.status()).isEqualTo(1);
      assertThat(said.out())
          .contains("3 decisions on 1 exceptions made again: 2 the same, 1 differ")
          .contains("exception %s, row 1, SEVERITY".formatted(id))
          .contains("  was HIGH within 168h")
          .contains("  is  LOW within 168h");
    }
  }
}
