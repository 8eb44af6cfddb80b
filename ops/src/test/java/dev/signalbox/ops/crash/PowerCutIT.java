package dev.signalbox.ops.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signalbox.access.Access;
import dev.signalbox.testkit.Until;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power fails while reports pour in: all that the operating system had not handed to the disk
 * is gone. That the test can see a loss is shown by two databases that promise less.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PowerCutIT {
  private static final int CUTS = 2;
  private static final int ENOUGH = 150;

  @TempDir private Path directory;

  private final String key = Access.newKey();
  private final long seed = System.nanoTime();
  private final Crowd crowd = new Crowd(key, seed);

  @BeforeEach
  void needsADiskOfItsOwn() {
    var missing = Disk.missing();
    if (missing != null) {
      System.out.println("Power cut: SKIPPED, since " + missing + ".");
    }
    assumeTrue(missing == null, () -> "Skipped, since " + missing + ".");
  }

  @Test
  void everything_acknowledged_is_there_once_after_the_power_failed() throws Exception {
    var random = new Random(seed);
    try (var disk = Disk.in(directory)) {
      var data = disk.path().resolve("data");
      for (int cut = 0; cut < CUTS; cut++) {
        cutUnderLoad(disk, RunningProgram.start(data, key), ENOUGH + random.nextInt(ENOUGH));
      }
      var program = RunningProgram.start(data, key);
      var found = crowd.found(program.url());
      program.stop();

      crowd.insistOn(found, "Power cut, %d cuts".formatted(CUTS));
    }
  }

  @Test
  void a_database_without_fsync_loses_what_it_acknowledged() throws Exception {
    assertThat(lostWith("fsync")).isPositive();
  }

  @Test
  void a_database_that_commits_asynchronously_loses_what_it_acknowledged() throws Exception {
    assertThat(lostWith("synchronous_commit")).isPositive();
  }

  /** How much is lost when one of the settings that make commits durable is off. */
  private int lostWith(String setting) throws Exception {
    try (var disk = Disk.in(directory)) {
      var data = directory.resolve("program");
      // Nobody closes these servers: the one is cut off, and the disk takes the other along.
      var program = RunningProgram.start(data, key, url(postgres(disk, setting)));
      disk.sync();
      cutUnderLoad(disk, program, ENOUGH);
      int lost = crowd.acknowledged();
      var end = "it came back";
      try {
        // After a real cut no process has the number that the server left behind.
        Files.deleteIfExists(disk.path().resolve("postgres/postmaster.pid"));
        var next = RunningProgram.start(data, key, url(postgres(disk, setting)));
        lost = crowd.found(next.url()).lost();
        next.kill(false);
      } catch (IOException | IllegalStateException | AssertionError e) {
        end = "it did not come back: " + e.getMessage();
      }
      System.out.printf(
          "Power cut, control with %s = off: acknowledged %d, lost %d; %s%n",
          setting, crowd.acknowledged(), lost, end);
      return lost;
    }
  }

  private void cutUnderLoad(Disk disk, RunningProgram program, int reports)
      throws IOException, InterruptedException {
    crowd.report(program.url());
    int enough = crowd.acknowledged() + reports;
    Until.holds(() -> crowd.acknowledged() > enough);
    disk.cut(program);
    crowd.disperse();
  }

  private static EmbeddedPostgres postgres(Disk disk, String off) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(disk.path().resolve("postgres"))
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(Duration.ofSeconds(30))
        .setServerConfig("fsync", "fsync".equals(off) ? "off" : "on")
        .setServerConfig("synchronous_commit", "synchronous_commit".equals(off) ? "off" : "on")
        .setServerConfig("full_page_writes", "on")
        .start();
  }

  private static String url(EmbeddedPostgres postgres) {
    return "postgresql://postgres:postgres@127.0.0.1:%d/postgres".formatted(postgres.getPort());
  }
}
