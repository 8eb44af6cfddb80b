package dev.signalbox.ops.node;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The HTTP server: one event loop per core, all on one port. */
final class Listener implements AutoCloseable {
  private static final int IDLE_SECONDS = 60;
  private static final int HEADERS_MAX = 16 * 1024;

  private final Vertx vertx;
  private final String deployment;
  private final int port;

  private Listener(Vertx vertx, String deployment, int port) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.port = port;
  }

  int port() {
    return port;
  }

  static Future<Listener> start(Vertx vertx, Supplier<Router> routes, String host, int port) {
    var bound = new AtomicInteger();
    // A negative port is any free one, the same for all loops.
    int wanted = port == 0 ? -1 : port;
    return vertx
        .deployVerticle(
            () -> new Loop(routes, host, wanted, bound),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .map(id -> new Listener(vertx, id, bound.get()));
  }

  /** Stops taking requests. */
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
      vertx
          .createHttpServer(options)
          .requestHandler(routes.get())
          .listen(port, host)
          .onComplete(
              listening -> {
                bound.set(listening.actualPort());
                started.complete();
              },
              started::fail);
    }
  }
}
