package dev.signalbox.exceptions;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a resolution does to the books, in double entry. It is made of transfers, each with a debit
 * and a credit of the same money, so it balances in every currency.
 *
 * @param id the idempotency key: derived from the case and its version, the same on every attempt
 * @param effectiveOn the day in the books, in UTC; null while nobody need post it yet, and then the
 *     day on which it is sent
 * @param description without personal data
 */
public record Posting(
    DispatchId id, List<Line> lines, @Nullable LocalDate effectiveOn, String description) {

  /** Which side of an account. */
  public enum Side {
    DEBIT,
    CREDIT
  }

  /**
   * One line.
   *
   * @param money more than nothing
   */
  public record Line(String account, Side side, Money money) {
    public Line {
      if (account.isBlank() || money.amount().signum() <= 0) {
        throw new IllegalArgumentException(
            "A line of a posting needs an account and more than nothing, not \"%s\" and %s."
                .formatted(account, money));
      }
    }
  }

  /**
   * Money that goes from one account to another.
   *
   * @param money what is debited to {@code to} and credited to {@code from}; the other way where it
   *     is negative
   */
  record Transfer(String from, String to, Money money) {}

  /**
   * @throws IllegalArgumentException unless there are lines, and they balance in every currency
   */
  public Posting {
    lines = List.copyOf(lines);
    checkBalanced(lines);
  }

  /** What these transfers come to; null when they move nothing. */
  static @Nullable Posting of(
      DispatchId id, List<Transfer> transfers, @Nullable LocalDate effectiveOn, String what) {
    var lines = new ArrayList<Line>();
    for (var transfer : transfers) {
      var amount = transfer.money().amount();
      if (amount.signum() != 0) {
        var money = new Money(amount.abs(), transfer.money().currency());
        boolean forth = amount.signum() > 0;
        lines.add(new Line(forth ? transfer.to() : transfer.from(), Side.DEBIT, money));
        lines.add(new Line(forth ? transfer.from() : transfer.to(), Side.CREDIT, money));
      }
    }
    return lines.isEmpty() ? null : new Posting(id, lines, effectiveOn, what);
  }

  /** The same, on a day if it has none. */
  Posting sentOn(LocalDate day) {
    return effectiveOn != null ? this : new Posting(id, lines, day, description);
  }

  private static void checkBalanced(List<Line> lines) {
    var sums = new HashMap<CurrencyCode, BigDecimal>();
    for (var line : lines) {
      var amount = line.money().amount();
      sums.merge(
          line.money().currency(),
          line.side() == Side.DEBIT ? amount : amount.negate(),
          BigDecimal::add);
    }
    if (lines.isEmpty() || sums.values().stream().anyMatch(sum -> sum.signum() != 0)) {
      throw new IllegalArgumentException("A posting does not balance: %s.".formatted(lines));
    }
  }
}
