package dev.signalbox.rules;

import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.RiskTier;
import dev.signalbox.rules.facts.Attributes;
import dev.signalbox.rules.facts.Item;
import dev.signalbox.rules.facts.NearMatch;
import dev.signalbox.rules.facts.Party;
import dev.signalbox.rules.facts.PartyRisk;
import dev.signalbox.rules.facts.Proposal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a question into facts, and knows when they change by themselves. */
final class Facts {
  private static final long SECONDS_PER_HOUR = 3_600;

  private final RulesetManifest manifest;

  Facts(RulesetManifest manifest) {
    this.manifest = manifest;
  }

  Item of(Question question) {
    var report = question.report();
    var base = baseAmount(report);
    var party = party(report.counterparty());
    return new Item(
        report.identity().context(),
        report.identity().source(),
        report.reasonCode(),
        report.money().amount(),
        report.money().currency().value(),
        base == null ? Item.UNKNOWN_MAGNITUDE : base.abs(),
        base != null,
        hours(bornAt(question), question.asOf()),
        report.confidence() == null ? BigDecimal.ZERO : report.confidence(),
        party,
        party.id(),
        report.regulatory(),
        report.glAccount() == null ? "" : report.glAccount(),
        report.candidates().size(),
        question.detection().recurrences(),
        report.attributes().isEmpty() ? Attributes.NONE : new Attributes(report.attributes()),
        manifest.parameters(report.identity().context()));
  }

  /** A fact for each candidate. */
  List<NearMatch> near(Question question) {
    var report = question.report();
    return report.candidates().stream()
        .map(candidate ->
            new NearMatch(
                candidate.ref(),
                candidate.source() == null ? "" : candidate.source(),
                isSameReference(report, candidate.reference()),
                difference(report.money(), candidate.money()),
                candidate.score() == null ? BigDecimal.ZERO : candidate.score()))
        .toList();
  }

  Proposal of(ProposalQuestion question) {
    var report = question.item().report();
    var money = question.money();
    var base =
        money == null ? baseAmount(report) : inReportingCurrency(money, report.transactionDate());
    var candidate = question.candidate();
    return new Proposal(
        question.kind(),
        question.proposer(),
        question.role() == null ? "" : question.role(),
        question.model() == null ? "" : question.model(),
        question.confidence() == null ? BigDecimal.ZERO : question.confidence(),
        candidate == null ? "" : candidate,
        report.candidates().stream().anyMatch(known -> known.ref().equals(candidate)),
        base == null ? Item.UNKNOWN_MAGNITUDE : base.abs(),
        base != null);
  }

  private static boolean isSameReference(ExceptionReport report, @Nullable String reference) {
    var wanted = reference == null ? "" : reference.strip();
    return !wanted.isEmpty()
        && (wanted.equalsIgnoreCase(report.identity().sourceRef().strip())
            || wanted.equalsIgnoreCase(
                new Attributes(report.attributes()).text("reference").strip()));
  }

  private static BigDecimal difference(Money item, @Nullable Money candidate) {
    return candidate == null || !candidate.currency().equals(item.currency())
        ? Item.UNKNOWN_MAGNITUDE
        : item.amount().subtract(candidate.amount()).abs();
  }

  /**
   * The next instant at which the item reaches an age threshold; null when none is ahead. Rounded
   * up to microseconds, so that it is not early once a database has kept it.
   */
  @Nullable Instant redecideAt(Question question) {
    for (var threshold : manifest.ageThresholds()) {
      var at = ceiling(bornAt(question).plus(threshold));
      if (at.isAfter(question.asOf())) {
        return at;
      }
    }
    return null;
  }

  /** So much later than a question is asked, in the hours that count. */
  Instant after(Question question, Duration length) {
    var due = calendarDue(question, length);
    return due == null ? question.asOf().plus(length) : due;
  }

  /** The same where a calendar says which hours count; null where all do. */
  @Nullable Instant calendarDue(Question question, Duration length) {
    var calendar = manifest.calendars().of(question.report().identity().context());
    return calendar == null ? null : calendar.after(question.asOf(), length);
  }

  /** From when its age counts: a transaction date in the future does not keep an item young. */
  private static Instant bornAt(Question question) {
    var transaction = question.report().transactionDate();
    var detected = question.detection().first();
    return transaction.isBefore(detected) ? transaction : detected;
  }

  private static Instant ceiling(Instant at) {
    var floor = at.truncatedTo(ChronoUnit.MICROS);
    return floor.equals(at) ? at : floor.plus(1, ChronoUnit.MICROS);
  }

  private static long hours(Instant from, Instant to) {
    return Math.floorDiv(Duration.between(from, to).toSeconds(), SECONDS_PER_HOUR);
  }

  /** The amount in the reporting currency, without its sign; null where nobody knows it. */
  @Nullable BigDecimal materiality(ExceptionReport report) {
    var base = baseAmount(report);
    return base == null ? null : base.abs();
  }

  private @Nullable BigDecimal baseAmount(ExceptionReport report) {
    return report.baseAmount() == null
        ? inReportingCurrency(report.money(), report.transactionDate())
        : report.baseAmount();
  }

  /** At the rate of the transaction's day, so that an amount stays what it is; not rounded. */
  private @Nullable BigDecimal inReportingCurrency(Money money, Instant at) {
    if (money.currency().equals(manifest.reportingCurrency())) {
      return money.amount();
    }
    var rate = manifest.rates().at(money.currency(), at);
    return rate == null ? null : money.amount().multiply(rate);
  }

  private static Party party(@Nullable Counterparty counterparty) {
    return counterparty == null
        ? Party.NONE
        : new Party(
            counterparty.id() == null ? "" : counterparty.id(),
            true,
            risk(counterparty.riskTier()),
            counterparty.restricted(),
            counterparty.trusted());
  }

  private static PartyRisk risk(@Nullable RiskTier tier) {
    return switch (tier) {
      case null -> PartyRisk.UNKNOWN;
      case LOW -> PartyRisk.LOW;
      case MEDIUM -> PartyRisk.MEDIUM;
      case HIGH -> PartyRisk.HIGH;
      case CRITICAL -> PartyRisk.CRITICAL;
    };
  }
}
