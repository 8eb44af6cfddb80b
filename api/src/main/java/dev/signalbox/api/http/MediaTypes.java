package dev.signalbox.api.http;

import dev.signalbox.api.problems.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a body is said to be. */
public final class MediaTypes {

  private MediaTypes() {}

  public static boolean isJson(HttpServerRequest request) {
    return of(request).equals("application/json");
  }

  public static boolean isStream(HttpServerRequest request) {
    var type = of(request);
    return type.equals("application/x-ndjson") || type.equals("application/ndjson");
  }

  /** Without its parameters; empty when the request names none. */
  private static String of(HttpServerRequest request) {
    var type = request.getHeader("Content-Type");
    if (type == null) {
      return "";
    }
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /** The problem of a body that is not sent as it is; null when there is none. */
  public static @Nullable Problem encoded(HttpServerRequest request) {
    var encoding = request.getHeader("Content-Encoding");
    return encoding == null || encoding.equalsIgnoreCase("identity")
        ? null
        : Problem.of(
            415,
            "ENCODING",
            "Not an encoding that is taken.",
            "A body comes as it is, not in the encoding \"%s\".".formatted(encoding));
  }

  /**
   * The problem of a body that is nothing of what is taken.
   *
   * @param taken the beginning of a sentence that says what is
   */
  public static Problem notTaken(HttpServerRequest request, String taken) {
    var type = request.getHeader("Content-Type");
    return Problem.of(
        415,
        "MEDIA_TYPE",
        "Not a media type that is taken.",
        type == null
            ? taken + "; the request names no Content-Type."
            : "%s, not \"%s\".".formatted(taken, type));
  }
}
