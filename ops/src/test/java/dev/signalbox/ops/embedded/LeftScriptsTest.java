package dev.signalbox.ops.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LeftScriptsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T06:00:00Z");

  @TempDir private Path directory;

  @Test
  void old_scripts_go_and_what_is_young_or_something_else_stays() throws IOException {
    var old = file("detect_linux_distribution_1.sh", NOW.minusSeconds(61));
    var young = file("detect_linux_distribution_2.sh", NOW.minusSeconds(59));
    var other = file("detect_linux_distribution.txt", NOW.minusSeconds(3_600));
    LeftScripts.sweep(directory, NOW);
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(other).exists();
  }

  @Test
  void a_directory_that_is_not_there_is_no_reason_to_stop() {
    LeftScripts.sweep(directory.resolve("none"), NOW);
  }

  private Path file(String name, Instant modified) throws IOException {
    var file = Files.createFile(directory.resolve(name));
    return Files.setLastModifiedTime(file, FileTime.from(modified));
  }
}
