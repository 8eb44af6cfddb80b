package dev.signalbox.api.views;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.exceptions.Bookkeeping;
import dev.signalbox.exceptions.Posting;
import dev.signalbox.ledger.BookTable;

/** Postings as callers see them. */
public final class PostingView {
  private PostingView() {}

  /** A posting in the embedded book. */
  public static ObjectNode of(BookTable.Booked booked) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("reference", booked.reference())
            .put("exceptionId", booked.caseId().toString())
            .put("context", booked.context());
    lines(node, booked.posting());
    return node.put("postedAt", booked.postedAt().toString());
  }

  /** What an account comes to. */
  public static ObjectNode of(BookTable.Balance balance) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("account", balance.account())
        .put("currency", balance.currency())
        .put("debit", balance.debit().toPlainString())
        .put("credit", balance.credit().toPlainString())
        .put("balance", balance.balance().toPlainString())
        .put("lines", balance.lines());
  }

  /** The posting of a case, and how far it is. */
  static void write(ObjectNode node, Bookkeeping books) {
    node.put("stage", books.stage().name());
    if (books.reference() != null) {
      node.put("reference", books.reference());
    }
    if (books.problem() != null) {
      node.put("problem", books.problem());
    }
    lines(node, books.posting());
  }

  private static void lines(ObjectNode node, Posting posting) {
    node.put("id", posting.id().toString());
    if (posting.effectiveOn() != null) {
      node.put("effectiveOn", posting.effectiveOn().toString());
    }
    node.put("description", posting.description());
    var lines = node.putArray("lines");
    posting
        .lines()
        .forEach(line ->
            lines
                .addObject()
                .put("account", line.account())
                .put("side", line.side().name())
                .put("amount", line.money().plain())
                .put("currency", line.money().currency().value()));
  }
}
