package dev.signalbox.rules.scenarios;

import dev.signalbox.exceptions.Advice;
import dev.signalbox.exceptions.Assessment;
import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.Decision.RoutingDecision;
import dev.signalbox.exceptions.Decision.Unrouted;
import dev.signalbox.rules.Hours;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.YamlFields;
import java.time.Duration;
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
  private static final String NONE = "none";
  private static final String[] FIELDS = {
    "severity",
    "sla",
    "redecideAfter",
    "queue",
    "lane",
    "target",
    "requiredRole",
    "exclusiveLock",
    "flags",
    "unrouted",
    "ambiguous",
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
        case "flags" -> fields.put(name, yaml.texts(name).stream().sorted().toList().toString());
        case "exclusiveLock", "unrouted", "ambiguous" ->
            fields.put(name, String.valueOf(yaml.flag(name)));
        case "sla" -> fields.put(name, Hours.format(yaml.duration(name)));
        case "redecideAfter" ->
            fields.put(
                name, NONE.equals(yaml.text(name)) ? NONE : Hours.format(yaml.duration(name)));
        default -> fields.put(name, yaml.text(name));
      }
    }
    return new Expectation(fields, yaml.texts("fired"), yaml.texts("notFired"));
  }

  /** A sentence for each difference. */
  List<String> differences(Question question, Assessment assessment, List<String> firedIds) {
    var said = said(question, assessment);
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

  private static Map<String, String> said(Question question, Assessment assessment) {
    var said = new LinkedHashMap<String, String>();
    var severity = assessment.classification().decision();
    said.put("severity", severity.severity().name());
    said.put("sla", Hours.format(severity.sla()));
    if (severity.redecideAt() != null) {
      said.put(
          "redecideAfter", Hours.format(Duration.between(question.asOf(), severity.redecideAt())));
    }
    routing(said, assessment.routing());
    return said;
  }

  private static void routing(Map<String, String> said, Advice<RoutingDecision> advice) {
    said.put("ambiguous", String.valueOf(!advice.conflicts().isEmpty()));
    said.put("unrouted", String.valueOf(advice.decision() instanceof Unrouted));
    if (advice.decision() instanceof Route route) {
      said.put("queue", route.queue().value());
      said.put("lane", route.lane().name());
      said.put("target", route.target() == null ? NONE : route.target().value());
      said.put("requiredRole", route.requiredRole() == null ? NONE : route.requiredRole());
      said.put("exclusiveLock", String.valueOf(route.exclusiveLock()));
      said.put("flags", route.flags().stream().sorted().toList().toString());
    }
  }
}
