package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.ops.testkit.LiveBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeysCommandIT {

  @Test
  void an_administrator_makes_lists_rotates_and_revokes_keys_and_keeps_rosters(@TempDir Path data)
      throws Exception {
    try (var box = LiveBox.start(data)) {
      var admin = Files.writeString(data.resolve("some.key"), box.key()).toString();
      var at = new String[] {"--url", box.url(), "--key-file", admin};

      var made = said(at, "keys", "create", "bank-a", "--role", "REPORTER");
      assertThat(made.status()).isZero();
      assertThat(made.out()).matches("sbx_[A-Za-z0-9_-]{43}\\R");
      assertThat(made.err()).contains("A key for bank-a with the role REPORTER (id ");
      var id = made.err().replaceAll("(?s).*\\(id ([-0-9a-f]+)\\).*", "$1");

      var file = data.resolve("bank-a.key");
      var rotated = said(at, "keys", "rotate", id, "--overlap", "PT24H", "--to", file.toString());
      assertThat(rotated.status()).isZero();
      assertThat(rotated.out()).isEmpty();
      assertThat(Files.readString(file)).startsWith("sbx_");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");

      assertThat(said(at, "keys", "revoke", id).err()).contains("The key of bank-a ended at ");
      var list = said(at, "keys", "list").out();
      assertThat(list.lines().filter(line -> line.contains("bank-a"))).hasSize(2);

      said(at, "keys", "create", "desk 7", "--role", "ANALYST");
      var put = said(at, "roster", "put", "treasury", "desk 7", "--skill", "fx", "--away");
      assertThat(put.err())
          .isEqualToNormalizingNewlines("desk 7 is on the roster of treasury, and away.\n");
      var seats = said(at, "roster", "list", "treasury").out();
      assertThat(seats).containsPattern("desk 7 +0 +away +ANALYST +fx +all");
      assertThat(said(at, "roster", "remove", "treasury", "desk 7").status()).isZero();
      assertThat(said(at, "roster", "remove", "treasury", "desk 7").err())
          .contains("desk 7 is not on the roster of \"treasury\".");

      var refused = said(at, "keys", "create", "bank-a", "--role", "VIEWER");
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err()).contains("There is a key with the name \"bank-a\"");
    }
  }

  @Test
  void a_key_that_could_not_be_written_is_not_made(@TempDir Path data) throws Exception {
    try (var box = LiveBox.start(data)) {
      var admin = Files.writeString(data.resolve("some.key"), box.key()).toString();
      var at = new String[] {"--url", box.url(), "--key-file", admin};
      var nowhere = data.resolve("no/such/folder/bank-a.key").toString();

      var refused = said(at, "keys", "create", "bank-a", "--role", "REPORTER", "--to", nowhere);

      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err()).contains(nowhere + " cannot be written");
      assertThat(said(at, "keys", "list").out()).doesNotContain("bank-a");
    }
  }

  @Test
  void a_role_that_nobody_knows_is_a_misuse() {
    var said = Said.by("keys", "create", "bank-a", "--role", "REPORTR");

    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).contains("REPORTR");
  }

  private static Said said(String[] at, String... words) {
    var all = new String[words.length + at.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(at, 0, all, words.length, at.length);
    return Said.by(all);
  }
}
