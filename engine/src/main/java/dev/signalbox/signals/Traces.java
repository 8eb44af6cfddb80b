package dev.signalbox.signals;

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

  /** The trace id in a trace parent; null when there is none. */
  public static @Nullable String traceId(@Nullable String traceParent) {
    var context = parse(traceParent);
    return context == null ? null : context.getTraceId();
  }

  private static @Nullable SpanContext parse(@Nullable String traceParent) {
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
    private final @Nullable String parent;

    private Active(Span span, @Nullable String parent) {
      this.span = span;
      this.parent = parent;
    }

    /** What follows from this span names it as its parent; the parent's own when nobody records. */
    public @Nullable String traceParent() {
      var context = span.getSpanContext();
      return context.isValid()
          ? "00-%s-%s-%s"
              .formatted(context.getTraceId(), context.getSpanId(), context.getTraceFlags().asHex())
          : parent;
    }

    /**
     * @param value never personal data
     */
    public Active with(String key, String value) {
      span.setAttribute(key, value);
      return this;
    }

    /**
     * @param errorType a stable code, e.g. a refusal's
     */
    public void failed(String errorType) {
      span.setAttribute("error.type", errorType);
      span.setStatus(StatusCode.ERROR);
    }

    @Override
    public void close() {
      span.end();
    }
  }
}
