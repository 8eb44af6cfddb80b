package dev.signalbox.api.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/** One kept connection, and requests one after the other: as little client as there can be. */
public final class Wire implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;

  /** What was answered. */
  public record Reply(int status, JsonNode body) {}

  public Wire(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asks.
   *
   * @param headers each with its end of line
   */
  public Reply send(String method, String path, String headers, String body) {
    try {
      var bytes = body.getBytes(UTF_8);
      var head =
          "%s %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"
              .formatted(method, path, bytes.length, headers)
              .getBytes(ISO_8859_1);
      var whole = new byte[head.length + bytes.length];
      System.arraycopy(head, 0, whole, 0, head.length);
      System.arraycopy(bytes, 0, whole, head.length, bytes.length);
      socket.getOutputStream().write(whole);
      return reply();
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    }
  }

  private Reply reply() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    for (var header = line(); !header.isEmpty(); header = line()) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    var body = in.readNBytes(length);
    return new Reply(status, length == 0 ? MissingNode.getInstance() : JSON.readTree(body));
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("The server closed the connection.");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
