package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.api.views.DisputeView;
import dev.signalbox.desk.Ask;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.Comment;
import dev.signalbox.exceptions.EventId;
import dev.signalbox.exceptions.Refusal;
import dev.signalbox.exceptions.disputes.Evidence;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.journal.JournalTable;
import dev.signalbox.talk.FoundDispute;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Single pieces of evidence: found, and made unreadable. Runs on virtual threads. */
final class EvidenceRoutes {
  private static final int ATTEMPTS_MAX = 8;

  private final Collaborators with;
  private final DisputeRoutes disputes;

  EvidenceRoutes(Collaborators with, DisputeRoutes disputes) {
    this.with = with;
    this.disputes = disputes;
  }

  /**
   * A piece of evidence.
   *
   * @param entry of the journal, which gave it
   */
  record Piece(JournalEntry entry, Evidence evidence) {}

  /** The piece in the path; null when there is none that can be read. */
  @Nullable Piece find(Exchange exchange, FoundDispute found) {
    var id = exchange.pathId("evidenceId");
    var rows = with.database().read(tx -> JournalTable.talk(tx, List.of(found.caseId())));
    var said = with.journal().read(rows);
    var redacted = DisputeView.redactions(said);
    for (var entry : said) {
      if (entry.event() instanceof CaseEvent.EvidenceGiven(var dispute, var evidence)
          && dispute.equals(found.dispute().id())
          && EventId.of(entry.caseId(), entry.seq()).value().equals(id)
          && !redacted.containsKey(entry.seq())) {
        return new Piece(entry, evidence);
      }
    }
    return null;
  }

  /** Looks again when the exception changed meanwhile and the caller named no version. */
  void redact(Exchange exchange, JsonNode body) {
    boolean again = true;
    for (int i = 1; again; i++) {
      again = !isAnswered(exchange, body, i == ATTEMPTS_MAX);
    }
  }

  private boolean isAnswered(Exchange exchange, JsonNode body, boolean last) {
    var about = disputes.about(exchange);
    if (about == null) {
      return true;
    }
    var piece = find(exchange, about.dispute());
    if (piece == null) {
      exchange.problem(none(exchange));
      return true;
    }
    var receipt = redacted(exchange, body, about, piece);
    if (receipt instanceof Receipt.Refused(Refusal.Stale _, var _)
        && !last
        && exchange.conditions().ifMatch() == null) {
      return false;
    }
    if (receipt instanceof Receipt.Done) {
      var file = piece.evidence().file();
      if (file != null) {
        with.files().drop(file.id());
      }
      exchange.empty(204);
    } else {
      exchange.receipt(receipt);
    }
    return true;
  }

  private Receipt redacted(
      Exchange exchange, JsonNode body, DisputeRoutes.About about, Piece piece) {
    var file = piece.evidence().file();
    var words = new Comment(piece.entry().seq(), piece.entry().actor().name(), false);
    var redact =
        new CaseCommand.RedactEvidence(
            about.dispute().dispute().id(),
            words,
            file == null ? null : file.id(),
            exchange.caller().reviewer(),
            body.path("reason").textValue());
    var version = exchange.conditions().ifMatch();
    return with.desk()
        .handle(
            Request.of(about.state().id(), new Ask.Say(redact), exchange.caller().actor())
                .within(exchange.caller().sight())
                .expecting(version != null ? version : Long.valueOf(about.state().version()))
                .tracedBy(exchange.traceParent()));
  }

  static Problem none(Exchange exchange) {
    UUID id = exchange.pathId("evidenceId");
    return Problem.of(
        404,
        "NOT_FOUND",
        "Not found.",
        "The dispute has no evidence %s that can be read.".formatted(id));
  }
}
