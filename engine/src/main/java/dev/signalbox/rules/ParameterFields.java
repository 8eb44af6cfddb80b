package dev.signalbox.rules;

import dev.signalbox.rules.facts.Parameters;
import dev.signalbox.rules.yaml.YamlFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Reads the parameters of a ruleset, by kind and name, and what a context sets in their place. */
final class ParameterFields {
  /** Rules look through a list from its beginning. */
  private static final int TEXTS_MAX = 10_000;

  private final YamlFields fields;
  private final boolean overriding;

  private ParameterFields(YamlFields fields, boolean overriding) {
    this.fields = fields.only("amount", "number", "duration", "list", "text", "role");
    this.overriding = overriding;
  }

  /** What counts where a context says nothing else. */
  static Parameters read(YamlFields fields) {
    return new ParameterFields(fields, false).over(Parameters.NONE);
  }

  /** What counts in a context: it may set other values, but neither new names nor other kinds. */
  static Parameters inPlaceOf(Parameters base, YamlFields fields) {
    return new ParameterFields(fields, true).over(base);
  }

  private Parameters over(Parameters base) {
    return new Parameters(
        over("amount", base.amounts(), YamlFields::decimal),
        over("number", base.numbers(), YamlFields::decimal),
        over("duration", base.durations(), YamlFields::duration),
        over("list", base.lists(), ParameterFields::texts),
        over("text", base.texts(), YamlFields::text),
        over("role", base.roles(), ParameterFields::role));
  }

  private <T> Map<String, T> over(
      String kind, Map<String, T> base, BiFunction<YamlFields, String, T> reading) {
    var said = fields.object(kind);
    if (said.names().isEmpty()) {
      return base;
    }
    var values = new HashMap<>(base);
    for (var name : said.names()) {
      if (overriding && !base.containsKey(name)) {
        said.fault(name, "is set for one context only; set it for all in \"parameters\" first");
      }
      values.put(name, reading.apply(said, name));
    }
    return values;
  }

  private static List<String> texts(YamlFields fields, String name) {
    var texts = fields.texts(name);
    if (texts.size() > TEXTS_MAX) {
      fields.fault(name, "has more than %d texts".formatted(TEXTS_MAX));
    }
    return texts;
  }

  static String role(YamlFields fields, String name) {
    var role = fields.text(name);
    if (!Approving.isRole(role)) {
      fields.fault(name, "is upper-case letters, digits and \"_\", e.g. APPROVER");
    }
    return role;
  }
}
