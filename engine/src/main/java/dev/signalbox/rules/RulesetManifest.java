package dev.signalbox.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.signalbox.exceptions.CurrencyCode;
import dev.signalbox.exceptions.Severity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code ruleset.yaml} says.
 *
 * @param reportingCurrency thresholds are in it
 * @param ageThresholds the ages at which severity is decided again, ascending
 * @param sla from classification to the due time, for each severity
 */
record RulesetManifest(
    String name,
    String description,
    String owner,
    CurrencyCode reportingCurrency,
    List<Duration> ageThresholds,
    Map<Severity, Duration> sla) {
  static final String FILE = "ruleset.yaml";
  private static final Set<String> FIELDS =
      Set.of("name", "description", "owner", "reportingCurrency", "ageThresholds", "sla");
  private static final YAMLMapper YAML = new YAMLMapper();

  static RulesetManifest of(RulesetFiles files) {
    try {
      return new Reading(YAML.readTree(files.file(FILE))).manifest();
    } catch (IOException e) {
      throw new BadRuleset(FILE, List.of("It is not YAML: " + e.getMessage()));
    }
  }

  /** Collects all that is wrong before it complains. */
  private static final class Reading {
    private final JsonNode yaml;
    private final List<String> findings = new ArrayList<>();

    Reading(JsonNode yaml) {
      this.yaml = yaml;
    }

    RulesetManifest manifest() {
      yaml.fieldNames()
          .forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
              findings.add(
                  "There is no field \"%s\"; the fields are %s."
                      .formatted(name, String.join(", ", new TreeSet<>(FIELDS))));
            }
          });
      var name = text("name");
      var description = text("description");
      var owner = text("owner");
      var currency = text("reportingCurrency");
      var thresholds = new ArrayList<Duration>();
      yaml.path("ageThresholds").forEach(item -> thresholds.add(hours("ageThresholds", item)));
      thresholds.sort(null);
      var sla = new EnumMap<Severity, Duration>(Severity.class);
      for (var severity : Severity.values()) {
        sla.put(severity, hours("sla." + severity, yaml.path("sla").path(severity.name())));
      }
      if (!findings.isEmpty()) {
        throw new BadRuleset(FILE, findings);
      }
      return new RulesetManifest(
          name, description, owner, new CurrencyCode(currency), List.copyOf(thresholds), sla);
    }

    private String text(String field) {
      var value = yaml.path(field);
      if (!value.isTextual() || value.textValue().isBlank()) {
        findings.add("The field \"%s\" needs a text.".formatted(field));
        return "";
      }
      return value.textValue();
    }

    private Duration hours(String field, JsonNode value) {
      var text = value.asText();
      if (text.matches("[1-9][0-9]{0,4}h")) {
        return Duration.ofHours(Long.parseLong(text.substring(0, text.length() - 1)));
      }
      findings.add("The field \"%s\" needs hours like 24h, not \"%s\".".formatted(field, text));
      return Duration.ZERO;
    }
  }
}
