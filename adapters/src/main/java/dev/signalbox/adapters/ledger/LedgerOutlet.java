package dev.signalbox.adapters.ledger;

import dev.signalbox.adapters.http.HttpCall;
import dev.signalbox.adapters.http.HttpCaller;
import dev.signalbox.adapters.http.HttpOutcome;
import dev.signalbox.adapters.http.HttpOutcome.Answered;
import dev.signalbox.adapters.http.OutsideJson;
import dev.signalbox.adapters.http.Statuses;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks a ledger over HTTP. Every attempt carries the same {@code Idempotency-Key} and the same
 * body, so an unknown outcome is settled by sending it again: the ledger answers what it answered
 * first, or 409 with the {@code reference} of what it posted.
 */
public final class LedgerOutlet implements Outlet {
  private static final String WHO = "The ledger";
  private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}(-[0-9a-f]+){3}");
  private static final int REFERENCE_MAX = 200;
  private static final int CONFLICT = 409;

  /** What a ledger says that has read the posting; others may come from what stands before it. */
  private static final Set<Integer> OF_THE_LEDGER = Set.of(400, 422);

  private final LedgerSettings settings;
  private final HttpCaller http;
  private final InstantSource clock;

  public LedgerOutlet(LedgerSettings settings, HttpCaller http, InstantSource clock) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
  }

  @Override
  public Attempt attempt(Dispatch dispatch, Instant deadline) {
    return switch (dispatch.order()) {
      case null ->
          new Attempt.RejectedByTarget("The ledger takes postings and holds, not exceptions.");
      case LedgerOrder.Post(var posting) ->
          posted(
              dispatch,
              call(dispatch, "/postings", LedgerMessage.posting(dispatch, posting), deadline));
      case LedgerOrder.Hold hold ->
          told(call(dispatch, "/holds", LedgerMessage.hold(dispatch, hold), deadline));
      case LedgerOrder.Release release ->
          told(call(dispatch, "/holds", LedgerMessage.release(dispatch, release), deadline));
    };
  }

  private HttpOutcome call(Dispatch dispatch, String path, String body, Instant deadline) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "application/json");
    headers.put("user-agent", "Signalbox");
    headers.put("authorization", "Bearer " + settings.token().reveal());
    headers.put("idempotency-key", dispatch.id().toString());
    var traceParent = dispatch.traceParent();
    if (traceParent != null && TRACE_PARENT.matcher(traceParent).matches()) {
      headers.put("traceparent", traceParent);
    }
    return http.call(
        new HttpCall(settings.at(path), headers, body),
        settings.egress(),
        HttpCaller.patience(clock.instant(), deadline, settings.timeout()));
  }

  private Attempt posted(Dispatch dispatch, HttpOutcome outcome) {
    if (outcome instanceof Answered answered
        && (answered.isSuccess() || answered.status() == CONFLICT)) {
      var reference = reference(answered);
      if (reference != null) {
        return new Attempt.Delivered(reference, !answered.isSuccess());
      }
      if (answered.isSuccess()) {
        return new Attempt.Unknown(
            "%s answered %d without a reference.".formatted(WHO, answered.status()));
      }
    }
    var attempt = Statuses.attempt(WHO, outcome, clock.instant());
    return attempt instanceof Attempt.RejectedByTarget(var reason)
            && dispatch.afterUnknown()
            && outcome instanceof Answered answered
            && !OF_THE_LEDGER.contains(answered.status())
        ? new Attempt.RetryLater(
            reason + " An earlier attempt may have posted, so this refuses nothing.", null)
        : attempt;
  }

  private Attempt told(HttpOutcome outcome) {
    return Statuses.attempt(WHO, outcome, clock.instant());
  }

  private static @Nullable String reference(Answered answered) {
    var answer = OutsideJson.object(answered.body());
    return answer == null ? null : OutsideJson.word(answer, "reference", REFERENCE_MAX);
  }
}
