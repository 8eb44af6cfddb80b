package dev.signalbox.journal;

import dev.signalbox.exceptions.Bookkeeping;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.HoldId;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.Posting;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The fields of a posting in storage, and of what the ledger said to it. */
final class PostingFields {

  private PostingFields() {}

  static Out write(Out out, Posting posting) {
    out.put("posting", posting.id().toString())
        .put("effectiveOn", posting.effectiveOn() == null ? null : posting.effectiveOn().toString())
        .put("description", posting.description())
        .beginList("lines");
    for (var line : posting.lines()) {
      out.beginItem()
          .put("account", line.account())
          .put("side", line.side())
          .put("amount", line.money().plain())
          .put("currency", line.money().currency().value())
          .end();
    }
    return out.endList();
  }

  static Posting read(In in) {
    var day = in.textOrNull("effectiveOn");
    return new Posting(
        id(in),
        in.list(
            "lines",
            line ->
                new Posting.Line(
                    line.text("account"),
                    line.value(Posting.Side.class, "side"),
                    Money.of(line.text("amount"), line.text("currency")))),
        day == null ? null : LocalDate.parse(day),
        in.text("description"));
  }

  static void write(Out out, CaseEvent.OfLedger event) {
    switch (event) {
      case CaseEvent.PostingDrafted e -> write(out, e.posting());
      case CaseEvent.PostingRequested e -> write(out, e.posting());
      case CaseEvent.LedgerPosted e ->
          out.put("posting", e.posting().toString()).put("reference", e.reference());
      case CaseEvent.PostingRefused e ->
          out.put("posting", e.posting().toString()).put("reason", e.reason());
      case CaseEvent.PostingStuck e ->
          out.put("posting", e.posting().toString()).put("reason", e.reason());
      case CaseEvent.HoldNotTaken e ->
          out.put("hold", e.hold().toString())
              .put("released", e.released())
              .put("problem", e.problem());
      case CaseEvent.PostingRetried e -> out.put("posting", e.posting().toString());
    }
  }

  /** The event of this type; null when it is none of those between a case and the ledger. */
  static CaseEvent.@Nullable OfLedger read(String type, In body) {
    return switch (type) {
      case "PostingDrafted/1" -> new CaseEvent.PostingDrafted(read(body));
      case "PostingRequested/1" -> new CaseEvent.PostingRequested(read(body));
      case "LedgerPosted/1" -> new CaseEvent.LedgerPosted(id(body), body.text("reference"));
      case "PostingRefused/1" -> new CaseEvent.PostingRefused(id(body), body.text("reason"));
      case "PostingStuck/1" -> new CaseEvent.PostingStuck(id(body), body.text("reason"));
      case "PostingRetried/1" -> new CaseEvent.PostingRetried(id(body));
      case "HoldNotTaken/1" ->
          new CaseEvent.HoldNotTaken(
              HoldId.parse(body.text("hold")), body.truth("released"), body.text("problem"));
      default -> null;
    };
  }

  static void write(Out out, @Nullable Bookkeeping books) {
    if (books != null) {
      out.begin("bookkeeping")
          .put("stage", books.stage())
          .put("reference", books.reference())
          .put("problem", books.problem());
      write(out, books.posting()).end();
    }
  }

  static @Nullable Bookkeeping bookkeeping(@Nullable In in) {
    return in == null
        ? null
        : new Bookkeeping(
            read(in),
            in.value(Bookkeeping.Stage.class, "stage"),
            in.textOrNull("reference"),
            in.textOrNull("problem"));
  }

  private static DispatchId id(In in) {
    return DispatchId.parse(in.text("posting"));
  }
}
