package dev.signalbox.ops.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.journal.MasterKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesOnDiskTest {
  private static final String NAME = "route-00ff";
  private static final byte[] CONTENT = {1, 2, 3, 4, 5};

  @TempDir private Path data;
  private Instant now = Instant.parse("2026-03-02T06:00:00Z");

  @Test
  void what_is_kept_is_found_after_a_restart_and_nobody_else_may_read_it() throws IOException {
    unlocked(1).keep(NAME, CONTENT);
    assertThat(unlocked(1).find(NAME)).isEqualTo(CONTENT);
    assertThat(unlocked(1).find("route-00fe")).isNull();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void every_changed_byte_is_noticed_and_the_file_thrown_away() throws IOException {
    unlocked(1).keep(NAME, CONTENT);
    var whole = Files.readAllBytes(file());
    for (int i = 0; i < whole.length; i++) {
      var changed = whole.clone();
      changed[i] ^= 1;
      assertIsThrownAway(changed);
    }
  }

  @Test
  void a_file_that_was_cut_off_or_grew_is_thrown_away() throws IOException {
    unlocked(1).keep(NAME, CONTENT);
    var whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length; length++) {
      assertIsThrownAway(Arrays.copyOf(whole, length));
    }
    assertIsThrownAway(Arrays.copyOf(whole, whole.length + 1));
  }

  private void assertIsThrownAway(byte[] bytes) throws IOException {
    Files.write(file(), bytes);
    assertThat(unlocked(1).find(NAME)).as("%d bytes", bytes.length).isNull();
    assertThat(file()).doesNotExist();
  }

  @Test
  void what_another_installation_wrote_is_thrown_away() {
    unlocked(2).keep(NAME, CONTENT);
    assertThat(unlocked(1).find(NAME)).isNull();
    assertThat(file()).doesNotExist();
  }

  @Test
  void a_file_under_the_name_of_another_is_thrown_away() throws IOException {
    var kept = unlocked(1);
    kept.keep("route-0000", CONTENT);
    Files.move(file("route-0000"), file(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(kept.find(NAME)).isNull();
    assertThat(file()).doesNotExist();
  }

  @Test
  void until_the_key_is_known_nothing_is_found_and_what_is_to_be_kept_waits() {
    unlocked(1).keep(NAME, CONTENT);
    var locked = new RulesOnDisk(data, () -> now);
    assertThat(locked.find(NAME)).isNull();
    locked.keep("gate-0000", CONTENT);
    assertThat(file("gate-0000")).doesNotExist();
    locked.unlock(key(1));
    assertThat(locked.find(NAME)).isEqualTo(CONTENT);
    assertThat(locked.find("gate-0000")).isEqualTo(CONTENT);
  }

  @Test
  void a_directory_that_cannot_be_written_loses_nothing_but_time() throws IOException {
    Files.writeString(data.resolve("rules"), "no folder");
    var kept = unlocked(1);
    kept.keep(NAME, CONTENT);
    assertThat(kept.find(NAME)).isNull();
    kept.discard(NAME, "It is not there.");
    assertThat(data.resolve("rules")).hasContent("no folder");
  }

  @Test
  void the_least_recently_used_go_first_when_there_are_too_many() throws IOException {
    var kept = unlocked(1);
    for (int i = 0; i < RulesOnDisk.FILES_MAX; i++) {
      kept.keep("route-" + i, CONTENT);
      Files.setLastModifiedTime(file("route-" + i), FileTime.from(now.plusSeconds(i)));
    }
    now = now.plus(Duration.ofHours(1));
    assertThat(kept.find("route-0")).isEqualTo(CONTENT);
    kept.keep("route-new", CONTENT);
    assertThat(file("route-0")).exists();
    assertThat(file("route-1")).doesNotExist();
    assertThat(file("route-2")).exists();
    assertThat(file("route-new")).exists();
  }

  private RulesOnDisk unlocked(int installation) {
    var kept = new RulesOnDisk(data, () -> now);
    kept.unlock(key(installation));
    return kept;
  }

  private static MasterKey key(int installation) {
    var secret = new byte[MasterKey.BYTES];
    secret[0] = (byte) installation;
    return new MasterKey(secret);
  }

  private Path file() {
    return file(NAME);
  }

  private Path file(String name) {
    return data.resolve("rules").resolve(name);
  }
}
