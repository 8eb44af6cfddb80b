package dev.signalbox.journal;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.CaseStatus;
import dev.signalbox.exceptions.Claim;
import dev.signalbox.exceptions.Classification;
import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.PendingDispatch;
import dev.signalbox.exceptions.PendingProposal;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.exceptions.TargetName;
import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The stored form of a case: all of its state, as one JSON object. */
public final class CaseJson {

  private CaseJson() {}

  public static byte[] write(ExceptionCase state) {
    var out =
        new Out()
            .put("id", state.id().toString())
            .put("version", state.version())
            .put("status", state.status())
            .put("contentHash", state.contentHash().hex())
            .put("substanceHash", state.substanceHash().hex())
            .put("assignee", state.assignee())
            .put("escalationLevel", state.escalationLevel())
            .put("resolvedAt", state.resolvedAt())
            .put("deadLetterReason", state.deadLetterReason())
            .put("openedAt", state.openedAt())
            .put("updatedAt", state.updatedAt())
            .begin("report");
    ReportFields.writeFacts(out, state.report());
    ReportFields.writePersonal(out, state.report());
    out.end();
    writeClassification(out, state.classification());
    writeClaim(out, state.claim());
    if (state.route() != null) {
      DecisionFields.writeRoute(out, state.route());
    }
    out.begin("detection")
        .put("first", state.detection().first())
        .put("last", state.detection().last())
        .put("recurrences", state.detection().recurrences())
        .end();
    TalkFields.write(out, state.talk());
    writePending(out, state.pending());
    writeProposal(out, state.proposal());
    StandingFields.write(out, state.standing());
    PostingFields.write(out, state.bookkeeping());
    if (state.resolution() != null) {
      out.begin("resolution");
      ResolutionFields.writeFacts(out, state.resolution());
      ResolutionFields.writePersonal(out, state.resolution());
      out.end();
    }
    return out.bytes();
  }

  private static void writeClassification(Out out, @Nullable Classification classification) {
    if (classification != null) {
      out.begin("classification")
          .put("severity", classification.severity())
          .put("dueAt", classification.dueAt())
          .put("redecideAt", classification.redecideAt())
          .put("breached", classification.breached())
          .put("materiality", classification.materiality())
          .end();
    }
  }

  private static void writeClaim(Out out, @Nullable Claim claim) {
    if (claim != null) {
      out.begin("claim")
          .put("by", claim.by())
          .put("fence", claim.fence())
          .put("at", claim.at())
          .put("lease", claim.lease().toString())
          .end();
    }
  }

  private static void writePending(Out out, @Nullable PendingDispatch pending) {
    if (pending != null) {
      out.begin("pending")
          .put("dispatch", pending.id().toString())
          .put("target", pending.target().value())
          .put("queue", pending.queue() == null ? null : pending.queue().value())
          .put("before", pending.before())
          .put("requestedAt", pending.requestedAt())
          .put("externalReference", pending.externalReference())
          .put("deliveredAt", pending.deliveredAt())
          .put("answerDueAt", pending.answerDueAt())
          .put("answerOverdue", pending.answerOverdue())
          .end();
    }
  }

  private static void writeProposal(Out out, @Nullable PendingProposal proposal) {
    if (proposal != null) {
      out.begin("proposal").put("by", proposal.by()).put("at", proposal.at()).begin("resolution");
      ResolutionFields.writeFacts(out, proposal.resolution());
      ResolutionFields.writePersonal(out, proposal.resolution());
      out.end();
      DecisionFields.writeApprovals(out, proposal.needed());
      out.beginList("given");
      for (var given : proposal.given()) {
        out.beginItem().put("role", given.role()).put("by", given.by()).end();
      }
      out.endList().end();
    }
  }

  /**
   * Reads {@link #write} back.
   *
   * @throws Corrupt when it is something else
   */
  public static ExceptionCase read(byte[] stored) {
    var in = In.of(stored);
    try {
      var state = state(in);
      in.end();
      return state;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new Corrupt("A stored case holds a value that cannot be: " + e.getMessage(), e);
    }
  }

  private static ExceptionCase state(In in) {
    var report = in.object("report");
    var route = in.objectOrNull("route");
    var resolution = in.objectOrNull("resolution");
    return new ExceptionCase(
        CaseId.parse(in.text("id")),
        in.integer("version"),
        ReportFields.read(report, report),
        new Sha256(in.text("contentHash")),
        new Sha256(in.text("substanceHash")),
        in.value(CaseStatus.class, "status"),
        classification(in.objectOrNull("classification")),
        route == null ? null : DecisionFields.route(route),
        in.textOrNull("assignee"),
        claim(in.objectOrNull("claim")),
        (int) in.integer("escalationLevel"),
        detection(in.object("detection")),
        pending(in.objectOrNull("pending")),
        proposal(in.objectOrNull("proposal")),
        resolution == null ? null : ResolutionFields.read(resolution, resolution),
        in.instantOrNull("resolvedAt"),
        in.textOrNull("deadLetterReason"),
        StandingFields.read(in.objectOrNull("standing")),
        TalkFields.read(in.objectOrNull("talk")),
        PostingFields.bookkeeping(in.objectOrNull("bookkeeping")),
        in.instant("openedAt"),
        in.instant("updatedAt"));
  }

  private static @Nullable PendingProposal proposal(@Nullable In in) {
    if (in == null) {
      return null;
    }
    var resolution = in.object("resolution");
    return new PendingProposal(
        ResolutionFields.read(resolution, resolution),
        in.text("by"),
        in.instant("at"),
        DecisionFields.readApprovals(in),
        in.list("given", one -> new PendingProposal.Given(one.text("role"), one.text("by"))));
  }

  private static @Nullable Classification classification(@Nullable In in) {
    return in == null
        ? null
        : new Classification(
            in.value(Severity.class, "severity"),
            in.instant("dueAt"),
            in.instantOrNull("redecideAt"),
            in.truth("breached"),
            in.decimalOrNull("materiality"));
  }

  private static @Nullable Claim claim(@Nullable In in) {
    return in == null
        ? null
        : new Claim(
            in.text("by"),
            in.integer("fence"),
            in.value(CaseStatus.class, "at"),
            Duration.parse(in.text("lease")));
  }

  private static Detection detection(In in) {
    return new Detection(in.instant("first"), in.instant("last"), (int) in.integer("recurrences"));
  }

  private static @Nullable PendingDispatch pending(@Nullable In in) {
    if (in == null) {
      return null;
    }
    var queue = in.textOrNull("queue");
    return new PendingDispatch(
        DispatchId.parse(in.text("dispatch")),
        new TargetName(in.text("target")),
        queue == null ? null : new QueueName(queue),
        in.value(CaseStatus.class, "before"),
        in.instant("requestedAt"),
        in.textOrNull("externalReference"),
        in.instantOrNull("deliveredAt"),
        in.instantOrNull("answerDueAt"),
        in.truth("answerOverdue"));
  }
}
