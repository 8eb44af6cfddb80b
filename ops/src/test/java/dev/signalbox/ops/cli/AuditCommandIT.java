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
}
