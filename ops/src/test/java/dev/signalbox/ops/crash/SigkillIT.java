package dev.signalbox.ops.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.access.Access;
import dev.signalbox.testkit.Until;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed at random instants while reports pour in, and resolutions are posted. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SigkillIT {
  private static final int ROUNDS = 4;

  /** In so many rounds there are postings; what a killed node left is due again in the last. */
  private static final int POSTING = 3;

  @Test
  void everything_acknowledged_is_there_once_after_a_kill_at_any_instant(@TempDir Path data)
      throws Exception {
    var key = Access.newKey();
    long seed = System.nanoTime();
    var random = new Random(seed);
    var crowd = new Crowd(key, seed);
    var keepers = new Bookkeepers(key);
    for (int round = 0; round < ROUNDS; round++) {
      var program = RunningProgram.start(data, key);
      crowd.report(program.url());
      int enough = crowd.acknowledged() + 20 + random.nextInt(200);
      if (round < POSTING) {
        keepers.settle(program.url());
        int some = keepers.approved() + 5 + random.nextInt(10);
        Until.holds(() -> keepers.approved() > some);
      }
      Until.holds(() -> crowd.acknowledged() > enough);
      program.kill(round % 2 == 1);
      crowd.disperse();
      keepers.disperse();
    }

    var program = RunningProgram.start(data, key);
    keepers.check(program.url());
    var found = crowd.found(program.url(), keepers.reported());
    int status = program.stop();

    crowd.insistOn(found, "SIGKILL, %d rounds".formatted(ROUNDS));
    assertThat(status).isIn(0, 143);
  }
}
