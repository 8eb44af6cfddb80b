package dev.signalbox.ops.node;

import dev.signalbox.audit.Auditor;
import dev.signalbox.db.Unavailable;
import dev.signalbox.ops.settings.AuditSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the auditor look every few minutes, and calls an outside heartbeat after each round that
 * finds nothing: who stands outside is alarmed by its absence, whatever it is that fails.
 */
final class AuditRounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditRounds.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Auditor auditor;
  private final AuditSettings settings;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Phaser running = new Phaser(1);
  private volatile Auditor.@Nullable Round last;

  AuditRounds(Auditor auditor, AuditSettings settings) {
    this.auditor = auditor;
    this.settings = settings;
  }

  /** What the last round found; null before the first. */
  Auditor.@Nullable Round last() {
    return last;
  }

  void run() {
    running.register();
    try {
      while (!stopping.await(settings.every().toMillis(), TimeUnit.MILLISECONDS)) {
        round();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.arriveAndDeregister();
    }
  }

  private void round() throws InterruptedException {
    try {
      var round = auditor.round();
      last = round;
      if (round.isClean() && settings.heartbeat() != null) {
        beat(settings.heartbeat());
      }
    } catch (Unavailable e) {
      // The next round tries again; readiness tells that the database is away.
    } catch (RuntimeException e) {
      LOG.error("The auditor goes on after a failure.", e);
    }
  }

  /** The address may hold a secret, so it is not logged. */
  private void beat(URI heartbeat) throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(heartbeat).timeout(PATIENCE).GET().build();
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status >= 300) {
        LOG.warn("The heartbeat was answered with {}.", status);
      }
    } catch (IOException e) {
      LOG.warn("The heartbeat could not be called: {}", e.getClass().getSimpleName());
    }
  }

  @Override
  public void close() {
    stopping.countDown();
    running.arriveAndAwaitAdvance();
    http.shutdownNow();
  }
}
