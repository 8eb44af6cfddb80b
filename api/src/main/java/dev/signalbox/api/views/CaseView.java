package dev.signalbox.api.views;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.desk.Effect;
import dev.signalbox.desk.Receipt;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.LeaseEnd;
import dev.signalbox.exceptions.PendingDispatch;
import dev.signalbox.exceptions.disputes.Talk;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A case as callers see it. */
public final class CaseView {

  private CaseView() {}

  public static ObjectNode of(Receipt.Done done) {
    return of(done, null);
  }

  /**
   * What a request did.
   *
   * @param end of the claim on it; null where there is none, or it is not known
   */
  public static ObjectNode of(Receipt.Done done, @Nullable LeaseEnd end) {
    var node = of(done.state(), end);
    if (done.effect() == Effect.DUPLICATE) {
      node.put("duplicate", true);
    }
    return node.put("effect", done.effect().word());
  }

  /** A claim: who holds it under which fence, and until when. */
  public static ObjectNode claim(String by, long fence, @Nullable LeaseEnd end) {
    var node = JsonNodeFactory.instance.objectNode().put("by", by).put("fence", fence);
    if (end != null) {
      node.put("until", end.at().toString()).put("secondsLeft", end.secondsLeft());
    }
    return node;
  }

  /** A case, until the end of the claim on it, where that is known. */
  public static ObjectNode of(ExceptionCase state, @Nullable LeaseEnd end) {
    var node = of(state);
    var claim = state.claim();
    if (claim != null) {
      node.set("claim", claim(claim.by(), claim.fence(), end));
    }
    return node;
  }

  public static ObjectNode of(ExceptionCase state) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", state.id().toString())
            .put("version", state.version())
            .put("status", state.status().name());
    decided(node, state);
    report(node, state.report());
    put(node, "assignee", state.assignee());
    var claim = state.claim();
    if (claim != null) {
      node.set("claim", claim(claim.by(), claim.fence(), null));
    }
    node.put("escalationLevel", state.escalationLevel())
        .put("recurrences", state.detection().recurrences());
    if (state.pending() != null) {
      pending(node.putObject("dispatch"), state.pending());
    }
    if (state.proposal() != null) {
      ResolutionView.write(node.putObject("proposal"), state.proposal());
    }
    if (state.bookkeeping() != null) {
      PostingView.write(node.putObject("posting"), state.bookkeeping());
    }
    if (state.resolution() != null) {
      ResolutionView.write(node.putObject("resolution"), state.resolution());
      put(node, "resolvedAt", state.resolvedAt());
    }
    put(node, "deadLetterReason", state.deadLetterReason());
    StandingView.write(node, state);
    talk(node, state.talk());
    PeerFields.write(node, state);
    return node.put("createdAt", state.openedAt().toString())
        .put("updatedAt", state.updatedAt().toString());
  }

  private static void talk(ObjectNode node, Talk talk) {
    node.put("comments", talk.readable());
    if (!talk.disputes().isEmpty()) {
      var disputes = node.putArray("disputes");
      for (var dispute : talk.disputes()) {
        disputes
            .addObject()
            .put("id", dispute.id().toString())
            .put("category", dispute.category().name())
            .put("state", dispute.state().name());
      }
    }
  }

  private static void decided(ObjectNode node, ExceptionCase state) {
    var classification = state.classification();
    if (classification != null) {
      node.put("severity", classification.severity().name())
          .put("dueAt", classification.dueAt().toString())
          .put("slaBreached", classification.breached())
          .put("urgentAt", String.valueOf(state.urgentAt()));
    }
    var route = state.route();
    if (route != null) {
      node.put("queue", route.queue().value()).put("lane", route.lane().name());
      put(node, "requiredRole", route.requiredRole());
      node.put("exclusiveLock", route.exclusiveLock());
      route.flags().forEach(node.putArray("flags")::add);
      put(node, "skill", route.skill());
      put(node, "assign", route.assign() == null ? null : route.assign().word());
    }
    var timer = state.nextTimer();
    if (timer != null) {
      node.put("nextAction", timer.action().name()).put("nextActionAt", timer.at().toString());
    }
  }

  /** What was reported, in the fields and in the precision in which it is reported. */
  static void report(ObjectNode node, ExceptionReport report) {
    var identity = report.identity();
    node.put("context", identity.context())
        .put("source", identity.source())
        .put("sourceRef", identity.sourceRef());
    put(node, "period", identity.period());
    node.put("reasonCode", report.reasonCode().name());
    put(node, "reasonDetails", report.reasonDetails());
    node.put("amount", report.money().plain()).put("currency", report.money().currency().value());
    if (report.baseAmount() != null) {
      node.put("baseAmount", report.baseAmount().toPlainString());
    }
    node.put("transactionDate", report.transactionDate().toString());
    put(node, "detectedAt", report.detectedAt());
    if (report.confidence() != null) {
      node.put("confidence", report.confidence().toPlainString());
    }
    var counterparty = report.counterparty();
    if (counterparty != null) {
      var party = node.putObject("counterparty");
      put(party, "id", counterparty.id());
      put(party, "name", counterparty.name());
      put(
          party,
          "riskTier",
          counterparty.riskTier() == null ? null : counterparty.riskTier().name());
      party.put("restricted", counterparty.restricted()).put("trusted", counterparty.trusted());
    }
    report.regulatory().forEach(node.putArray("regulatory")::add);
    put(node, "glAccount", report.glAccount());
    var candidates = node.putArray("candidates");
    for (var candidate : report.candidates()) {
      var shown = candidates.addObject().put("ref", candidate.ref());
      put(shown, "source", candidate.source());
      if (candidate.money() != null) {
        shown
            .put("amount", candidate.money().plain())
            .put("currency", candidate.money().currency().value());
      }
      put(shown, "date", candidate.date());
      if (candidate.score() != null) {
        shown.put("score", candidate.score().toPlainString());
      }
      put(shown, "reference", candidate.reference());
    }
    node.set("attributes", Trees.json(report.attributes()));
  }

  private static void pending(ObjectNode node, PendingDispatch pending) {
    node.put("id", pending.id().toString()).put("target", pending.target().value());
    put(node, "queue", pending.queue() == null ? null : pending.queue().value());
    node.put("requestedAt", pending.requestedAt().toString());
    put(node, "externalReference", pending.externalReference());
    put(node, "deliveredAt", pending.deliveredAt());
    put(node, "answerDueAt", pending.answerDueAt());
    node.put("answerOverdue", pending.answerOverdue());
  }

  private static void put(ObjectNode node, String field, @Nullable String value) {
    if (value != null) {
      node.put(field, value);
    }
  }

  private static void put(ObjectNode node, String field, @Nullable Instant value) {
    if (value != null) {
      node.put(field, value.toString());
    }
  }

  /** The attributes of a report as JSON. */
  private static final class Trees {
    static JsonNode json(@Nullable Object value) {
      var nodes = JsonNodeFactory.instance;
      return switch (value) {
        case Map<?, ?> map -> {
          var node = nodes.objectNode();
          map.forEach((key, item) -> node.set(String.valueOf(key), json(item)));
          yield node;
        }
        case List<?> list -> {
          var node = nodes.arrayNode();
          list.forEach(item -> node.add(json(item)));
          yield node;
        }
        case String text -> nodes.textNode(text);
        case BigDecimal number -> nodes.numberNode(number);
        case Boolean truth -> nodes.booleanNode(truth);
        case null, default -> nodes.nullNode();
      };
    }
  }
}
