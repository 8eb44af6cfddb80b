package dev.signalbox.adapters.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A line to a server that is cut after some bytes, each time. */
final class CutLine implements AutoCloseable {
  private final ServerSocket listening;
  private final int server;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile int there;
  private final int back;

  /**
   * @param there after how many bytes to the server it is cut
   * @param back after how many bytes of its answers
   */
  CutLine(int server, int there, int back) throws IOException {
    this.server = server;
    this.there = there;
    this.back = back;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::listen);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** How often somebody called. */
  int calls() {
    return calls.get();
  }

  /** From now on all of it gets there. */
  void heal() {
    there = Integer.MAX_VALUE;
  }

  private void listen() {
    try {
      while (true) {
        var near = listening.accept();
        calls.incrementAndGet();
        var far = new Socket(InetAddress.getLoopbackAddress(), server);
        carry(near, far, there);
        carry(far, near, back);
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private static void carry(Socket from, Socket to, int max) {
    Thread.ofVirtual()
        .start(() -> {
          try (from;
              to) {
            carry(from.getInputStream(), to.getOutputStream(), max);
          } catch (IOException e) {
            // It is cut.
          }
        });
  }

  private static void carry(InputStream from, OutputStream to, int max) throws IOException {
    var piece = new byte[8_192];
    int carried = 0;
    for (int count = from.read(piece); count >= 0 && carried < max; count = from.read(piece)) {
      to.write(piece, 0, count);
      carried += count;
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
