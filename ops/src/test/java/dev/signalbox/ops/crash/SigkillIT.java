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

/** The process is killed at random instants while reports pour in. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SigkillIT {
  private static final int ROUNDS = 4;

  @Test
  void everything_acknowledged_is_there_once_after_a_kill_at_any_instant(@TempDir Path data)
      throws Exception {
    var key = Access.newKey();
    long seed = System.nanoTime();
    var random = new Random(seed);
    var crowd = new Crowd(key, seed);
    for (int round = 0; round < ROUNDS; round++) {
      var program = RunningProgram.start(data, key);
      crowd.report(program.url());
      int enough = crowd.acknowledged() + 20 + random.nextInt(200);
      Until.holds(() -> crowd.acknowledged() > enough);
      program.kill(round % 2 == 1);
      crowd.disperse();
    }

    var program = RunningProgram.start(data, key);
    var found = crowd.found(program.url());
    int status = program.stop();

    crowd.insistOn(found, "SIGKILL, %d rounds".formatted(ROUNDS));
    assertThat(status).isIn(0, 143);
  }
}
