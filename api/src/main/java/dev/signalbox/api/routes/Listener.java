package dev.signalbox.api.routes;

import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Contract;
import dev.signalbox.api.http.Limits;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The HTTP server: one event loop per core, all on one port. */
public final class Listener implements AutoCloseable {
  private static final int HEADERS_MAX = 16 * 1024;

  private final Vertx vertx;
  private final String deployment;
  private final int port;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Listener(Vertx vertx, String deployment, int port) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.port = port;
  }

  /** Reads the contract, which takes a while that other parts may use to start. */
  public static Future<OpenAPIContract> contract(Vertx vertx) {
    return Contract.load(vertx);
  }

  /**
   * Starts to take requests.
   *
   * @param contract as {@link #contract} gives it
   * @param place host and port; the port 0 for any that is free
   */
  public static Future<Listener> start(
      Vertx vertx,
      Future<OpenAPIContract> contract,
      Collaborators with,
      SocketAddress place,
      Limits limits) {
    var bound = new AtomicInteger();
    return contract
        .compose(read ->
            vertx.deployVerticle(
                () ->
                    new Loop(() -> HttpApi.router(vertx, read, with, limits), place, limits, bound),
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors())))
        .map(id -> new Listener(vertx, id, bound.get()));
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Takes no more requests, and answers those that are under way; safe to call again. */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
    }
  }

  /** One event loop. */
  private static final class Loop extends AbstractVerticle {
    private final Supplier<Router> routes;
    private final SocketAddress place;
    private final Limits limits;
    private final AtomicInteger bound;
    private @Nullable HttpServer server;

    Loop(Supplier<Router> routes, SocketAddress place, Limits limits, AtomicInteger bound) {
      this.routes = routes;
      this.place = place;
      this.limits = limits;
      this.bound = bound;
    }

    @Override
    public void start(Promise<Void> started) {
      var options =
          new HttpServerOptions()
              .setIdleTimeout(Math.toIntExact(limits.idle().toMillis()))
              .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
              .setHttp2ClearTextEnabled(false)
              .setMaxHeaderSize(HEADERS_MAX)
              .setCompressionSupported(false);
      var opening = vertx.createHttpServer(options).requestHandler(routes.get());
      server = opening;
      opening
          // A negative port is any free one, the same for all loops.
          .listen(place.port() == 0 ? -1 : place.port(), place.host())
          .onComplete(
              listening -> {
                bound.set(listening.actualPort());
                started.complete();
              },
              started::fail);
    }

    @Override
    public void stop(Promise<Void> stopped) {
      var closing = server;
      if (closing == null) {
        stopped.complete();
      } else {
        closing.shutdown(limits.finish().toMillis(), TimeUnit.MILLISECONDS).onComplete(stopped);
      }
    }
  }
}
