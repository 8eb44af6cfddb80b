package dev.signalbox.testkit;

import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.ItemIdentity;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.RiskTier;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports for tests, said in a few words; each method gives a changed copy. */
public record Reports(
    String context,
    String sourceRef,
    ReasonCode reason,
    String amount,
    String currency,
    @Nullable String baseAmount,
    Instant transactionDate,
    @Nullable Instant detectedAt,
    @Nullable Counterparty counterparty,
    List<String> regulatory,
    @Nullable String details) {

  /** A small young item of a trusted counterparty. */
  public static Reports report(String sourceRef, Instant transactionDate) {
    return new Reports(
        "default",
        sourceRef,
        ReasonCode.AMOUNT_OUTSIDE_TOLERANCE,
        "100.00",
        "EUR",
        null,
        transactionDate,
        null,
        new Counterparty("cp-1", "Meier & Söhne", RiskTier.LOW, false, true),
        List.of(),
        "The amounts differ.");
  }

  public Reports in(String newContext) {
    return new Reports(
        newContext,
        sourceRef,
        reason,
        amount,
        currency,
        baseAmount,
        transactionDate,
        detectedAt,
        counterparty,
        regulatory,
        details);
  }

  public Reports because(ReasonCode newReason) {
    return new Reports(
        context,
        sourceRef,
        newReason,
        amount,
        currency,
        baseAmount,
        transactionDate,
        detectedAt,
        counterparty,
        regulatory,
        details);
  }

  public Reports of(String newAmount) {
    return new Reports(
        context,
        sourceRef,
        reason,
        newAmount,
        currency,
        baseAmount,
        transactionDate,
        detectedAt,
        counterparty,
        regulatory,
        details);
  }

  public Reports detectedAt(Instant at) {
    return new Reports(
        context,
        sourceRef,
        reason,
        amount,
        currency,
        baseAmount,
        transactionDate,
        at,
        counterparty,
        regulatory,
        details);
  }

  public Reports saying(String newDetails) {
    return new Reports(
        context,
        sourceRef,
        reason,
        amount,
        currency,
        baseAmount,
        transactionDate,
        detectedAt,
        counterparty,
        regulatory,
        newDetails);
  }

  public Reports from(Counterparty party) {
    return new Reports(
        context,
        sourceRef,
        reason,
        amount,
        currency,
        baseAmount,
        transactionDate,
        detectedAt,
        party,
        regulatory,
        details);
  }

  /** The report itself. */
  public ExceptionReport build() {
    return build("0.5", Money.of("99.50", "EUR"), null);
  }

  /** The report when the matcher is sure of a candidate with the same amount and reference. */
  public ExceptionReport buildClean() {
    return build("0.97", Money.of(amount, currency), sourceRef);
  }

  private ExceptionReport build(String confidence, Money candidate, @Nullable String reference) {
    return new ExceptionReport(
        new ItemIdentity(context, "bank-a-mt940", sourceRef, null),
        reason,
        details,
        Money.of(amount, currency),
        baseAmount == null ? null : new BigDecimal(baseAmount),
        transactionDate,
        detectedAt,
        new BigDecimal(confidence),
        counterparty,
        regulatory,
        "1200",
        List.of(new Candidate("L-1", "ledger", candidate, "2026-03-01", BigDecimal.ONE, reference)),
        Map.of("branch", "042"),
        null);
  }
}
