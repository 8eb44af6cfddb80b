package dev.signalbox.ledger;

import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.HoldId;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.Posting;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code book_hold}: what the book does not post. A hold keeps back what others post to
 * its account or with its counterparty; what settles the exception that placed it is not kept back,
 * since it is what the hold waits for.
 */
final class BookHoldTable {
  private BookHoldTable() {}

  /** Holds; nothing is done when it was released already, or is held. */
  static int place(Tx tx, LedgerOrder.Hold order, CaseId by) {
    return tx.update(
        """
        INSERT INTO book_hold (hold, case_id, kind, value) VALUES (?, ?, ?, ?)
        ON CONFLICT (hold) DO NOTHING
        """,
        order.hold().value(),
        by.value(),
        order.scope().kind().name(),
        order.scope().value());
  }

  /** Releases; what is remembered of it keeps a hold that comes late from holding. */
  static int release(Tx tx, HoldId hold, CaseId by) {
    return tx.update(
        """
        INSERT INTO book_hold (hold, case_id, released) VALUES (?, ?, true)
        ON CONFLICT (hold) DO UPDATE SET released = true, kind = NULL, value = NULL
        """,
        hold.value(),
        by.value());
  }

  /** Why a posting of a case is not taken; null when nothing holds it. */
  static @Nullable String whatHolds(Tx tx, Posting posting, ExceptionCase of) {
    var party = of.report().counterparty();
    var rows =
        tx.query(
            """
            SELECT case_id, kind, value FROM book_hold
            WHERE NOT released AND case_id <> ?
              AND ((kind = 'GL_ACCOUNT' AND value = ANY (?::text[]))
                OR (kind = 'COUNTERPARTY' AND value = ?::text))
            ORDER BY hold LIMIT 1
            """,
            of.id().value(),
            SqlArray.texts(posting.lines().stream().map(Posting.Line::account).toList()),
            party == null ? null : party.id());
    if (rows.isEmpty()) {
      return null;
    }
    var row = rows.getFirst();
    return "%s is held by the exception %s. Maybe have that settled, or its hold released."
        .formatted(
            row.text("kind").equals("GL_ACCOUNT")
                ? "The account " + row.text("value")
                : "The counterparty",
            row.uuid("case_id"));
  }
}
