package dev.signalbox.ops.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;

/** What an instance that refuses a whole request has to say. */
public final class Remote {
  private static final int UNAUTHENTICATED = 401;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Remote() {}

  /** In words for whoever asked. */
  public static IllegalStateException refusal(URI url, int status, byte[] body) {
    if (status == UNAUTHENTICATED) {
      return new IllegalStateException(
          "%s does not know this key. Maybe give another with --key-file.".formatted(url));
    }
    var detail = detail(body);
    return new IllegalStateException(
        detail.isEmpty()
            ? "%s answered %d. Maybe it is no signalbox.".formatted(url, status)
            : "%s answered %d: %s".formatted(url, status, detail));
  }

  private static String detail(byte[] body) {
    try {
      return JSON.readTree(body).path("detail").asText();
    } catch (IOException e) {
      return "";
    }
  }
}
