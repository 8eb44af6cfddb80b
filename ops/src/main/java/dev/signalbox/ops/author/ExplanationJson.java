package dev.signalbox.ops.author;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.ops.findings.Told;
import dev.signalbox.ops.findings.Told.Code;
import dev.signalbox.rules.Finding;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.explain.Components;
import dev.signalbox.rules.explain.Explanation;
import dev.signalbox.rules.explain.Explanation.Point;
import dev.signalbox.rules.explain.Explanation.Silent;
import dev.signalbox.rules.facts.Attributes;
import dev.signalbox.rules.facts.Item;
import dev.signalbox.rules.facts.Parameters;
import dev.signalbox.rules.facts.Party;
import dev.signalbox.rules.written.WrittenRule;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** An explanation for scripts. Amounts are texts, so that nobody rounds them. */
public final class ExplanationJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ExplanationJson() {}

  /**
   * The whole.
   *
   * @param folder of the ruleset, as the caller named it
   * @param asOf what the rules took for now
   */
  public static ObjectNode of(
      String folder, Rulebook rulebook, Instant asOf, Explanation explanation) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("ruleset", rulebook.digest().hex())
            .put("asOf", asOf.toString());
    var points = node.putArray("points");
    explanation.points().forEach(point -> points.add(point(folder, point)));
    return node;
  }

  private static ObjectNode point(String folder, Point point) {
    var node = JsonNodeFactory.instance.objectNode().put("point", point.name());
    var facts = node.putArray("facts");
    point.facts().forEach(fact -> facts.add(fact(fact).put("fact", simple(fact))));
    var decision = node.putObject("decision");
    point.said().forEach(decision::put);
    var fired = node.putArray("fired");
    point
        .fired()
        .forEach(
            rule -> fired.add(rule(folder, rule).put("because", rule.card().fired().because())));
    var silent = node.putArray("notFired");
    point.silent().forEach(one -> silent.add(silent(folder, one)));
    point.notes().forEach(node.putArray("notes")::add);
    return node;
  }

  private static String simple(Object fact) {
    return fact.getClass().getSimpleName();
  }

  private static ObjectNode fact(Object fact) {
    var node = JsonNodeFactory.instance.objectNode();
    Components.of(fact)
        .forEach((name, value) -> {
          if (!(value instanceof Parameters)) {
            put(node, name, value);
          }
        });
    return node;
  }

  private static void put(ObjectNode node, String name, Object value) {
    switch (value) {
      case BigDecimal amount ->
          node.put(
              name, amount.compareTo(Item.UNKNOWN_MAGNITUDE) == 0 ? null : amount.toPlainString());
      case Boolean flag -> node.put(name, flag);
      case Long number -> node.put(name, number);
      case Integer number -> node.put(name, number);
      case List<?> list -> node.set(name, JSON.valueToTree(list));
      case Party party -> node.set(name, fact(party));
      case Attributes attributes -> node.set(name, JSON.valueToTree(attributes.tree()));
      default -> node.put(name, value.toString());
    }
  }

  private static ObjectNode rule(String folder, WrittenRule rule) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", rule.id())
        .put("rule", rule.card().name())
        .put("file", path(folder, rule.card().file()))
        .put("line", rule.card().line());
  }

  private static String path(String folder, String file) {
    return Told.of(Code.INVALID, folder, new Finding(file, 0, 0, null, "")).file();
  }

  private static ObjectNode silent(String folder, Silent silent) {
    var node = rule(folder, silent.rule());
    var failed = silent.failed();
    if (failed == null) {
      return node.putNull("failed");
    }
    var shown = node.putObject("failed").put("condition", failed.condition());
    shown.put("line", failed.place().line()).put("column", failed.place().column());
    shown.put("what", failed.place().what());
    var seen = shown.putArray("seen");
    for (var one : failed.seen()) {
      put(seen.addObject().put("expression", one.expression()), "value", one.value());
    }
    return node;
  }
}
