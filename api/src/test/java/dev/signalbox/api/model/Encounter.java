package dev.signalbox.api.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.api.model.Model.Expected;
import dev.signalbox.api.testkit.Wire;
import dev.signalbox.api.views.CaseView;
import dev.signalbox.desk.Receipt;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.DispatchId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One exception, said the same to the service and to the model, step by step. Begins with nothing
 * reported.
 */
final class Encounter {
  private static final String NOBODY = "6f9619ff-8b86-d011-b42d-00c04fc964ff";

  private final World world;
  private final Wire wire;
  private final String ref;
  private final Model model = new Model();
  private String id = NOBODY;
  private String dispute = NOBODY;
  private String posting = NOBODY;
  private List<String> holds = List.of();
  private Instant restsUntil = Instant.EPOCH;
  private String content;
  private long version;
  private long fence;
  private int step;

  /**
   * An encounter.
   *
   * @param ref a reference that no other has
   */
  Encounter(World world, Wire wire, String ref) {
    this.world = world;
    this.wire = wire;
    this.ref = ref;
    content = Bodies.report(ref, 0, "First.", null);
  }

  Model model() {
    return model;
  }

  /** Whether it changed since it was shown. */
  boolean isUnseen() {
    return version == 0;
  }

  /** Takes a step; what differs, in words, or null. */
  @Nullable String differs(Step next) {
    step++;
    world.tick();
    if (next.verb() == Verb.LEASE_RUNS_OUT) {
      world.leaseRunsOut(CaseId.parse(id));
      model.take(next);
      return differs();
    }
    if (next.verb().isByItself()) {
      var reply = shown(byItself(next));
      return differs(next, model.take(next), reply, "");
    }
    var headers = headers(next);
    if (next.verb() == Verb.SNOOZE) {
      return world.<@Nullable String>at(now -> {
        var until = Bodies.rest(next, now);
        restsUntil = Bodies.isAllowedRest(next) ? until : restsUntil;
        return differs(next, headers, Bodies.snooze(until));
      });
    }
    return differs(next, headers, body(next));
  }

  private @Nullable String differs(Step next, String headers, String said) {
    var first = wire.send("POST", path(next), headers, said);
    var expected = model.take(next);
    if (next.how() == Step.How.TWICE) {
      var second = wire.send("POST", path(next), headers, said);
      if (second.status() != first.status() || !sameEffect(first.body(), second.body())) {
        return "the repeat under the same key was answered %s, not %s".formatted(second, first);
      }
    }
    return differs(next, expected, first, said);
  }

  private Receipt byItself(Step next) {
    var one = CaseId.parse(id);
    if (next.verb() == Verb.REST_RUNS_OUT) {
      return world.restRunsOut(one, restsUntil);
    }
    var about = DispatchId.parse(next.variant() % 5 == 0 ? NOBODY : posting);
    return world.answersOfLedger(one, about, next.verb());
  }

