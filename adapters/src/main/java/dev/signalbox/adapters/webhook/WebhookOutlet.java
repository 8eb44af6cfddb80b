package dev.signalbox.adapters.webhook;

import dev.signalbox.adapters.http.HttpCall;
import dev.signalbox.adapters.http.HttpCaller;
import dev.signalbox.adapters.http.HttpOutcome.Answered;
import dev.signalbox.adapters.http.OutsideJson;
import dev.signalbox.adapters.http.Statuses;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Posts exceptions as <a href="https://www.standardwebhooks.com">Standard Webhooks 1.0</a>, with
 * the attributes of CloudEvents 1.0 beside them. The dispatch id is the {@code webhook-id} of every
 * attempt, so a receiver takes a repeat for what it is, and an unknown outcome is settled by
 * sending it again.
 *
 * <p>A 2xx says that the receiver has it; its answer may be {@code {"externalReference": "…"}}.
 */
public final class WebhookOutlet implements Outlet {
  private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}(-[0-9a-f]+){3}");
  private static final int REFERENCE_MAX = 200;

  private final WebhookSettings settings;
  private final HttpCaller http;
  private final InstantSource clock;

  public WebhookOutlet(WebhookSettings settings, HttpCaller http, InstantSource clock) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
  }

  @Override
  public Attempt attempt(Dispatch dispatch, Instant deadline) {
    var now = clock.instant();
    var body = WebhookMessage.of(dispatch);
    var outcome =
        http.call(
            new HttpCall(settings.url(), headers(dispatch, body, now), body),
            settings.egress(),
            HttpCaller.patience(now, deadline, settings.timeout()));
    return outcome instanceof Answered answered && answered.isSuccess()
        ? new Attempt.Delivered(reference(answered), false)
        : Statuses.attempt("The webhook " + settings.target(), outcome, clock.instant());
  }

  private Map<String, String> headers(Dispatch dispatch, String body, Instant now) {
    var id = dispatch.id().toString();
    var timestamp = Long.toString(now.getEpochSecond());
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "application/json");
    headers.put("user-agent", "Signalbox");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", timestamp);
    headers.put(
        "webhook-signature",
        WebhookSignature.of(settings.keys(), id, timestamp, body.getBytes(StandardCharsets.UTF_8)));
    headers.put("ce-specversion", "1.0");
    headers.put("ce-id", id);
    headers.put("ce-source", settings.source());
    headers.put("ce-type", WebhookMessage.TYPE);
    headers.put("ce-time", WebhookMessage.at(dispatch).toString());
    headers.put("ce-subject", dispatch.exception().id().toString());
    var traceParent = dispatch.traceParent();
    if (traceParent != null && TRACE_PARENT.matcher(traceParent).matches()) {
      headers.put("traceparent", traceParent);
    }
    return headers;
  }

  private static @Nullable String reference(Answered answered) {
    var answer = OutsideJson.object(answered.body());
    return answer == null ? null : OutsideJson.word(answer, "externalReference", REFERENCE_MAX);
  }
}
