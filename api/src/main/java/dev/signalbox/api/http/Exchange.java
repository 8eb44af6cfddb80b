package dev.signalbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.access.Caller;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.api.views.CaseView;
import dev.signalbox.desk.Effect;
import dev.signalbox.desk.OnceKey;
import dev.signalbox.desk.Receipt;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.outside.StoreAway;
import dev.signalbox.signals.Signals;
import dev.signalbox.signals.Traces;
import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer, with the span around them. Answers may be given on any thread. */
public final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  /**
   * How long a caller may go on sending what nobody wants any more, to read the answer in peace.
   */
  private static final long LINGER_MILLIS = 3_000;

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private final RoutingContext routing;
  private final Context loop;
  private final Signals signals;
  private final Traces.Active span;
  private final String route;
  private final long began = System.nanoTime();
  private Runnable atEnd = () -> {};
  private boolean over;
  private @Nullable Caller caller;
  private volatile @Nullable CaseId exception;
  private volatile @Nullable String problemCode;

  /** Begins; on the event loop of the request. */
  public Exchange(RoutingContext routing, Signals signals, String route) {
    this.routing = routing;
    this.loop = routing.vertx().getOrCreateContext();
    this.signals = signals;
    this.route = route;
    span =
        signals
            .traces()
            .begin(
                method() + " " + route, SpanKind.SERVER, routing.request().getHeader("traceparent"))
            .with("http.request.method", method())
            .with("http.route", route);
    routing.addEndHandler(answeredOrGone -> ended());
  }

  private void ended() {
    if (over) {
      return;
    }
    over = true;
    atEnd.run();
    int status = routing.response().getStatusCode();
    var took = Duration.ofNanos(System.nanoTime() - began);
    try (var _ = span.logging(exception)) {
      LOG.info("{} {}: {} in {} ms", method(), route, status, took.toMillis());
    }
    span.with("http.response.status_code", status).close();
    signals.requested(method(), route, status, problemCode, took);
  }

  /** A caller may invent methods; what counts and names spans has few values. */
  private String method() {
    var name = routing.request().method().name();
    return METHODS.contains(name) ? name : "_OTHER";
  }

  /** Says which exception the request is about. */
  public void concerns(CaseId id) {
    exception = id;
    span.about(id);
  }

  /** Takes a step of the request: its failure is answered, and what it logs carries its ids. */
  public void step(Runnable step) {
    try (var _ = span.logging(exception)) {
      step.run();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** Runs when all is answered, or the caller has gone; on the event loop. */
  public void atEnd(Runnable then) {
    var before = atEnd;
    atEnd =
        () -> {
          before.run();
          then.run();
        };
  }

  public HttpServerRequest request() {
    return routing.request();
  }

  public RoutingContext routing() {
    return routing;
  }

  void calledBy(Caller someone) {
    caller = someone;
  }

  public Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("Nobody was authenticated for " + route + ".");
    }
    return caller;
  }

  public @Nullable String traceParent() {
    return span.traceParent();
  }

  /**
   * The id in the path.
   *
   * @throws IllegalArgumentException when it is no UUID
   */
  public UUID pathId(String name) {
    var text = pathText(name);
    try {
      var id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(noId(text), e);
    }
    throw new IllegalArgumentException(noId(text));
  }

  private static String noId(String text) {
    return "\"%s\" is not a UUID.".formatted(text);
  }

  public String pathText(String name) {
    var text = routing.pathParam(name);
    return text == null ? "" : text;
  }

  public CaseId caseId() {
    var id = new CaseId(pathId("id"));
    concerns(id);
    return id;
  }

  /** What the request depends on, said in its headers. */
  public Conditions conditions() {
    return new Conditions(request());
  }

  /** The key under which this request takes effect once; null when the caller gave none. */
  public @Nullable OnceKey once(byte[] body) {
    var key = conditions().idempotencyKey();
    return key == null ? null : OnceKeys.whole(caller(), request().path(), key, body);
  }

  /** The key under which a line of a stream takes effect once. */
  public @Nullable OnceKey once(long line, byte[] text) {
    var key = conditions().idempotencyKey();
    return key == null ? null : OnceKeys.line(caller(), request().path(), key, line, text);
  }

  /** Runs a step on the event loop of the request. */
  public void onLoop(Runnable step) {
    if (Vertx.currentContext() == loop) {
      step.run();
    } else {
      loop.runOnContext(nothing -> step.run());
    }
  }

  public void json(int status, JsonNode body) {
    if (PeerStatuses.areAskedFor(request())) {
      PeerStatuses.fold(body);
    }
    send(status, "application/json", Buffer.buffer(body.toString()));
  }

  /** Answers without a body. */
  public void empty(int status) {
    onLoop(() -> {
      var response = routing.response();
      if (!response.headWritten() && !response.closed()) {
        response.setStatusCode(status).end();
        letTheRestGoBy();
      }
    });
  }

  public void problem(Problem problem) {
    problemCode = problem.code();
    if (problem.status() < 500) {
      span.refused(problem.code());
    } else {
      span.failed(problem.code());
    }
    if (problem.retryAfterSeconds() != null) {
      routing.response().putHeader("Retry-After", problem.retryAfterSeconds().toString());
    }
    send(
        problem.status(),
        Problem.MEDIA_TYPE,
        Buffer.buffer(problem.json(request().path()).toString()));
  }

  public void send(int status, String type, Buffer body) {
    onLoop(() -> {
      var response = routing.response();
      if (response.headWritten()) {
        // Half an answer is out already; only a broken connection tells that the rest is missing.
        if (!response.ended()) {
          request().connection().close();
        }
        return;
      }
      if (!response.closed()) {
        response.setStatusCode(status).putHeader("Content-Type", type);
        if (HttpMethod.HEAD.equals(request().method())) {
          response.putHeader("Content-Length", Integer.toString(body.length())).end();
        } else {
          response.end(body);
        }
        letTheRestGoBy();
      }
    });
  }

  /** What is still to come of the request is not kept; the connection is for the next one then. */
  public void letTheRestGoBy() {
    var request = request();
    if (!request.isEnded()) {
      request.handler(chunk -> {});
      request.resume();
      routing
          .vertx()
          .setTimer(
              LINGER_MILLIS,
              timer -> {
                if (!request.isEnded()) {
                  request.connection().close();
                }
              });
    }
  }

  /** Tells a caller who asks first that the body is welcome. */
  public void goOn() {
    if (request().headers().contains("Expect", "100-continue", true)) {
      routing.response().writeContinue();
    }
  }

  /** Answers for a case. */
  public void receipt(Receipt receipt) {
    switch (receipt) {
      case Receipt.Done done -> {
        tag(done.state());
        boolean recorded = done.effect() == Effect.RECORDED;
        if (recorded) {
          routing.response().putHeader("Location", "/v1/exceptions/" + done.state().id());
        }
        json(recorded ? 201 : 200, CaseView.of(done));
      }
      case Receipt.Refused(var refusal, var state) -> {
        var problem = Problem.of(refusal);
        if (problem.status() == 412 && state != null) {
          tag(state);
        }
        problem(problem);
      }
      case Receipt.HeldBack held -> problem(Answers.heldBack(held));
      case Receipt.LeaseLost lost -> throw new IllegalStateException("A caller has no lease.");
    }
  }

  /** Says which version the answer is about. */
  public void tag(ExceptionCase state) {
    tag(state.version());
  }

  public void tag(long version) {
    routing.response().putHeader("ETag", "\"" + version + "\"");
  }

  /** Answers for what went wrong, without a word of its inside. */
  public void failed(Throwable failure) {
    var problem = FailureProblems.of(failure);
    try (var _ = span.logging(exception)) {
      if (problem.status() == 500) {
        LOG.error("A request failed: {} {}", method(), route, failure);
      } else if (failure instanceof StoreAway) {
        LOG.warn("{}", failure.getMessage());
      }
    }
    problem(problem);
  }
}