  /** As a caller would be answered. */
  private static Wire.Reply shown(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Done done -> new Wire.Reply(200, CaseView.of(done));
      case Receipt.Refused refused -> {
        var code = refused.refusal().code();
        yield new Wire.Reply(
            code.equals("NOT_FOUND") ? 404 : 422,
            JsonNodeFactory.instance.objectNode().put("code", code));
      }
      case Receipt other -> throw new AssertionError(other.toString());
    };
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
      remember(body);
    } else if (model.isChangedUnseen()) {
      version = 0;
    }
    remember(next, expected, body, said);
    if (isShown && !Objects.equals(expected.effect(), body.path("effect").textValue())) {
      return "its effect was %s, and expected was %s"
          .formatted(body.path("effect"), expected.effect());
    }
    if (isShown) {
      return differs(body);
    }
    // What led to a claim did not show its fence.
    return next.verb().isOfDispute()
            && model.isChangedUnseen()
            && model.shown().get("claim") != null
        ? differs()
        : null;
  }

  /** What later steps speak of. */
  private void remember(JsonNode body) {
    id = body.path("id").asText();
    version = body.path("version").asLong();
    fence = body.at("/claim/fence").asLong(fence);
    posting = body.at("/posting/id").asText(posting);
    holds = texts(body, "holds", "id");
  }

  private void remember(Step next, Expected expected, JsonNode body, String said) {
    if (expected.status() < 300
        && next.verb().isReport()
        && !"duplicate".equals(expected.effect())) {
      content = said;
    }
    if (expected.status() < 300 && next.verb() == Verb.DISPUTE_OPEN) {
      dispute = body.path("id").asText();
    }
  }

  /** The exception as it is shown, against the model; what differs, or null. */
  @Nullable String differs() {
    if (id.equals(NOBODY)) {
      return null;
    }
    var auth = "Authorization: " + world.key("senior") + "\r\n";
    var seen = wire.send("GET", "/v1/exceptions/" + id, auth, "");
    remember(seen.body());
    return differs(seen.body());
  }

  private @Nullable String differs(JsonNode body) {
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("status", body.path("status").textValue());
    shown.put("assignee", body.path("assignee").textValue());
    shown.put("queue", body.path("queue").textValue());
    shown.put("claim", body.at("/claim/by").textValue());
    shown.put("proposedBy", body.at("/proposal/proposedBy").textValue());
    shown.put("posting", body.at("/posting/stage").textValue());
    shown.put("holds", texts(body, "holds", "on"));
    shown.put("rests", body.has("snoozed"));
    shown.put("escalationLevel", body.path("escalationLevel").asInt());
    shown.put("recurrences", body.path("recurrences").asInt());
    shown.put("comments", body.path("comments").asInt());
    shown.put("disputes", texts(body, "disputes", "state"));
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

  private static List<String> texts(JsonNode body, String list, String field) {
    return StreamSupport.stream(body.path(list).spliterator(), false)
        .map(one -> one.path(field).asText())
        .toList();
  }

  private String headers(Step next) {
    var verb = next.verb();
    var headers = "Authorization: " + world.key(next.who()) + "\r\n";
    if (verb == Verb.CALLBACK || next.how() == Step.How.TWICE) {
      headers += "Idempotency-Key: " + ref + "-" + step + "\r\n";
    }
    return switch (next.how()) {
      case AT_VERSION ->
          version > 0 && verb.isConditional()
              ? headers + "If-Match: \"" + version + "\"\r\n"
              : headers;
      case AT_STALE_VERSION ->
          verb.isConditional() || verb.isReport() ? headers + "If-Match: \"999999\"\r\n" : headers;
      case UNDER_CLAIM ->
          fence > 0 && verb.isUnderClaim() ? headers + "Claim-Fence: " + fence + "\r\n" : headers;
      case UNDER_OLD_CLAIM -> verb.isUnderClaim() ? headers + "Claim-Fence: 1\r\n" : headers;
      case PLAIN, TWICE -> headers;
    };
  }

  private String path(Step next) {
    var one = "/v1/exceptions/" + id + "/";
    return switch (next.verb()) {
      case REPORT_NEW, REPORT_SAME, REPORT_OLD, REPORT_OTHER -> "/v1/exceptions";
      case PROPOSE -> one + Bodies.proposing(next);
      case HEARTBEAT -> one + "claim/heartbeat";
      case RELEASE -> one + "claim/release";
      case HOLD -> one + "holds";
      case UNHOLD -> one + "holds/" + hold(next.variant()) + "/release";
      case COMMENT -> one + "comments";
      case DISPUTE_OPEN -> one + "disputes";
      case DISPUTE_EVIDENCE -> "/v1/disputes/" + dispute + "/evidence";
      case DISPUTE_REQUEST -> "/v1/disputes/" + dispute + "/request-evidence";
      case DISPUTE_CLOSE -> "/v1/disputes/" + dispute + "/close";
      case DISPUTE_REOPEN -> "/v1/disputes/" + dispute + "/reopen";
      default -> one + next.verb().name().toLowerCase(Locale.ROOT);
    };
  }

  private String hold(int which) {
    return holds.isEmpty() || which % 5 == 0 ? NOBODY : holds.get(which % holds.size());
  }

  private String body(Step next) {
    return switch (next.verb()) {
      case REPORT_SAME -> content;
      case REPORT_NEW -> report(next, null);
      case REPORT_OLD -> report(next, "2026-03-02T09:30:00Z");
      case REPORT_OTHER -> {
        var report = report(next, null);
        yield id.equals(NOBODY) ? report : report.replace("100.00", "7.00");
      }
      case HEARTBEAT -> Bodies.beat(next.variant() % 4 == 0 || fence == 0 ? 1 : fence);
      default -> Bodies.of(next);
    };
  }

  private String report(Step next, @Nullable String detectedAt) {
    return Bodies.report(ref, next.variant(), "Look " + step, detectedAt);
  }
}
