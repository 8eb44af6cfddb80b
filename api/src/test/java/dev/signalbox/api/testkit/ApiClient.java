package dev.signalbox.api.testkit;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Speaks HTTP with the server; every answer is held against the contract before anyone sees it.
 *
 * @param headers sent with every request
 */
public record ApiClient(
    Vertx vertx, HttpClient http, int port, ContractCheck contract, Map<String, String> headers) {
  private static final int PATIENCE_SECONDS = 60;

  public ApiClient {
    headers = Map.copyOf(headers);
  }

  public ApiClient with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiClient(vertx, http, port, contract, more);
  }

  public ApiClient without(String name) {
    var fewer = new LinkedHashMap<>(headers);
    fewer.remove(name);
    return new ApiClient(vertx, http, port, contract, fewer);
  }

  public Reply get(String path) {
    return send(HttpMethod.GET, path, new byte[0]);
  }

  public Reply post(String path, String body) {
    return send(HttpMethod.POST, path, body.getBytes(StandardCharsets.UTF_8));
  }

  public Reply post(String path, byte[] body) {
    return send(HttpMethod.POST, path, body);
  }

  public Reply send(HttpMethod method, String path, byte[] body) {
    return await(sending(method, path, body));
  }

  /** Sends, and does not wait for the answer. */
  public CompletableFuture<Reply> sending(HttpMethod method, String path, byte[] body) {
    var coming = new CompletableFuture<Reply>();
    // On one event loop from the beginning: what comes before somebody listens would be lost.
    vertx.runOnContext(nothing ->
        open(method, path)
            .compose(request -> request.send(Buffer.buffer(body)))
            .compose(response -> reply(method, path, response))
            .onComplete(coming::complete, coming::completeExceptionally));
    return coming;
  }

  /** Opens a request whose body the test sends as it likes. */
  public Future<HttpClientRequest> open(HttpMethod method, String path) {
    var options =
        new RequestOptions().setHost("127.0.0.1").setPort(port).setMethod(method).setURI(path);
    return http.request(options)
        .onSuccess(request -> headers.forEach((name, value) -> request.putHeader(name, value)));
  }

  /** The whole answer, when it is complete. */
  public Future<Reply> reply(HttpMethod method, String path, HttpClientResponse response) {
    return response
        .body()
        .map(body -> {
          var reply =
              new Reply(
                  method + " " + path,
                  response.statusCode(),
                  lower(response.headers()),
                  body.toString(StandardCharsets.UTF_8));
          contract.check(method.name(), path, reply);
          return reply;
        });
  }

  public static <T> T await(CompletableFuture<T> coming) {
    try {
      return coming.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError failed) {
        throw failed;
      }
      throw new AssertionError("The request failed.", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("No answer within " + PATIENCE_SECONDS + " s.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted.", e);
    }
  }

  private static Map<String, String> lower(MultiMap headers) {
    var lower = new LinkedHashMap<String, String>();
    headers.forEach(
        header -> lower.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    return lower;
  }
}
