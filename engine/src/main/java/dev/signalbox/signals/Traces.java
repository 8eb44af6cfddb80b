package dev.signalbox.signals;

import dev.signalbox.exceptions.CaseId;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One trace from the report to the answer. Between them lie a commit, perhaps a crash and days, so
 * the parent is carried as the text of W3C Trace Context and not in a thread.
 */
public final class Traces {
  private static final Pattern TRACE_PARENT =
      Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})");

  private final Tracer tracer;

  Traces(Tracer tracer) {
    this.tracer = tracer;
  }

  /**
   * Begins a span.
   *
   * @param name low in variety, e.g. {@code dispatch jira}
   * @param traceParent what it belongs to; null, or not well formed, begins a new trace
   */
  public Active begin(String name, SpanKind kind, @Nullable String traceParent) {
    var parent = Context.root();
    var remote = parse(traceParent);
    if (remote != null) {
      parent = parent.with(Span.wrap(remote));
    }
    return new Active(
        tracer.spanBuilder(name).setParent(parent).setSpanKind(kind).startSpan(), traceParent);
  }

  /**
   * Begins the span of one exception among many that came in one request: it begins a trace of its
   * own, so that the exception can be followed alone, and links to the request.
   *
   * @param request the trace parent of the request
   */
  public Active beginOneOfMany(String name, @Nullable String request) {
    return begin(name, SpanKind.CONSUMER, null).linkedTo(request);
  }

  /** The trace id in a trace parent; null when there is none. */
  public static @Nullable String traceId(@Nullable String traceParent) {
    var context = parse(traceParent);
    return context == null ? null : context.getTraceId();
  }

  static @Nullable SpanContext parse(@Nullable String traceParent) {
    if (traceParent == null) {
      return null;
    }
    var match = TRACE_PARENT.matcher(traceParent);
    return match.matches()
        ? SpanContext.createFromRemoteParent(
            match.group(1),
            match.group(2),
            TraceFlags.fromHex(match.group(3), 0),
            TraceState.getDefault())
        : null;
  }

  /** A span that is running; closing it ends it. */
  public static final class Active implements AutoCloseable {
    private final Span span;
    private final @Nullable String traceParent;

    private Active(Span span, @Nullable String parent) {
      this.span = span;
      var own = span.getSpanContext();
      traceParent = own.isValid() ? text(own) : parent;
    }

    private static String text(SpanContext span) {
      return "00-"
          + span.getTraceId()
          + "-"
          + span.getSpanId()
          + "-"
          + span.getTraceFlags().asHex();
    }

    /** What follows from this span names it as its parent; the parent's own when nobody records. */
    public @Nullable String traceParent() {
      return traceParent;
    }

    /** Log lines on this thread belong to this span, until the scope is closed. */
    public LogScope logging(@Nullable CaseId exception) {
      return LogScope.of(traceParent, exception);
    }

    /** Says that another span has to do with this one, in whatever trace. */
    public Active linkedTo(@Nullable String other) {
      var context = parse(other);
      if (context != null) {
        span.addLink(context);
      }
      return this;
    }

    /** Names the exception it is about. */
    public Active about(CaseId exception) {
      return with("signalbox.case.id", exception.toString());
    }

    /**
     * @param value never personal data
     */
    public Active with(String key, String value) {
      span.setAttribute(key, value);
      return this;
    }

    public Active with(String key, long value) {
      span.setAttribute(key, value);
      return this;
    }

    /**
     * Refused, which is no failure of ours.
     *
     * @param errorType a stable code, e.g. a refusal's
     */
    public void refused(String errorType) {
      span.setAttribute("error.type", errorType);
    }

    /**
     * @param errorType a stable code, e.g. the outcome of an attempt
     */
    public void failed(String errorType) {
      refused(errorType);
      span.setStatus(StatusCode.ERROR);
    }

    @Override
    public void close() {
      span.end();
    }
  }
}
