package dev.signalbox.rules.scenarios;

import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.ItemIdentity;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.RiskTier;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Finding;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.YamlFields;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code scenarios/*.yaml}. A scenario gives the fields of a report, with {@code age} in
 * place of the transaction date; what it leaves out is that of its file, or else a small young item
 * in the reporting currency.
 */
final class ScenarioReading {
  private static final String FOLDER = "scenarios";

  /** The instant of all scenarios: what they say of time is relative to it. */
  private static final Instant AS_OF = Instant.parse("2026-03-02T12:00:00Z");

  private static final String[] FIELDS = {
    "context",
    "source",
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
    "attributes"
  };

  private final CurrencyCode reportingCurrency;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Scenario> scenarios = new ArrayList<>();

  private ScenarioReading(CurrencyCode reportingCurrency) {
    this.reportingCurrency = reportingCurrency;
  }

  /**
   * @throws BadRuleset with everything that is wrong with the files
   */
  static List<Scenario> read(RulesetFiles files, CurrencyCode reportingCurrency) {
    var reading = new ScenarioReading(reportingCurrency);
    files.in(FOLDER, ".yaml").forEach(reading::file);
    if (!reading.findings.isEmpty()) {
      throw new BadRuleset(FOLDER, reading.findings);
    }
    return reading.scenarios;
  }

  private void file(String path, byte[] content) {
    var yaml = YamlFields.of(path, content, findings).only("description", "given", "scenarios");
    var common = yaml.object("given").only(FIELDS);
    var names = new HashSet<String>();
    for (var scenario : yaml.objects("scenarios")) {
      scenario.only("name", "given", "expect");
      var name = scenario.text("name");
      if (!names.add(name)) {
        scenario.fault("name", "is that of another scenario");
      }
      var given = scenario.object("given").only(FIELDS).orElse(common);
      scenarios.add(
          new Scenario(path, name, question(given), Expectation.read(scenario.object("expect"))));
    }
    if (names.isEmpty()) {
      yaml.fault("scenarios", "has none");
    }
  }

  private Question question(YamlFields given) {
    var age = orElse(given.durationOrNull("age"), Duration.ofHours(1));
    var born = AS_OF.minus(age);
    var first = born.isAfter(AS_OF) ? AS_OF : born;
    return new Question(
        report(given, born), new Detection(first, AS_OF, given.count("recurrences")), AS_OF);
  }

  private ExceptionReport report(YamlFields given, Instant transactionDate) {
    return new ExceptionReport(
        new ItemIdentity(
            orElse(given.textOrNull("context"), "default"),
            orElse(given.textOrNull("source"), "scenario"),
            "1",
            null),
        given.has("reasonCode")
            ? given.oneOf("reasonCode", ReasonCode.class)
            : ReasonCode.NO_CANDIDATE,
        null,
        money(given),
        given.decimalOrNull("baseAmount"),
        transactionDate,
        null,
        given.decimalOrNull("confidence"),
        given.has("counterparty") ? counterparty(given.object("counterparty")) : null,
        given.texts("regulatory"),
        given.textOrNull("glAccount"),
        candidates(given.count("candidates")),
        attributes(given),
        null);
  }

  private Money money(YamlFields given) {
    var amount = orElse(given.decimalOrNull("amount"), BigDecimal.valueOf(100));
    try {
      return new Money(
          amount,
          given.has("currency") ? new CurrencyCode(given.text("currency")) : reportingCurrency);
    } catch (IllegalArgumentException e) {
      given.fault("currency", "is a currency of ISO 4217 with a minor unit, e.g. EUR");
      return new Money(amount, reportingCurrency);
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

  private static List<Candidate> candidates(int count) {
    return Collections.nCopies(
        Math.min(count, 100), new Candidate("candidate", null, null, null, null, null));
  }

  private static Map<String, @Nullable Object> attributes(YamlFields given) {
    return given.has("attributes") ? given.tree("attributes") : Map.of();
  }

  private static <T> T orElse(@Nullable T value, T other) {
    return value == null ? other : value;
  }
}
