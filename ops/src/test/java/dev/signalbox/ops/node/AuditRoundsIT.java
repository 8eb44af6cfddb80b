package dev.signalbox.ops.node;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.signalbox.audit.Auditor;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.ops.settings.AuditSettings;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.Until;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Who stands outside hears of a node as long as its auditor finds nothing. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuditRoundsIT {
  @Test
  void the_heartbeat_is_called_after_clean_rounds_and_after_no_others() throws IOException {
    var beats = new AtomicInteger();
    var outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    outside.createContext(
        "/beat/7",
        exchange -> {
          beats.incrementAndGet();
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    outside.start();
    var heartbeat =
        URI.create("http://127.0.0.1:%d/beat/7".formatted(outside.getAddress().getPort()));
    try (var box = TestBox.open();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var rounds = rounds(box, heartbeat)) {
      box.report(Reports.report("1", TestBox.START).build());
      threads.execute(rounds::run);
      Until.holds(() -> beats.get() > 1);

      // Nobody works the timers of this box.
      box.clock().advance(Duration.ofDays(2));
      Until.holds(() -> last(rounds).late() == 1);
      int heard = beats.get();
      long laps = last(rounds).laps();
      Until.holds(() -> last(rounds).laps() > laps + 1);

      assertThat(beats).hasValueLessThanOrEqualTo(heard + 1);
      box.letTimersHappen();
      Until.holds(() -> beats.get() > heard + 1);
    } finally {
      outside.stop(0);
    }
  }

  private static Auditor.Round last(AuditRounds rounds) {
    return requireNonNull(rounds.last());
  }

  private static AuditRounds rounds(TestBox box, URI heartbeat) {
    var shape = new Auditor.Shape(Duration.ofMinutes(5), 10);
    return new AuditRounds(
        new Auditor(box.postgres().database(), new JournalReader(box.keys()), box.clock(), shape),
        new AuditSettings(Duration.ofMillis(20), shape, heartbeat));
  }
}
