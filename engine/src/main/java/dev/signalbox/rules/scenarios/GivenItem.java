package dev.signalbox.rules.scenarios;

import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.ItemIdentity;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.ResolutionKind;
import dev.signalbox.exceptions.RiskTier;
import dev.signalbox.rules.ProposalQuestion;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.facts.Proposer;
import dev.signalbox.rules.yaml.YamlFields;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario gives: the fields of a report, with {@code age} in place of the transaction date,
 * {@code asOf} for the time, and maybe the {@code proposal} of a resolution.
 */
final class GivenItem {
  /** The instant of a scenario that names none: what it says of time is relative to it. */
  private static final Instant AS_OF = Instant.parse("2026-03-02T12:00:00Z");

  private static final int CANDIDATES_MAX = 100;

  static final String[] FIELDS = {
    "asOf",
    "context",
    "source",
    "sourceRef",
    "reasonCode",
    "amount",
    "currency",
    "baseAmount",
    "age",
    "confidence",
    "counterparty",
    "regulatory",
    "glAccount",
    "candidates",
    "recurrences",
    "attributes",
    "proposal"
  };

  private final YamlFields given;
  private final CurrencyCode reportingCurrency;

  GivenItem(YamlFields given, CurrencyCode reportingCurrency) {
    this.given = given;
    this.reportingCurrency = reportingCurrency;
  }

  Question question() {
    var asOf = orElse(given.instantOrNull("asOf"), AS_OF);
    var age = orElse(given.durationOrNull("age"), Duration.ofHours(1));
    var born = asOf.minus(age);
    var first = born.isAfter(asOf) ? asOf : born;
    return new Question(report(born), new Detection(first, asOf, given.count("recurrences")), asOf);
  }

  /** Null when the scenario gives none. */
  @Nullable ProposalQuestion proposal(Question item) {
    if (!given.has("proposal")) {
      return null;
    }
    var proposal =
        given
            .object("proposal")
            .only(
                "kind",
                "proposer",
                "role",
                "model",
                "confidence",
                "candidate",
                "amount",
                "currency");
    return new ProposalQuestion(
        item,
        proposal.oneOf("kind", ResolutionKind.class),
        proposal.has("proposer") ? proposal.oneOf("proposer", Proposer.class) : Proposer.PERSON,
        money(proposal),
        proposal.textOrNull("candidate"),
        proposal.textOrNull("role"),
        proposal.textOrNull("model"),
        proposal.decimalOrNull("confidence"));
  }

  private ExceptionReport report(Instant transactionDate) {
    return new ExceptionReport(
        new ItemIdentity(
            orElse(given.textOrNull("context"), "default"),
            orElse(given.textOrNull("source"), "scenario"),
            orElse(given.textOrNull("sourceRef"), "1"),
            null),
        given.has("reasonCode")
            ? given.oneOf("reasonCode", ReasonCode.class)
            : ReasonCode.NO_CANDIDATE,
        null,
        orElse(money(given), new Money(BigDecimal.valueOf(100), currency(given))),
        given.decimalOrNull("baseAmount"),
        transactionDate,
        null,
        given.decimalOrNull("confidence"),
        given.has("counterparty") ? counterparty(given.object("counterparty")) : null,
        given.texts("regulatory"),
        given.textOrNull("glAccount"),
        candidates(),
        attributes(),
        null);
  }

  /** Null when no amount is given. */
  private @Nullable Money money(YamlFields fields) {
    return fields.has("amount") ? new Money(fields.decimal("amount"), currency(fields)) : null;
  }

  private CurrencyCode currency(YamlFields fields) {
    try {
      return fields.has("currency") ? new CurrencyCode(fields.text("currency")) : reportingCurrency;
    } catch (IllegalArgumentException e) {
      fields.fault("currency", "is a currency of ISO 4217 with a minor unit, e.g. EUR");
      return reportingCurrency;
    }
  }

  private static Counterparty counterparty(YamlFields given) {
    given.only("id", "riskTier", "restricted", "trusted");
    return new Counterparty(
        orElse(given.textOrNull("id"), "cp-1"),
        null,
        given.has("riskTier") ? given.oneOf("riskTier", RiskTier.class) : null,
        given.flag("restricted"),
        given.flag("trusted"));
  }

  /** Their number, where nothing else matters, or a list of them. */
  private List<Candidate> candidates() {
    if (!given.isList("candidates")) {
      return Collections.nCopies(
          Math.min(given.count("candidates"), CANDIDATES_MAX),
          new Candidate("candidate", null, null, null, null, null));
    }
    var candidates = new ArrayList<Candidate>();
    for (var fields : given.objects("candidates")) {
      fields.only("ref", "source", "amount", "currency", "score", "reference");
      candidates.add(
          new Candidate(
              orElse(fields.textOrNull("ref"), "candidate"),
              fields.textOrNull("source"),
              money(fields),
              null,
              fields.decimalOrNull("score"),
              fields.textOrNull("reference")));
    }
    return candidates;
  }

  private Map<String, @Nullable Object> attributes() {
    return given.has("attributes") ? given.tree("attributes") : Map.of();
  }

  private static <T> T orElse(@Nullable T value, T other) {
    return value == null ? other : value;
  }
}
