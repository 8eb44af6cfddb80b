package dev.signalbox.rules;

import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.rules.calendars.CalendarReading;
import dev.signalbox.rules.calendars.Calendars;
import dev.signalbox.rules.calendars.WorkCalendar;
import dev.signalbox.rules.facts.Parameters;
import dev.signalbox.rules.yaml.YamlFields;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ruleset.yaml} says.
 *
 * @param reportingCurrency thresholds are in it
 * @param ageThresholds the ages of a transaction at which its item is decided again, ascending
 * @param highestRole who approves where the rules do not say who
 * @param sla from classification to the due time, for each severity
 * @param parameters where a context sets no others
 * @param contexts the parameters of contexts that set some of their own, whole
 * @param rates to the reporting currency
 * @param calendars which hours count, by context
 */
record RulesetManifest(
    String name,
    String description,
    String owner,
    CurrencyCode reportingCurrency,
    String highestRole,
    List<Duration> ageThresholds,
    Map<Severity, Duration> sla,
    Parameters parameters,
    Map<String, Parameters> contexts,
    Rates rates,
    Calendars calendars) {
  static final String FILE = "ruleset.yaml";

  private static final int VALUES_MAX = 200_000;

  RulesetManifest {
    ageThresholds = List.copyOf(ageThresholds);
    contexts = Map.copyOf(contexts);
    sla = Collections.unmodifiableMap(new EnumMap<>(sla));
  }

  Duration sla(Severity severity) {
    var found = sla.get(severity);
    if (found == null) {
      throw new IllegalStateException("The ruleset " + name + " has no SLA for " + severity + ".");
    }
    return found;
  }

  /** The parameters that count in a context. */
  Parameters parameters(String context) {
    return contexts.getOrDefault(context, parameters);
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
                "parameters",
                "contexts",
                "calendar",
                "rates");
    var calendars =
        new CalendarReading(findings)
            .read(files.in(CalendarReading.FOLDER, CalendarReading.ENDING));
    var reportingCurrency = currency(fields);
    var parameters = ParameterFields.read(fields.object("parameters"));
    return new RulesetManifest(
        fields.text("name"),
        fields.text("description"),
        fields.text("owner"),
        reportingCurrency,
        fields.has("highestRole") ? ParameterFields.role(fields, "highestRole") : "APPROVER",
        ageThresholds(fields),
        sla(fields.object("sla")),
        parameters,
        contexts(fields.object("contexts"), parameters),
        Rates.read(fields.object("rates"), reportingCurrency),
        calendars(fields, calendars));
  }

  private static Calendars calendars(YamlFields fields, CalendarReading reading) {
    var named = new HashMap<String, @Nullable WorkCalendar>();
    var contexts = fields.object("contexts");
    for (var name : contexts.names()) {
      var context = contexts.object(name);
      if (context.has("calendar")) {
        named.put(name, reading.named(context, "calendar"));
      }
    }
    return new Calendars(reading.named(fields, "calendar"), named);
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

  private static Map<String, Parameters> contexts(YamlFields fields, Parameters base) {
    var contexts = new HashMap<String, Parameters>();
    if ((long) fields.names().size() * size(base) > VALUES_MAX) {
      fields.fault(
          "",
          "has more than %d values, each parameter counted for each context".formatted(VALUES_MAX));
      return contexts;
    }
    for (var name : fields.names()) {
      var context = fields.object(name).only("parameters", "calendar");
      contexts.put(name, ParameterFields.inPlaceOf(base, context.object("parameters")));
    }
    return contexts;
  }

  private static int size(Parameters parameters) {
    return parameters.amounts().size()
        + parameters.numbers().size()
        + parameters.durations().size()
        + parameters.lists().size()
        + parameters.texts().size()
        + parameters.roles().size();
  }
}
