package dev.signalbox.adapters.jira;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.adapters.http.HttpCall;
import dev.signalbox.adapters.http.HttpCaller;
import dev.signalbox.adapters.http.HttpOutcome;
import dev.signalbox.adapters.http.HttpOutcome.Answered;
import dev.signalbox.adapters.http.HttpOutcome.Unanswered;
import dev.signalbox.adapters.http.OutsideJson;
import dev.signalbox.adapters.http.Statuses;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Creates issues in JIRA Cloud (REST v3). JIRA knows no idempotency key, so every attempt but the
 * first looks for the dispatch's label and adopts what it finds. JIRA's search is behind by
 * seconds: after an unknown outcome, an issue that it does not show counts as absent only when the
 * settle window is over.
 */
public final class JiraOutlet implements Outlet {
  private static final String ISSUE = "/rest/api/3/issue";
  private static final String SEARCH = "/rest/api/3/search/jql";

  private final JiraSettings settings;
  private final HttpCaller http;
  private final InstantSource clock;
  private final JiraDoubts doubts;

  public JiraOutlet(JiraSettings settings, HttpCaller http, InstantSource clock) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
    doubts = new JiraDoubts(settings.settleWindow());
  }

  @Override
  public Attempt attempt(Dispatch dispatch, Instant deadline) {
    if (dispatch.attempt() == 1 && !dispatch.afterUnknown()) {
      return create(dispatch, deadline);
    }
    var known = lookFor(dispatch, deadline);
    return known == null ? create(dispatch, deadline) : known;
  }

  /** The attempt's end when the issue is there, may be there, or cannot be looked for. */
  private @Nullable Attempt lookFor(Dispatch dispatch, Instant deadline) {
    var outcome = call(SEARCH, search(dispatch.id()), deadline);
    var now = clock.instant();
    if (!(outcome instanceof Answered answered && answered.isSuccess())) {
      return notSeen(outcome, now);
    }
    var keys = JiraAnswer.keys(answered);
    if (keys == null) {
      return new Attempt.RetryLater(
          "JIRA was asked for the issue, and its answer is garbled.", null);
    }
    if (!keys.isEmpty()) {
      doubts.settle(dispatch.id());
      return new Attempt.Delivered(keys.getFirst(), true);
    }
    var left = doubts.left(dispatch.id(), dispatch.afterUnknown(), now);
    return left == null
        ? null
        : new Attempt.Settling(
            "JIRA may have created the issue, and its search does not show it yet.", left);
  }

  /** Nothing was asked of JIRA but to look, so whatever it was may be asked again. */
  private static Attempt notSeen(HttpOutcome outcome, Instant now) {
    var attempt =
        outcome instanceof Answered answered
            ? JiraAnswer.refusal(answered, now)
            : Statuses.attempt(JiraAnswer.WHO, outcome, now);
    return switch (attempt) {
      case Attempt.Unknown(var reason) -> new Attempt.RetryLater(reason, null);
      case Attempt.RejectedByTarget(var reason) -> new Attempt.RetryLater(reason, null);
      case Attempt.RetryLater later -> later;
      case Attempt.Settling settling -> settling;
      case Attempt.TargetDown down -> down;
      case Attempt.Delivered delivered ->
          throw new IllegalStateException("A search that failed cannot deliver.");
    };
  }

  private Attempt create(Dispatch dispatch, Instant deadline) {
    var outcome = call(ISSUE, JiraIssue.of(dispatch, settings), deadline);
    var now = clock.instant();
    if (outcome instanceof Answered answered && answered.isSuccess()) {
      var key = JiraAnswer.key(answered);
      if (key != null) {
        doubts.settle(dispatch.id());
        return new Attempt.Delivered(key, false);
      }
      doubts.raise(dispatch.id(), now);
      return new Attempt.Unknown("JIRA answered %d without a key.".formatted(answered.status()));
    }
    if (outcome instanceof Unanswered || (outcome instanceof Answered a && a.status() >= 500)) {
      doubts.raise(dispatch.id(), now);
    }
    return outcome instanceof Answered answered
        ? JiraAnswer.refusal(answered, now)
        : Statuses.attempt(JiraAnswer.WHO, outcome, now);
  }

  private HttpOutcome call(String path, String body, Instant deadline) {
    URI url = settings.at(path);
    return http.call(
        new HttpCall(
            url,
            Map.of(
                "authorization", settings.authorization().reveal(),
                "accept", "application/json",
                "content-type", "application/json",
                "user-agent", "Signalbox"),
            body),
        settings.egress(),
        HttpCaller.patience(clock.instant(), deadline, settings.timeout()));
  }

  private static String search(DispatchId dispatch) {
    var search = JsonNodeFactory.instance.objectNode();
    search.put("jql", "labels = \"%s\" ORDER BY created ASC".formatted(JiraLabels.of(dispatch)));
    search.putArray("fields").add("created");
    search.put("maxResults", 1);
    return OutsideJson.text(search);
  }
}
