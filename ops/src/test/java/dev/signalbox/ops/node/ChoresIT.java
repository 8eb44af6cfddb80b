package dev.signalbox.ops.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.desk.OnceKey;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.desk.StormGuard;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.signals.Signals;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a node tidies up now and then. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChoresIT {
  private static final Sha256 HASH = Sha256.of(new byte[32]);

  @Test
  void answers_are_remembered_for_a_day_and_then_all_are_forgotten_at_once() {
    try (var box = TestBox.open()) {
      var first = answered(box, "old-", 1_500);
      box.clock().advance(Duration.ofHours(23));
      answered(box, "young-", 10);

      Chores.forgetAnswers(box.postgres().database(), box.clock().instant());
      assertThat(count(box, "once")).as("a day is not over").isEqualTo(1_510);
      assertThat(box.desk().handle(first)).isInstanceOf(Receipt.Done.class);

      box.clock().advance(Duration.ofHours(2));
      Chores.forgetAnswers(box.postgres().database(), box.clock().instant());
      assertThat(count(box, "once")).as("more than fit into one transaction").isEqualTo(10);
    }
  }

  private static Request answered(TestBox box, String prefix, int requests) {
    var all =
        IntStream.range(0, requests)
            .mapToObj(i ->
                Request.report(
                        Reports.report(prefix + i, box.clock().instant()).build(),
                        box.clock().instant(),
                        TestBox.SOURCE,
                        null)
                    .once(new OnceKey("admin /v1/exceptions", prefix + i, HASH)))
            .toList();
    for (int i = 0; i < all.size(); i += 200) {
      box.desk().handle(all.subList(i, Math.min(i + 200, all.size())));
    }
    return all.getFirst();
  }

  @Test
  void tallies_of_storms_are_forgotten_when_no_window_reaches_them() {
    var hour = Duration.ofHours(1);
    var guard = new StormGuard(Map.of("default", new StormGuard.Cap(5, hour)));
    try (var box = TestBox.telling(Signals.none(), guard)) {
      for (int i = 0; i < 4; i++) {
        box.report(Reports.report("tally-" + i, box.clock().instant()).build());
        box.clock().advance(Duration.ofMinutes(40));
      }
      assertThat(count(box, "storm_tally")).isEqualTo(4);
      Chores.forgetTallies(box.postgres().database(), box.clock().instant(), hour);
      assertThat(count(box, "storm_tally")).as("two hours are kept").isEqualTo(3);
    }
  }

  @Test
  void chores_take_a_twentieth_of_the_time_at_most() {
    assertThat(Chores.pauseAfter(Duration.ofMillis(10))).isEqualTo(Duration.ofSeconds(5));
    assertThat(Chores.pauseAfter(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(40));
  }

  private static long count(TestBox box, String table) {
    return box.postgres()
        .asOwner()
        .read(tx -> tx.query("SELECT count(*) AS count FROM " + table))
        .getFirst()
        .int64("count");
  }
}
