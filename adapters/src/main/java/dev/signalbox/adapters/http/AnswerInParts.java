package dev.signalbox.adapters.http;

import dev.signalbox.adapters.http.HttpOutcome.Answered;
import dev.signalbox.adapters.http.HttpOutcome.Unanswered;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it arrives. Once its status is there, the answer counts, though its body never ends:
 * the outside system has spoken.
 */
final class AnswerInParts {
  private volatile @Nullable Answered head;

  /** Runs on the event loop as soon as the head is there, before any of the body. */
  Future<Answered> read(HttpClientResponse response) {
    var headers = headers(response);
    var status = new Answered(response.statusCode(), headers, "", true);
    head = status;
    var whole = Promise.<Answered>promise();
    var body = Buffer.buffer();
    response.handler(part -> {
      int room = HttpCaller.ANSWER_BYTES_MAX - body.length();
      body.appendBuffer(part.length() > room ? part.slice(0, room) : part);
      if (part.length() > room) {
        whole.tryComplete(new Answered(status.status(), headers, text(body), true));
        response.request().reset();
      }
    });
    response.endHandler(
        end -> whole.tryComplete(new Answered(status.status(), headers, text(body), false)));
    response.exceptionHandler(
        broken -> whole.tryComplete(new Answered(status.status(), headers, text(body), true)));
    return whole.future();
  }

  /** What is known when no more will come. */
  HttpOutcome soFar(String reason) {
    var answered = head;
    return answered == null ? new Unanswered(reason) : answered;
  }

  private static String text(Buffer body) {
    return body.toString(StandardCharsets.UTF_8);
  }

  private static Map<String, String> headers(HttpClientResponse response) {
    var headers = new LinkedHashMap<String, String>();
    response
        .headers()
        .forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    return headers;
  }
}
