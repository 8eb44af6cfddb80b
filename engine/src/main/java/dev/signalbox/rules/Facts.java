package dev.signalbox.rules;

import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.RiskTier;
import dev.signalbox.rules.facts.Item;
import dev.signalbox.rules.facts.Party;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes a question into facts. */
final class Facts {
  private static final Party UNKNOWN = new Party("", RiskTier.LOW, false, false, false);

  private Facts() {}

  static Item of(Question question, String reportingCurrency) {
    var report = question.report();
    var base = baseAmount(report, reportingCurrency);
    return new Item(
        report.identity().context(),
        report.identity().source(),
        report.reasonCode(),
        report.money().amount().abs(),
        report.money().currency().value(),
        base == null ? BigDecimal.ZERO : base.abs(),
        base != null,
        Duration.between(bornAt(question), question.asOf()).toHours(),
        report.confidence() == null ? BigDecimal.ZERO : report.confidence(),
        party(report.counterparty()),
        report.regulatory(),
        report.glAccount() == null ? "" : report.glAccount(),
        report.candidates().size(),
        question.detection().recurrences());
  }

  /** From when the age counts. */
  static Instant bornAt(Question question) {
    var transaction = question.report().transactionDate();
    var detected = question.detection().first();
    return transaction.isBefore(detected) ? transaction : detected;
  }

  private static @Nullable BigDecimal baseAmount(ExceptionReport report, String reporting) {
    return report.baseAmount() == null && report.money().currency().value().equals(reporting)
        ? report.money().amount()
        : report.baseAmount();
  }

  private static Party party(@Nullable Counterparty counterparty) {
    return counterparty == null
        ? UNKNOWN
        : new Party(
            counterparty.id() == null ? "" : counterparty.id(),
            counterparty.riskTier() == null ? RiskTier.LOW : counterparty.riskTier(),
            counterparty.restricted(),
            counterparty.trusted(),
            true);
  }
}
