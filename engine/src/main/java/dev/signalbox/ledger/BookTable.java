package dev.signalbox.ledger;

import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.Posting;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code book_posting} and {@code book_line}: appended to, never changed, and balanced
 * by the database itself.
 */
public final class BookTable {
  private BookTable() {}

  /** A posting as it stands in the book, in the order in which it came. */
  public record Booked(
      long number, CaseId caseId, String context, Posting posting, Instant postedAt) {
    public String reference() {
      return BookTable.reference(number);
    }
  }

  /** What an account comes to in a currency. */
  public record Balance(
      String account, String currency, BigDecimal debit, BigDecimal credit, long lines) {
    /** More than nothing where there is more on the debit side. */
    public BigDecimal balance() {
      return debit.subtract(credit);
    }
  }

  /**
   * Which postings; what is null does not narrow.
   *
   * @param after the number of a posting that was seen, 0 for none
   */
  public record Filter(
      @Nullable String account, @Nullable UUID caseId, @Nullable String context, long after) {}

  private static String reference(long number) {
    return "BOOK-" + number;
  }

  /** The reference of what was posted under an id; null when nothing was. */
  static @Nullable String find(Tx tx, DispatchId id) {
    var rows = tx.query("SELECT number FROM book_posting WHERE id = ?", id.value());
    return rows.isEmpty() ? null : reference(rows.getFirst().int64("number"));
  }

  /** Posts it; false when it was posted before, and then nothing is done. */
  static boolean insert(Tx tx, Posting posting, ExceptionCase of) {
    int first =
        tx.update(
            """
            INSERT INTO book_posting (id, case_id, context, effective_on, description, lines)
            VALUES (?, ?, ?, CAST(?::text AS date), ?, ?) ON CONFLICT (id) DO NOTHING
            """,
            posting.id().value(),
            of.id().value(),
            of.report().identity().context(),
            String.valueOf(posting.effectiveOn()),
            posting.description(),
            posting.lines().size());
    if (first == 0) {
      return false;
    }
    var lines = posting.lines();
    tx.update(
        """
        INSERT INTO book_line (posting, line, account, side, amount, currency)
        SELECT ?, line, account, side, amount::numeric, currency
        FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) WITH ORDINALITY
          AS new (account, side, amount, currency, line)
        """,
        posting.id().value(),
        SqlArray.texts(lines.stream().map(Posting.Line::account).toList()),
        SqlArray.texts(lines.stream().map(line -> line.side().name()).toList()),
        SqlArray.texts(lines.stream().map(line -> line.money().plain()).toList()),
        SqlArray.texts(lines.stream().map(line -> line.money().currency().value()).toList()));
    return true;
  }

  /** Postings in the order of their numbers. */
  public static List<Booked> page(Tx tx, Filter filter, int limit) {
    var rows =
        tx.query(
            """
            WITH page AS (
              SELECT * FROM book_posting AS p
              WHERE number > ? AND (?::uuid IS NULL OR case_id = ?)
                AND (?::text IS NULL OR context = ?)
                AND (?::text IS NULL OR EXISTS (
                  SELECT FROM book_line AS l WHERE l.posting = p.id AND l.account = ?))
              ORDER BY number LIMIT ?)
            SELECT page.number, page.id, page.case_id, page.context,
              page.effective_on::text AS effective_on, page.description, page.posted_at,
              l.account, l.side, l.amount, l.currency
            FROM page JOIN book_line AS l ON l.posting = page.id
            ORDER BY page.number, l.line
            """,
            filter.after(),
            filter.caseId(),
            filter.caseId(),
            filter.context(),
            filter.context(),
            filter.account(),
            filter.account(),
            limit);
    var lines = new LinkedHashMap<Long, List<Row>>();
    rows.forEach(
        row -> lines.computeIfAbsent(row.int64("number"), none -> new ArrayList<>()).add(row));
    return lines.values().stream().map(BookTable::booked).toList();
  }

  private static Booked booked(List<Row> rows) {
    var head = rows.getFirst();
    return new Booked(
        head.int64("number"),
        new CaseId(head.uuid("case_id")),
        head.text("context"),
        new Posting(
            new DispatchId(head.uuid("id")),
            rows.stream()
                .map(row ->
                    new Posting.Line(
                        row.text("account"),
                        Posting.Side.valueOf(row.text("side")),
                        Money.of(row.decimal("amount").toPlainString(), row.text("currency"))))
                .toList(),
            LocalDate.parse(head.text("effective_on")),
            head.text("description")),
        head.instant("posted_at"));
  }

  /**
   * What accounts come to, by account and currency.
   *
   * @param account null for all
   * @param until the last day that counts; null for all
   */
  public static List<Balance> balances(Tx tx, @Nullable String account, @Nullable LocalDate until) {
    var day = until == null ? null : until.toString();
    return tx
        .query(
            """
            SELECT l.account, l.currency, count(*) AS lines,
              coalesce(sum(l.amount) FILTER (WHERE l.side = 'DEBIT'), 0) AS debit,
              coalesce(sum(l.amount) FILTER (WHERE l.side = 'CREDIT'), 0) AS credit
            FROM book_line AS l JOIN book_posting AS p ON p.id = l.posting
            WHERE (?::text IS NULL OR l.account = ?)
              AND (?::text IS NULL OR p.effective_on <= CAST(?::text AS date))
            GROUP BY l.account, l.currency ORDER BY l.account, l.currency
            """,
            account,
            account,
            day,
            day)
        .stream()
        .map(row ->
            new Balance(
                row.text("account"),
                row.text("currency"),
                row.decimal("debit"),
                row.decimal("credit"),
                row.int64("lines")))
        .toList();
  }
}
