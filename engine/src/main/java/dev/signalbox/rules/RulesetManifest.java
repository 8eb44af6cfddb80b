package dev.signalbox.rules;

import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.rules.facts.Parameters;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What {@code ruleset.yaml} says.
 *
 * @param reportingCurrency thresholds are in it
 * @param ageThresholds the ages of a transaction at which its item is decided again, ascending
 * @param highestRole who approves where the rules do not say who
 * @param sla from classification to the due time, for each severity
 */
record RulesetManifest(
    String name,
    String description,
    String owner,
    CurrencyCode reportingCurrency,
    String highestRole,
    List<Duration> ageThresholds,
    Map<Severity, Duration> sla,
    Parameters parameters) {
  static final String FILE = "ruleset.yaml";

  RulesetManifest {
    ageThresholds = List.copyOf(ageThresholds);
    sla = Collections.unmodifiableMap(new EnumMap<>(sla));
  }

  Duration sla(Severity severity) {
    var found = sla.get(severity);
    if (found == null) {
      throw new IllegalStateException("The ruleset " + name + " has no SLA for " + severity + ".");
    }
    return found;
  }

  /** Reads it; after a finding, the result is only good for looking further. */
  static RulesetManifest read(RulesetFiles files, List<Finding> findings) {
    var fields =
        YamlFields.of(FILE, files.content(FILE), findings)
            .only(
                "name",
                "description",
                "owner",
                "reportingCurrency",
                "highestRole",
                "ageThresholds",
                "sla",
                "parameters");
    return new RulesetManifest(
        fields.text("name"),
        fields.text("description"),
        fields.text("owner"),
        currency(fields),
        fields.has("highestRole") ? role(fields, "highestRole") : "APPROVER",
        ageThresholds(fields),
        sla(fields.object("sla")),
        parameters(fields.object("parameters")));
  }

  private static CurrencyCode currency(YamlFields fields) {
    var code = fields.text("reportingCurrency");
    try {
      return new CurrencyCode(code);
    } catch (IllegalArgumentException e) {
      fields.fault("reportingCurrency", "is a currency of ISO 4217 with a minor unit, e.g. EUR");
      return new CurrencyCode("EUR");
    }
  }

  private static List<Duration> ageThresholds(YamlFields fields) {
    var thresholds = fields.durations("ageThresholds");
    for (int i = 0; i < thresholds.size(); i++) {
      var before = i == 0 ? Duration.ZERO : thresholds.get(i - 1);
      if (thresholds.get(i).compareTo(before) <= 0 || thresholds.get(i).toMinutesPart() != 0) {
        fields.fault("ageThresholds", "ascends in whole hours, from more than 0h");
        break;
      }
    }
    return thresholds;
  }

  private static Map<Severity, Duration> sla(YamlFields fields) {
    fields.only("CRITICAL", "HIGH", "MEDIUM", "LOW");
    var sla = new EnumMap<Severity, Duration>(Severity.class);
    for (var severity : Severity.values()) {
      var duration = fields.duration(severity.name());
      if (duration.isNegative()) {
        fields.fault(severity.name(), "is over at once");
      }
      sla.put(severity, duration);
    }
    return sla;
  }

  private static Parameters parameters(YamlFields fields) {
    fields.only("amount", "number", "duration", "list", "text", "role");
    Map<String, BigDecimal> amounts = named(fields.object("amount"), YamlFields::decimal);
    Map<String, BigDecimal> numbers = named(fields.object("number"), YamlFields::decimal);
    Map<String, Duration> durations = named(fields.object("duration"), YamlFields::duration);
    Map<String, List<String>> lists = named(fields.object("list"), YamlFields::texts);
    Map<String, String> texts = named(fields.object("text"), YamlFields::text);
    Map<String, String> roles = named(fields.object("role"), RulesetManifest::role);
    return new Parameters(amounts, numbers, durations, lists, texts, roles);
  }

  private static String role(YamlFields fields, String name) {
    var role = fields.text(name);
    if (!Approving.isRole(role)) {
      fields.fault(name, "is upper-case letters, digits and \"_\", e.g. APPROVER");
    }
    return role;
  }

  private static <T> Map<String, T> named(
      YamlFields fields, BiFunction<YamlFields, String, T> reading) {
    var values = new HashMap<String, T>();
    for (var name : fields.names()) {
      values.put(name, reading.apply(fields, name));
    }
    return values;
  }
}
