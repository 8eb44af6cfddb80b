package dev.signalbox.rules.review;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.review.Atoms.Constant;
import dev.signalbox.rules.scenarios.GivenFile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks for an item for which two rules of {@code route} disagree, by trying likely ones. */
final class Example {
  private static final int TRIED_MAX = 20_000;

  /** Each item is held against all rules; a million times are about a second. */
  private static final int HELD_MAX = 1_000_000;

  private static final int AMOUNTS_MAX = 20;
  private static final int AGES_MAX = 10;
  private static final String MAGNITUDE = "Item.magnitude";
  private static final String AGE = "Item.transactionAgeHours";
  private static final Pattern ATTRIBUTE =
      Pattern.compile("Item\\.attributes\\.(text|number|flag)\\(\"([A-Za-z0-9_.-]+)\"\\)");
  private static final Set<String> DIRECT =
      Set.of(
          "context",
          "source",
          "reasonCode",
          "currency",
          "confidence",
          "glAccount",
          "candidates",
          "recurrences");
  private static final Set<String> OF_PARTY = Set.of("id", "riskTier", "restricted", "trusted");

  private final Rulebook rulebook;
  private final List<BigDecimal> amounts;
  private final List<BigDecimal> ages;
  private final int most;
  private int tried;

  /**
   * @param ways of all rules: their bounds are where decisions change
   */
  Example(Rulebook rulebook, List<Way> ways) {
    this.rulebook = rulebook;
    amounts = bounds(ways, MAGNITUDE);
    ages = bounds(ways, AGE);
    most = Math.min(TRIED_MAX, HELD_MAX / Math.max(1, ways.size()));
  }

  /** How many items are tried for a ruleset. */
  int most() {
    return most;
  }

  /** Whether no more is tried. */
  boolean isSpent() {
    return tried >= most;
  }

  private static List<BigDecimal> bounds(List<Way> ways, String component) {
    var bounds = new TreeSet<BigDecimal>();
    bounds.add(BigDecimal.ONE);
    for (var way : ways) {
      way.domains()
          .getOrDefault(component, Domain.ANY)
          .samples()
          .filter(BigDecimal.class::isInstance)
          .map(BigDecimal.class::cast)
          .filter(number -> number.signum() >= 0)
          .forEach(bounds::add);
    }
    return List.copyOf(bounds);
  }

  /** What a scenario would give for it; null where none was found. */
  @Nullable String of(Map<String, Domain> domains, String oneId, String otherId) {
    var given = JsonNodeFactory.instance.objectNode();
    domains.forEach((component, domain) ->
        domain.samples().findFirst().ifPresent(value -> put(given, component, value)));
    for (var amount : fitting(domains, MAGNITUDE, amounts, AMOUNTS_MAX)) {
      for (var age : fitting(domains, AGE, ages, AGES_MAX)) {
        if (isSpent()) {
          return null;
        }
        var item = given.deepCopy().put("amount", amount.toPlainString());
        if (age.signum() > 0) {
          item.put("age", age.toBigInteger() + "h");
        }
        if (disagrees(item, oneId, otherId)) {
          return item.toString();
        }
      }
    }
    return null;
  }

  private static List<BigDecimal> fitting(
      Map<String, Domain> domains, String component, List<BigDecimal> values, int max) {
    var domain = domains.getOrDefault(component, Domain.ANY);
    var own = new ArrayList<BigDecimal>();
    Stream.concat(domain.samples(), values.stream())
        .filter(BigDecimal.class::isInstance)
        .map(BigDecimal.class::cast)
        .filter(number -> number.signum() >= 0 && domain.has(number))
        .distinct()
        .limit(max)
        .forEach(own::add);
    return own;
  }

  private static void put(ObjectNode given, String component, Object value) {
    var text =
        value instanceof Constant constant
            ? constant.name()
            : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    var name = component.startsWith("Item.") ? component.substring("Item.".length()) : "";
    if (DIRECT.contains(name)) {
      put(given, name, text, value);
    } else if (name.startsWith("counterparty.")
        && OF_PARTY.contains(name.substring("counterparty.".length()))) {
      put(
          given.withObjectProperty("counterparty"),
          name.substring("counterparty.".length()),
          text,
          value);
    } else if (name.equals("counterpartyId")) {
      put(given.withObjectProperty("counterparty"), "id", text, value);
    } else if (name.equals("magnitudeKnown") && value.equals(false)) {
      given.put("currency", "JPY");
    } else {
      var attribute = ATTRIBUTE.matcher(component);
      if (attribute.matches()) {
        var node = given.withObjectProperty("attributes");
        var path = attribute.group(2).split("\\.", -1);
        for (int i = 0; i < path.length - 1; i++) {
          node = node.withObjectProperty(path[i]);
        }
        put(node, path[path.length - 1], text, value);
      }
    }
  }

  private static void put(ObjectNode node, String name, String text, Object value) {
    switch (value) {
      case Boolean flag -> node.put(name, flag);
      case BigDecimal number when name.equals("candidates") || name.equals("recurrences") ->
          node.put(name, number.intValue());
      case BigDecimal number when !name.equals("confidence") -> node.put(name, number);
      default -> node.put(name, text);
    }
  }

  private boolean disagrees(ObjectNode given, String oneId, String otherId) {
    tried++;
    try {
      var read =
          GivenFile.read(
              "example", given.toString().getBytes(UTF_8), rulebook.reportingCurrency(), null);
      return rulebook.assess(read.question()).routing().conflicts().stream()
          .anyMatch(said -> said.contains(" " + oneId + " ") && said.contains(" " + otherId + " "));
    } catch (BadRuleset | IllegalArgumentException e) {
      // There is no such item.
      return false;
    }
  }
}
