package dev.signalbox.api.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.model.Model.Expected;
import dev.signalbox.api.testkit.Wire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One exception, said the same to the service and to the model, step by step. Begins with nothing
 * reported.
 */
final class Encounter {
  private static final String NOBODY = "6f9619ff-8b86-d011-b42d-00c04fc964ff";

  private final Wire wire;
  private final Map<String, String> keys;
  private final String ref;
  private final Runnable tick;
  private final Model model = new Model();
  private String id = NOBODY;
  private String dispute = NOBODY;
  private String content;
  private String proposing = "force-match";
  private long version;
  private int step;

  /**
   * An encounter.
   *
   * @param keys of the callers, by their role
   * @param ref a reference that no other has
   * @param tick lets a little time go by
   */
  Encounter(Wire wire, Map<String, String> keys, String ref, Runnable tick) {
    this.wire = wire;
    this.keys = keys;
    this.ref = ref;
    this.tick = tick;
    content = report(0, "First.", null);
  }

  Model model() {
    return model;
  }

  /** Takes a step; what differs, in words, or null. */
  @Nullable String differs(Step next) {
    step++;
    tick.run();
    var said = body(next);
    var headers = headers(next);
    var first = wire.send("POST", path(next.verb()), headers, said);
    var expected = model.take(next);
    if (next.how() == Step.How.TWICE) {
      var second = wire.send("POST", path(next.verb()), headers, said);
      if (second.status() != first.status() || !sameEffect(first.body(), second.body())) {
        return "the repeat under the same key was answered %s, not %s".formatted(second, first);
      }
    }
    return differs(next, expected, first, said);
  }

  private static boolean sameEffect(JsonNode first, JsonNode second) {
    return first.at("/exception/version").equals(second.at("/exception/version"))
        && first.path("version").equals(second.path("version"))
        && first.path("code").equals(second.path("code"))
        && first.path("effect").equals(second.path("effect"));
  }

  private @Nullable String differs(Step next, Expected expected, Wire.Reply reply, String said) {
    var body = reply.body().has("exception") ? reply.body().path("exception") : reply.body();
    if (reply.status() != expected.status()
        || !Objects.equals(expected.code(), body.path("code").textValue())) {
      return "it was answered %d %s, and expected was %d %s"
          .formatted(
              reply.status(), body.path("code").asText(), expected.status(), expected.code());
    }
    boolean isShown = body.has("version");
    if (isShown) {
      id = body.path("id").asText();
      version = body.path("version").asLong();
    }
    remember(next, expected, body, said);
    if (isShown && !Objects.equals(expected.effect(), body.path("effect").textValue())) {
      return "its effect was %s, and expected was %s"
          .formatted(body.path("effect"), expected.effect());
    }
    return isShown ? differs(body) : null;
  }

  /** What later steps speak of; refusals that the journal keeps count, too. */
  private void remember(Step next, Expected expected, JsonNode body, String said) {
    var verb = next.verb();
    if (verb.isReport() && expected.status() < 300 && !"duplicate".equals(expected.effect())) {
      content = said;
    }
    boolean isKept =
        (verb == Verb.REPORT_OTHER && expected.status() == 409)
            || (verb == Verb.CALLBACK && "NOT_ALLOWED".equals(expected.code()));
    if (isKept) {
      version = version == 0 || next.how() == Step.How.TWICE ? 0 : version + 1;
    }
    if (expected.status() < 300 && (verb == Verb.COMMENT || verb.name().startsWith("DISPUTE"))) {
      if (verb == Verb.DISPUTE_OPEN) {
        dispute = body.path("id").asText();
      }
      // These answers show something else; so the exception is looked at.
      version = 0;
    }
  }

  /** The exception as it is shown, against the model; what differs, or null. */
  @Nullable String differs() {
    if (id.equals(NOBODY)) {
      return null;
    }
    var seen = wire.send("GET", "/v1/exceptions/" + id, auth("senior"), "");
    version = seen.body().path("version").asLong();
    return differs(seen.body());
  }

  private @Nullable String differs(JsonNode body) {
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("status", body.path("status").textValue());
    shown.put("assignee", body.path("assignee").textValue());
    shown.put("queue", body.path("queue").textValue());
    shown.put("escalationLevel", body.path("escalationLevel").asInt());
    shown.put("recurrences", body.path("recurrences").asInt());
    shown.put("comments", body.path("comments").asInt());
    shown.put(
        "disputes",
        StreamSupport.stream(body.path("disputes").spliterator(), false)
            .map(one -> one.path("state").asText())
            .toList());
    shown.put("resolution", body.at("/resolution/kind").textValue());
    var expected = model.shown();
    if (shown.equals(expected)) {
      return null;
    }
    var differing = new ArrayList<String>();
    shown.forEach((field, value) -> {
      if (!Objects.equals(value, expected.get(field))) {
        differing.add("%s is %s, and expected was %s".formatted(field, value, expected.get(field)));
      }
    });
    return String.join("; ", differing);
  }

  private String auth(String who) {
    return "Authorization: " + keys.get(who) + "\r\n";
  }

