package dev.signalbox.api.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers say, as JSON. */
final class Bodies {
  private static final List<Duration> RESTS =
      List.of(
          Duration.ofHours(1), Duration.ofHours(2), Duration.ofDays(36_500), Duration.ofHours(-1));

  private Bodies() {}

  /** What is said in a step that is not a report. */
  static String of(Step step) {
    var body = JsonNodeFactory.instance.objectNode();
    int variant = step.variant();
    return switch (step.verb()) {
      case ASSIGN -> body.put("assignee", variant % 2 == 0 ? step.who() : "senior").toString();
      case PROPOSE -> proposal(body, kind(step));
      case REJECT, DISPUTE_REOPEN -> body.put("reason", "Look again.").toString();
      case ESCALATE ->
          body.put("queue", Model.QUEUES.get(variant % 2)).put("reason", "Odd.").toString();
      case DISPATCH -> body.put("targetSystem", "WEBHOOK").toString();
      case CALLBACK -> callback(body, step);
      case HOLD ->
          body.put("on", Model.HOLDS.get(variant % Model.HOLDS.size()))
              .put("reason", "Odd.")
              .toString();
      case UNHOLD -> body.put("reason", "It is fine.").toString();
      case COMMENT -> body.put("content", "Hm, @senior.").toString();
      case DISPUTE_OPEN -> body.put("category", "OTHER").put("description", "Odd.").toString();
      case DISPUTE_EVIDENCE -> body.put("comment", "Here.").toString();
      case DISPUTE_REQUEST -> body.put("what", "The contract.").toString();
      case DISPUTE_CLOSE -> body.put("won", variant % 2 == 0).put("resolution", "So.").toString();
      default -> "";
    };
  }

  static String beat(long fence) {
    return JsonNodeFactory.instance.objectNode().put("fence", fence).toString();
  }

  /** Until when it shall rest; the last two are too late and too early. */
  static Instant rest(Step step, Instant now) {
    return now.plus(RESTS.get(step.variant() % RESTS.size()));
  }

  static boolean isAllowedRest(Step step) {
    return step.variant() % RESTS.size() < 2;
  }

  static String snooze(Instant until) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("until", until.toString())
        .put("reason", "Later.")
        .toString();
  }

  private static String callback(ObjectNode body, Step step) {
    var verdict = Model.VERDICTS.get(step.variant() % Model.VERDICTS.size());
    body.put("externalSystem", "WEBHOOK").put("status", verdict);
    if (verdict.equals("ASSIGNED")) {
      body.put("assignee", step.who());
    }
    return body.toString();
  }

  private static String kind(Step step) {
    return People.KINDS.get(step.variant() % People.KINDS.size());
  }

  /** The command with which a proposal is made. */
  static String proposing(Step step) {
    return switch (kind(step)) {
      case "FORCE_MATCH" -> "force-match";
      case "ADJUSTMENT" -> "adjust-entry";
      case "WRITE_OFF" -> "write-off";
      case "KNOWN_DIFFERENCE" -> "known-difference";
      default -> "split";
    };
  }

  private static String proposal(ObjectNode body, String kind) {
    switch (kind) {
      case "FORCE_MATCH" -> body.put("overrideReason", "Seen.").put("notes", "It fits.");
      case "ADJUSTMENT" ->
          body.put("reasonCode", "BANK_FEE")
              .put("notes", "A fee.")
              .put("amount", "2.50")
              .put("currency", "EUR")
              .put("effectiveAt", "2026-03-02T09:00:00Z");
      case "WRITE_OFF" ->
          body.put("reason", "CANCELLED").put("notes", "Gone.").put("referenceDocument", "M-1");
      case "KNOWN_DIFFERENCE" -> body.put("note", "It is known.");
      default -> {
        var target = kind.equals("SPLIT_TO_ACCOUNT") ? "account:1400" : "1200";
        var splits = body.putArray("splits");
        for (var amount : List.of("60.00", kind.equals("WRONG_SPLIT") ? "41.00" : "40.00")) {
          splits.addObject().put("amount", amount).put("currency", "EUR").put("target", target);
        }
      }
    }
    return body.toString();
  }

  /** A report about an account that no other names. */
  static String report(String ref, int variant, String details, @Nullable String detectedAt) {
    var report =
        JsonNodeFactory.instance
            .objectNode()
            .put("source", "model")
            .put("sourceRef", ref)
            .put("reasonCode", Rules.REASONS.get(variant % Rules.REASONS.size()))
            .put("reasonDetails", details)
            .put("amount", "100.00")
            .put("currency", "EUR")
            .put("transactionDate", "2026-03-02T09:00:00Z")
            .put("glAccount", "of-" + ref);
    if (detectedAt != null) {
      report.put("detectedAt", detectedAt);
    }
    return report.toString();
  }
}
