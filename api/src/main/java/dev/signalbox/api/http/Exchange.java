package dev.signalbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.access.Caller;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.db.Unavailable;
import dev.signalbox.desk.Effect;
import dev.signalbox.desk.OnceKey;
import dev.signalbox.desk.Receipt;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.intake.Overloaded;
import dev.signalbox.signals.Signals;
import dev.signalbox.signals.Traces;
import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer, with the span around them. Answers may be given on any thread. */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private final RoutingContext routing;
  private final Signals signals;
  private final Traces.Active span;
  private final String route;
  private final long began = System.nanoTime();
  private @Nullable Caller caller;
  private volatile @Nullable CaseId exception;
  private volatile @Nullable String problemCode;

  Exchange(RoutingContext routing, Signals signals, String route) {
    this.routing = routing;
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
  void concerns(CaseId id) {
    exception = id;
    span.about(id);
  }

  /** Takes a step of the request: what is logged meanwhile carries its ids. */
  void step(Runnable step) {
    try (var _ = span.logging(exception)) {
      step.run();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  HttpServerRequest request() {
    return routing.request();
  }

  RoutingContext routing() {
    return routing;
  }

  void calledBy(Caller someone) {
    caller = someone;
  }

  Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("Nobody was authenticated for " + route + ".");
    }
    return caller;
  }

  @Nullable String traceParent() {
    return span.traceParent();
  }

  /**
   * The id in the path.
   *
   * @throws IllegalArgumentException when it is no UUID
   */
  UUID pathId(String name) {
    var text = pathText(name);
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"%s\" is not a UUID.".formatted(text), e);
    }
  }

  String pathText(String name) {
    var text = routing.pathParam(name);
    return text == null ? "" : text;
  }

  CaseId caseId() {
    var id = new CaseId(pathId("id"));
    concerns(id);
    return id;
  }

  @Nullable String idempotencyKey() {
    var key = request().getHeader("Idempotency-Key");
    return key != null ? key : request().getHeader("X-Idempotency-Key");
  }

  /** The key under which this request takes effect once; null when the caller gave none. */
  @Nullable OnceKey once(byte[] body) {
    var key = idempotencyKey();
    return key == null
        ? null
        : new OnceKey(caller().name() + " " + request().path(), key, digest(body));
  }

  /**
   * The version the caller saw.
   *
   * @throws IllegalArgumentException when the header is not an ETag of ours
   */
  @Nullable Long ifMatch() {
    var header = request().getHeader("If-Match");
    if (header == null || header.equals("*")) {
      return null;
    }
    var text = header.replace("\"", "").strip();
    if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(Character::isDigit)) {
      throw new IllegalArgumentException(
          "The header If-Match is a version like \"3\" in quotes, not %s.".formatted(header));
    }
    return Long.valueOf(text);
  }

  void json(int status, JsonNode body) {
    send(status, "application/json", Buffer.buffer(body.toString()));
  }

  void problem(Problem problem) {
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

  void send(int status, String type, Buffer body) {
    routing
        .vertx()
        .runOnContext(nothing -> {
          var response = routing.response();
          if (!response.ended() && !response.closed()) {
            response.setStatusCode(status).putHeader("Content-Type", type).end(body);
          }
        });
  }

  /** Answers for a case. */
  void receipt(Receipt receipt) {
    switch (receipt) {
      case Receipt.Done done -> {
        routing.response().putHeader("ETag", "\"" + done.state().version() + "\"");
        boolean recorded = done.effect() == Effect.RECORDED;
        if (recorded) {
          routing.response().putHeader("Location", "/v1/exceptions/" + done.state().id());
        }
        json(recorded ? 201 : 200, CaseView.of(done));
      }
      case Receipt.Refused refused -> problem(Problem.of(refused.refusal()));
      case Receipt.HeldBack held -> problem(Answers.heldBack(held));
      case Receipt.LeaseLost lost -> throw new IllegalStateException("A caller has no lease.");
    }
  }

  /** Answers for what went wrong, without a word of its inside. */
  void failed(Throwable failure) {
    switch (failure) {
      case Unavailable away ->
          problem(
              Problem.unavailable(
                  away.outcomeUnknown()
                      ? "The database did not answer in time; whether this was stored is unknown."
                          + " It is safe to repeat."
                      : "The database is not available; nothing was stored. It is safe to repeat."));
      case Overloaded many -> problem(Problem.unavailable(String.valueOf(many.getMessage())));
      case IllegalArgumentException invalid ->
          problem(
              Problem.of(
                  400,
                  "INVALID",
                  "The request is not valid.",
                  String.valueOf(invalid.getMessage())));
      default -> {
        try (var _ = span.logging(exception)) {
          LOG.error("A request failed: {} {}", method(), route, failure);
        }
        problem(
            Problem.of(
                500,
                "FAILED",
                "Something went wrong here.",
                "The request could not be handled; the log has the cause."));
      }
    }
  }

  static Sha256 digest(byte[] body) {
    try {
      return Sha256.of(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256; this one does not.", e);
    }
  }
}
