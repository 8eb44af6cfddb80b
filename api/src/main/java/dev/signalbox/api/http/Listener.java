package dev.signalbox.api.http;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The HTTP server: one event loop per core, all on one port. */
public final class Listener implements AutoCloseable {
  private static final int IDLE_SECONDS = 60;
  private static final int HEADERS_MAX = 16 * 1024;
  private static final int FINISH_SECONDS = 20;

  private final Vertx vertx;
  private final String deployment;
  private final int port;

  private Listener(Vertx vertx, String deployment, int port) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.port = port;
  }

  /**
   * Starts to take requests.
   *
   * @param port 0 for any that is free
   */
  public static Future<Listener> start(Vertx vertx, Collaborators with, String host, int port) {
    return Contract.load(vertx)
        .compose(contract -> start(vertx, () -> HttpApi.router(vertx, contract, with), host, port));
  }

  private static Future<Listener> start(
      Vertx vertx, Supplier<Router> routes, String host, int port) {
    var bound = new AtomicInteger();
    // A negative port is any free one, the same for all loops.
    int wanted = port == 0 ? -1 : port;
    return vertx
        .deployVerticle(
            () -> new Loop(routes, host, wanted, bound),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .map(id -> new Listener(vertx, id, bound.get()));
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Takes no more requests, and answers those that are under way within a bound. */
  @Override
  public void close() {
    vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
  }

  /** One event loop. */
  private static final class Loop extends AbstractVerticle {
    private final Supplier<Router> routes;
    private final String host;
    private final int port;
    private final AtomicInteger bound;
    private @Nullable HttpServer server;

    Loop(Supplier<Router> routes, String host, int port, AtomicInteger bound) {
      this.routes = routes;
      this.host = host;
      this.port = port;
      this.bound = bound;
    }

    @Override
    public void start(Promise<Void> started) {
      var options =
          new HttpServerOptions()
              .setIdleTimeout(IDLE_SECONDS)
              .setIdleTimeoutUnit(TimeUnit.SECONDS)
              .setMaxHeaderSize(HEADERS_MAX)
              .setCompressionSupported(false);
      var opening = vertx.createHttpServer(options).requestHandler(routes.get());
      server = opening;
      opening
          .listen(port, host)
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
        closing.shutdown(FINISH_SECONDS, TimeUnit.SECONDS).onComplete(stopped);
      }
    }
  }
}
