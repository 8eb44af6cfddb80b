package dev.signalbox.rules.scenarios;

import dev.signalbox.rules.Hours;
import dev.signalbox.rules.yaml.YamlFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a scenario expects: only what it names is compared.
 *
 * @param fields by the name of the field in the scenario, as text
 * @param fired ids of rules that must be among those that fired
 * @param notFired ids of rules that must not be among them
 */
public record Expectation(Map<String, String> fields, List<String> fired, List<String> notFired) {
  private static final String NONE = Answers.NONE;
  private static final String[] FIELDS = {
    "severity",
    "sla",
    "redecideAfter",
    "dueAt",
    "queue",
    "lane",
    "target",
    "requiredRole",
    "exclusiveLock",
    "skill",
    "assign",
    "flags",
    "unrouted",
    "ambiguous",
    "resolution",
    "candidate",
    "expiresAfter",
    "verdict",
    "causes",
    "approvals",
    "chain",
    "chainAt",
    "fired",
    "notFired"
  };

  static Expectation read(YamlFields yaml) {
    yaml.only(FIELDS);
    if (yaml.names().isEmpty()) {
      yaml.fault("", "expects nothing, so it cannot fail");
    }
    var fields = new LinkedHashMap<String, String>();
    for (var name : yaml.names()) {
      switch (name) {
        case "fired", "notFired" -> {}
        case "chain", "chainAt" -> fields.put(name, yaml.texts(name).toString());
        case "flags", "causes", "approvals" ->
            fields.put(name, yaml.texts(name).stream().sorted().toList().toString());
        case "exclusiveLock", "unrouted", "ambiguous" ->
            fields.put(name, String.valueOf(yaml.flag(name)));
        case "sla" -> fields.put(name, Hours.format(yaml.duration(name)));
        case "redecideAfter", "expiresAfter" ->
            fields.put(
                name, NONE.equals(yaml.text(name)) ? NONE : Hours.format(yaml.duration(name)));
        default -> fields.put(name, yaml.text(name));
      }
    }
    return new Expectation(fields, yaml.texts("fired"), yaml.texts("notFired"));
  }

  /** A sentence for each difference. */
  List<String> differences(Answers answers) {
    var said = answers.said();
    var firedIds = answers.fired();
    var differences = new ArrayList<String>();
    fields.forEach((name, expected) -> {
      var actual = said.getOrDefault(name, NONE);
      if (!actual.equals(expected)) {
        differences.add("%s is %s, expected %s.".formatted(name, actual, expected));
      }
    });
    for (var id : fired) {
      if (!firedIds.contains(id)) {
        differences.add("The rule %s did not fire; %s did.".formatted(id, firedIds));
      }
    }
    for (var id : notFired) {
      if (firedIds.contains(id)) {
        differences.add("The rule %s fired.".formatted(id));
      }
    }
    return differences;
  }
}
