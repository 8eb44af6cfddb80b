package dev.signalbox.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A wire between the program and PostgreSQL that can be cut, and that can lose the answer to a
 * statement: PostgreSQL carries it out, and nobody hears of it.
 */
final class Wire implements AutoCloseable {
  private final ServerSocket ear;
  private final InetSocketAddress server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch lost = new CountDownLatch(1);
  private final AtomicInteger roundTrips = new AtomicInteger();
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile boolean losing;
  private volatile boolean refusing;

  Wire(DatabaseSettings settings) {
    server = new InetSocketAddress(settings.host(), settings.port());
    try {
      ear = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::listen);
  }

  DatabaseSettings through(DatabaseSettings settings) {
    return new DatabaseSettings(
        settings.host(),
        ear.getLocalPort(),
        settings.database(),
        settings.user(),
        settings.password(),
        settings.connections(),
        settings.role(),
        settings.socketTimeout());
  }

  /** Cuts the connection when PostgreSQL answers next: it did what it was told. */
  void loseTheNextAnswer() {
    losing = true;
  }

  boolean hasLostIt() throws InterruptedException {
    return lost.await(10, TimeUnit.SECONDS);
  }

  /** How often something was said after an answer, so far. */
  int roundTrips() {
    return roundTrips.get();
  }

  void cut() {
    refusing = true;
    sockets.forEach(Wire::close);
  }

  void mend() {
    refusing = false;
  }

  private void listen() {
    try {
      while (!ear.isClosed()) {
        var client = ear.accept();
        if (refusing) {
          close(client);
          continue;
        }
        var postgres = new Socket();
        sockets.addAll(List.of(client, postgres));
        postgres.connect(server);
        Thread.ofVirtual().start(() -> carry(client, postgres, true));
        Thread.ofVirtual().start(() -> carry(postgres, client, false));
      }
    } catch (IOException e) {
      cut();
    }
  }

  private void carry(Socket from, Socket to, boolean asking) {
    var buffer = new byte[65_536];
    try {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        if (asked.getAndSet(asking) != asking && asking) {
          roundTrips.incrementAndGet();
        }
        if (!asking && losing) {
          losing = false;
          lost.countDown();
          break;
        }
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      // The other end is gone, which is what the test wanted.
      lost.countDown();
    } finally {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    cut();
    ear.close();
  }
}
