package dev.signalbox.journal;

import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.disputes.Dispute;
import dev.signalbox.exceptions.disputes.DisputeCategory;
import dev.signalbox.exceptions.disputes.DisputeMove;
import dev.signalbox.exceptions.disputes.DisputeState;
import dev.signalbox.exceptions.disputes.Evidence;
import dev.signalbox.exceptions.disputes.Talk;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is said about a case, in storage. All that people wrote freely is sealed. */
final class TalkFields {
  /** The types of these events. */
  static final List<String> TYPES =
      List.of(
          "CommentAdded",
          "CommentRedacted",
          "DisputeOpened",
          "DisputeSubmitted",
          "EvidenceGiven",
          "EvidenceRedacted",
          "EvidenceRequested",
          "DisputeAcknowledged",
          "DisputeLogged",
          "DisputeClosed",
          "DisputeReopened");

  private TalkFields() {}

  static void write(Out facts, Out personal, CaseEvent.OfTalk event) {
    switch (event) {
      case CaseEvent.CommentAdded e -> personal.put("text", e.text()).put("mentions", e.mentions());
      case CaseEvent.CommentRedacted e -> {
        facts.put("comment", e.comment());
        personal.put("reason", e.reason());
      }
      case CaseEvent.OfDispute e -> {
        facts.put("dispute", e.dispute().toString());
        writeDispute(facts, personal, e);
      }
    }
  }

  private static void writeDispute(Out facts, Out personal, CaseEvent.OfDispute event) {
    switch (event) {
      case CaseEvent.DisputeOpened e -> {
        facts
            .put("category", e.category())
            .put("externalCaseId", e.externalCaseId())
            .put("draft", e.draft());
        personal.put("description", e.description());
      }
      case CaseEvent.DisputeSubmitted e -> facts.put("externalCaseId", e.externalCaseId());
      case CaseEvent.EvidenceGiven e -> writeEvidence(facts, personal, e.evidence());
      case CaseEvent.EvidenceRedacted e -> {
        facts.put("piece", e.piece());
        facts.put("file", e.file() == null ? null : e.file().toString());
        personal.put("reason", e.reason());
      }
      case CaseEvent.EvidenceRequested e -> personal.put("what", e.what());
      case CaseEvent.DisputeAcknowledged e -> {
        facts.put("externalCaseId", e.externalCaseId());
        personal.put("note", e.note());
      }
      case CaseEvent.DisputeLogged e -> {
        facts.put("direction", e.direction()).put("channel", e.channel());
        personal.put("text", e.text());
      }
      case CaseEvent.DisputeClosed e -> {
        facts.put("won", e.won());
        personal.put("resolution", e.resolution());
      }
      case CaseEvent.DisputeReopened e -> personal.put("reason", e.reason());
    }
  }

  private static void writeEvidence(Out facts, Out personal, Evidence evidence) {
    personal.put("comment", evidence.comment()).put("link", evidence.link());
    var file = evidence.file();
    if (file != null) {
      facts
          .begin("file")
          .put("id", file.id().toString())
          .put("mediaType", file.mediaType())
          .put("bytes", file.bytes())
          .put("sha256", file.sha256())
          .end();
      personal.put("name", file.name());
    }
  }

  static CaseEvent read(String type, In body, In personal) {
    return switch (type) {
      case "CommentAdded/1" ->
          new CaseEvent.CommentAdded(
              EventReading.erasable(personal, "text"), personal.texts("mentions"));
      case "CommentRedacted/1" ->
          new CaseEvent.CommentRedacted(body.integer("comment"), personal.textOrNull("reason"));
      default -> readDispute(type, body, personal);
    };
  }

  private static CaseEvent readDispute(String type, In body, In personal) {
    return switch (type) {
      case "DisputeOpened/1" ->
          new CaseEvent.DisputeOpened(
              dispute(body),
              body.value(DisputeCategory.class, "category"),
              EventReading.erasable(personal, "description"),
              body.textOrNull("externalCaseId"),
              body.truth("draft"));
      case "DisputeSubmitted/1" ->
          new CaseEvent.DisputeSubmitted(dispute(body), body.textOrNull("externalCaseId"));
      case "EvidenceGiven/1", "EvidenceGiven/2" ->
          new CaseEvent.EvidenceGiven(dispute(body), readEvidence(body, personal));
      case "EvidenceRedacted/1" -> {
        var file = body.textOrNull("file");
        yield new CaseEvent.EvidenceRedacted(
            dispute(body),
            body.integer("piece"),
            file == null ? null : UUID.fromString(file),
            personal.textOrNull("reason"));
      }
      case "EvidenceRequested/1" ->
          new CaseEvent.EvidenceRequested(dispute(body), EventReading.erasable(personal, "what"));
      case "DisputeAcknowledged/1" ->
          new CaseEvent.DisputeAcknowledged(
              dispute(body), body.textOrNull("externalCaseId"), personal.textOrNull("note"));
      case "DisputeLogged/1" ->
          new CaseEvent.DisputeLogged(
              dispute(body),
              body.value(DisputeMove.Direction.class, "direction"),
              body.text("channel"),
              EventReading.erasable(personal, "text"));
      case "DisputeClosed/1" ->
          new CaseEvent.DisputeClosed(
              dispute(body), body.truth("won"), EventReading.erasable(personal, "resolution"));
      case "DisputeReopened/1" ->
          new CaseEvent.DisputeReopened(dispute(body), EventReading.erasable(personal, "reason"));
      case String other -> throw new Corrupt("There is no event \"" + other + "\".", null);
    };
  }

  private static UUID dispute(In body) {
    return UUID.fromString(body.text("dispute"));
  }

  private static Evidence readEvidence(In body, In personal) {
    var file = body.objectOrNull("file");
    return new Evidence(
        EventReading.erasable(personal, "comment"),
        personal.textOrNull("link"),
        file == null
            ? null
            : new Evidence.Upload(
                UUID.fromString(file.text("id")),
                EventReading.erasable(personal, "name"),
                file.text("mediaType"),
                file.integer("bytes"),
                file.text("sha256")));
  }

  /** In the state of a case; nothing where nothing was said. */
  static void write(Out out, Talk talk) {
    if (talk.equals(Talk.NONE)) {
      return;
    }
    out.begin("talk").put("comments", talk.comments()).put("redacted", talk.redacted());
    if (!talk.disputes().isEmpty()) {
      out.beginList("disputes");
      for (var dispute : talk.disputes()) {
        out.beginItem()
            .put("id", dispute.id().toString())
            .put("category", dispute.category())
            .put("state", dispute.state())
            .put("evidence", dispute.evidence())
            .put("entries", dispute.entries())
            .put("createdAt", dispute.createdAt())
            .put("updatedAt", dispute.updatedAt())
            .end();
      }
      out.endList();
    }
    out.end();
  }

  static Talk read(@Nullable In in) {
    return in == null
        ? Talk.NONE
        : new Talk(
            (int) in.integer("comments"),
            (int) in.integer("redacted"),
            in.list(
                "disputes",
                one ->
                    new Dispute(
                        UUID.fromString(one.text("id")),
                        one.value(DisputeCategory.class, "category"),
                        one.value(DisputeState.class, "state"),
                        (int) one.integer("evidence"),
                        (int) one.integer("entries"),
                        one.instant("createdAt"),
                        one.instant("updatedAt"))));
  }
}