  private String headers(Step next) {
    var headers = auth(next.who());
    boolean isKeyed = next.verb() == Verb.CALLBACK || next.how() == Step.How.TWICE;
    if (isKeyed) {
      headers += "Idempotency-Key: " + ref + "-" + step + "\r\n";
    }
    boolean isKnown = version > 0 && !next.verb().isReport();
    return switch (next.how()) {
      case AT_VERSION -> isKnown ? headers + "If-Match: \"" + version + "\"\r\n" : headers;
      case AT_STALE_VERSION ->
          next.verb() == Verb.CALLBACK ? headers : headers + "If-Match: \"999999\"\r\n";
      case PLAIN, TWICE -> headers;
    };
  }

  private String path(Verb verb) {
    var one = "/v1/exceptions/" + id + "/";
    return switch (verb) {
      case REPORT_NEW, REPORT_SAME, REPORT_OLD, REPORT_OTHER -> "/v1/exceptions";
      case CLEAR -> one + "clear";
      case ASSIGN -> one + "assign";
      case UNASSIGN -> one + "unassign";
      case REVIEW -> one + "review";
      case PROPOSE -> one + proposing;
      case APPROVE -> one + "approve";
      case REJECT -> one + "reject";
      case ESCALATE -> one + "escalate";
      case DISPATCH -> one + "dispatch";
      case CALLBACK -> one + "callback";
      case REDRIVE -> one + "redrive";
      case COMMENT -> one + "comments";
      case DISPUTE_OPEN -> one + "disputes";
      case DISPUTE_EVIDENCE -> "/v1/disputes/" + dispute + "/evidence";
      case DISPUTE_REQUEST -> "/v1/disputes/" + dispute + "/request-evidence";
      case DISPUTE_CLOSE -> "/v1/disputes/" + dispute + "/close";
      case DISPUTE_REOPEN -> "/v1/disputes/" + dispute + "/reopen";
    };
  }

  private String body(Step next) {
    var body = JsonNodeFactory.instance.objectNode();
    return switch (next.verb()) {
      case REPORT_SAME -> content;
      case REPORT_NEW -> report(next.variant(), "Look " + step, null);
      case REPORT_OLD -> report(next.variant(), "Look " + step, "2026-03-02T09:30:00Z");
      case REPORT_OTHER -> {
        var report = report(next.variant(), "Look " + step, null);
        yield id.equals(NOBODY) ? report : report.replace("100.00", "7.00");
      }
      case CLEAR, REDRIVE, REVIEW, UNASSIGN, APPROVE -> "";
      case ASSIGN ->
          body.put("assignee", next.variant() % 2 == 0 ? next.who() : "senior").toString();
      case PROPOSE -> proposal(body, Model.KINDS.get(next.variant() % Model.KINDS.size()));
      case REJECT, DISPUTE_REOPEN -> body.put("reason", "Look again.").toString();
      case ESCALATE ->
          body.put("queue", Model.QUEUES.get(next.variant() % 2)).put("reason", "Odd.").toString();
      case DISPATCH -> body.put("targetSystem", "JIRA").toString();
      case CALLBACK -> callback(body, next);
      case COMMENT -> body.put("content", "Hm, @senior.").toString();
      case DISPUTE_OPEN -> body.put("category", "OTHER").put("description", "Odd.").toString();
      case DISPUTE_EVIDENCE -> body.put("comment", "Here.").toString();
      case DISPUTE_REQUEST -> body.put("what", "The contract.").toString();
      case DISPUTE_CLOSE ->
          body.put("won", next.variant() % 2 == 0).put("resolution", "So.").toString();
    };
  }

  private static String callback(ObjectNode body, Step next) {
    var verdict = Model.VERDICTS.get(next.variant() % Model.VERDICTS.size());
    body.put("externalSystem", "JIRA").put("status", verdict);
    if (verdict.equals("ASSIGNED")) {
      body.put("assignee", next.who());
    }
    return body.toString();
  }

  private String proposal(ObjectNode body, String kind) {
    switch (kind) {
      case "FORCE_MATCH" -> {
        proposing = "force-match";
        body.put("overrideReason", "Seen.").put("notes", "It fits.");
      }
      case "ADJUSTMENT" -> {
        proposing = "adjust-entry";
        body.put("reasonCode", "BANK_FEE")
            .put("notes", "A fee.")
            .put("amount", "2.50")
            .put("currency", "EUR")
            .put("effectiveAt", "2026-03-02T09:00:00Z");
      }
      case "WRITE_OFF" -> {
        proposing = "write-off";
        body.put("reason", "CANCELLED").put("notes", "Gone.").put("referenceDocument", "M-1");
      }
      case "KNOWN_DIFFERENCE" -> {
        proposing = "known-difference";
        body.put("note", "It is known.");
      }
      default -> {
        proposing = "split";
        var splits = body.putArray("splits");
        for (var amount : List.of("60.00", kind.equals("SPLIT") ? "40.00" : "41.00")) {
          splits.addObject().put("amount", amount).put("currency", "EUR").put("target", "1200");
        }
      }
    }
    return body.toString();
  }

  private String report(int variant, String details, @Nullable String detectedAt) {
    var report =
        JsonNodeFactory.instance
            .objectNode()
            .put("source", "model")
            .put("sourceRef", ref)
            .put("reasonCode", Model.REASONS.get(variant % Model.REASONS.size()))
            .put("reasonDetails", details)
            .put("amount", "100.00")
            .put("currency", "EUR")
            .put("transactionDate", "2026-03-02T09:00:00Z");
    if (detectedAt != null) {
      report.put("detectedAt", detectedAt);
    }
    return report.toString();
  }
}
