package dev.signalbox.signals;

import dev.signalbox.exceptions.CaseId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What the log lines of this thread belong to, until it is closed: {@code trace_id}, {@code
 * span_id} and {@code case_id}. Scopes may lie within each other; an inner one that does not know
 * an id keeps that of the outer one.
 */
public final class LogScope implements AutoCloseable {
  public static final String TRACE_ID = "trace_id";
  public static final String SPAN_ID = "span_id";
  public static final String CASE_ID = "case_id";

  private final Map<String, @Nullable String> before = new HashMap<>();

  private LogScope() {}

  /**
   * Begins on this thread, and is to be closed on it.
   *
   * @param traceParent the span that the lines are written in
   * @param exception what they are about; null where there is none, or none yet
   */
  public static LogScope of(@Nullable String traceParent, @Nullable CaseId exception) {
    var scope = new LogScope();
    var span = Traces.parse(traceParent);
    if (span != null) {
      scope.put(TRACE_ID, span.getTraceId());
      scope.put(SPAN_ID, span.getSpanId());
    }
    if (exception != null) {
      scope.put(CASE_ID, exception.toString());
    }
    return scope;
  }

  private void put(String name, String value) {
    before.put(name, MDC.get(name));
    MDC.put(name, value);
  }

  @Override
  public void close() {
    before.forEach((name, value) -> {
      if (value == null) {
        MDC.remove(name);
      } else {
        MDC.put(name, value);
      }
    });
  }
}
