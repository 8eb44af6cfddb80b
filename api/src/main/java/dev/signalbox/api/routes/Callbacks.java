package dev.signalbox.api.routes;

import dev.signalbox.api.http.Collaborators;
import dev.signalbox.desk.CaseTable;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import io.opentelemetry.api.trace.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * Hands answers from outside to the desk, in the trace that began with the report: the sender's
 * request knows nothing of it, so the trace is taken from the case, and the request is linked.
 */
final class Callbacks {
  private final Collaborators with;

  Callbacks(Collaborators with) {
    this.with = with;
  }

  /**
   * Hands over.
   *
   * @param from the target, or how else the answer came; few values
   * @param carrier the request that brought it
   */
  Receipt take(Request callback, String from, @Nullable String carrier) {
    var stored = with.database().read(tx -> CaseTable.find(tx, callback.id()));
    var report = stored == null ? null : stored.traceParent();
    try (var span =
            with.signals()
                .traces()
                .begin("callback " + from, SpanKind.CONSUMER, report != null ? report : carrier)
                .linkedTo(carrier)
                .about(callback.id());
        var _ = span.logging(callback.id())) {
      var receipt = with.desk().handle(callback.tracedBy(span.traceParent()));
      if (receipt instanceof Receipt.Refused refused) {
        span.refused(refused.refusal().code());
      }
      return receipt;
    }
  }
}
