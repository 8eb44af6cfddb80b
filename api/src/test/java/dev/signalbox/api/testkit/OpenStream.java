package dev.signalbox.api.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A stream of reports that a test sends piece by piece, and whose answers it reads one by one. */
public final class OpenStream {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PATIENCE_SECONDS = 60;

  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private final HttpClientRequest request;
  private final HttpClientResponse response;

  public OpenStream(ApiClient client, Vertx vertx) {
    var opened = new CompletableFuture<HttpClientRequest>();
    var answered = new CompletableFuture<HttpClientResponse>();
    vertx.runOnContext(nothing ->
        client
            .with("Content-Type", "application/x-ndjson")
            .open(HttpMethod.POST, Person.CASES)
            .compose(asked -> {
              opened.complete(asked);
              asked.setChunked(true).exceptionHandler(e -> ended.completeExceptionally(e));
              asked.sendHead();
              return asked.response();
            })
            .compose(got -> {
              var lines = RecordParser.newDelimited("\n", line -> answers.add(line.toString()));
              got.handler(lines)
                  .exceptionHandler(e -> ended.completeExceptionally(e))
                  .endHandler(end -> ended.complete(null));
              answered.complete(got);
              return Future.succeededFuture();
            })
            .onFailure(answered::completeExceptionally));
    request = ApiClient.await(opened);
    response = ApiClient.await(answered);
    assertThat(response.statusCode()).isEqualTo(200);
  }

  /** Sends bytes, and waits until they are on the wire. */
  public void sends(String text) {
    ApiClient.await(request.write(text).toCompletionStage().toCompletableFuture());
  }

  /** Sends bytes, and does not wait. */
  public Future<Void> sending(String text) {
    return request.write(text);
  }

  public void ends() {
    ApiClient.await(request.end().toCompletionStage().toCompletableFuture());
  }

  public void breaksOff() {
    ApiClient.await(request.connection().close().toCompletionStage().toCompletableFuture());
  }

  /** Stops to read the answers. */
  public void looksAway() {
    response.pause();
  }

  public void looksBack() {
    response.resume();
  }

  public JsonNode nextAnswer() {
    try {
      var line = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("No answer within " + PATIENCE_SECONDS + " s.");
      }
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted.", e);
    }
  }

  /** Waits for the end: whether it is a proper one. */
  public boolean isAnswered() {
    return ended
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .handle((nothing, failure) -> failure == null)
        .join();
  }
}
