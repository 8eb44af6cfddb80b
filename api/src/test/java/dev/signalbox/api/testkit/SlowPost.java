package dev.signalbox.api.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request whose body a test sends piece by piece. */
public final class SlowPost {
  private final CompletableFuture<Reply> answer = new CompletableFuture<>();
  private final AtomicBoolean goOn = new AtomicBoolean();
  private final CompletableFuture<Boolean> cutOff = new CompletableFuture<>();
  private final HttpClientRequest request;

  public SlowPost(ApiClient client, Vertx vertx, String path) {
    var opened = new CompletableFuture<HttpClientRequest>();
    vertx.runOnContext(nothing ->
        client
            .open(HttpMethod.POST, path)
            .compose(asked -> {
              if (!client.headers().containsKey("Content-Length")) {
                asked.setChunked(true);
              }
              asked.continueHandler(told -> goOn.set(true));
              asked.connection().closeHandler(closed -> cutOff.complete(true));
              asked.sendHead().onComplete(sent -> opened.complete(asked));
              return asked.response();
            })
            .compose(got -> client.reply(HttpMethod.POST, path, got))
            .onComplete(answer::complete, answer::completeExceptionally));
    request = ApiClient.await(opened);
  }

  /** Sends bytes; whether they still arrive is for the server to say. */
  public void sends(String text) {
    request.write(text);
  }

  public void ends() {
    request.end();
  }

  public void breaksOff() {
    ApiClient.await(request.connection().close().toCompletionStage().toCompletableFuture());
  }

  public Reply answer() {
    return ApiClient.await(answer);
  }

  public boolean isToldToGoOn() {
    return goOn.get();
  }

  /** Waits until the server closes the connection. */
  public boolean isCutOff() {
    return ApiClient.await(cutOff);
  }
}
