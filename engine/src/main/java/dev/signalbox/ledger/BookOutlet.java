package dev.signalbox.ledger;

import dev.signalbox.db.Database;
import dev.signalbox.db.Unavailable;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.Posting;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import java.time.Instant;

/**
 * The embedded book as an outside system: it is asked like any other ledger, with the same leases
 * and retries, and answers the second order under an id with the reference of the first.
 */
public final class BookOutlet implements Outlet {
  private final Database database;

  public BookOutlet(Database database) {
    this.database = database;
  }

  @Override
  public Attempt attempt(Dispatch dispatch, Instant deadline) {
    try {
      return switch (dispatch.order()) {
        case null ->
            new Attempt.RejectedByTarget("The ledger takes postings and holds, not exceptions.");
        case LedgerOrder.Post(var posting) -> post(posting, dispatch.exception());
        case LedgerOrder.Hold hold -> {
          database.inTransaction(tx -> BookHoldTable.place(tx, hold, dispatch.exception().id()));
          yield new Attempt.Delivered(null, false);
        }
        case LedgerOrder.Release(var hold) -> {
          database.inTransaction(tx -> BookHoldTable.release(tx, hold, dispatch.exception().id()));
          yield new Attempt.Delivered(null, false);
        }
      };
    } catch (Unavailable e) {
      return new Attempt.Unknown("The book's database is away.");
    }
  }

  private Attempt post(Posting posting, ExceptionCase of) {
    return database.inTransaction(tx -> {
      var before = BookTable.find(tx, posting.id());
      if (before != null) {
        return new Attempt.Delivered(before, true);
      }
      var held = BookHoldTable.whatHolds(tx, posting, of);
      if (held != null) {
        return new Attempt.RejectedByTarget(held);
      }
      boolean first = BookTable.insert(tx, posting, of);
      var reference = BookTable.find(tx, posting.id());
      if (reference == null) {
        throw new IllegalStateException("The posting " + posting.id() + " is not in the book.");
      }
      return new Attempt.Delivered(reference, !first);
    });
  }
}
