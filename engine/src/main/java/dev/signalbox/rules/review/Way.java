package dev.signalbox.rules.review;

import dev.signalbox.rules.explain.ConditionText;
import dev.signalbox.rules.explain.Element;
import dev.signalbox.rules.explain.Element.All;
import dev.signalbox.rules.explain.Element.Any;
import dev.signalbox.rules.explain.Element.Fact;
import dev.signalbox.rules.explain.Element.Test;
import dev.signalbox.rules.written.WrittenRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One way to meet the conditions of a rule.
 *
 * @param domains what they leave to components, e.g. {@code Item.magnitude}
 * @param others conditions that are only known as text
 * @param impossible the component to which nothing is left; null where there is none
 */
record Way(Map<String, Domain> domains, Set<String> others, @Nullable String impossible) {
  /** Of each other fact there is exactly one, so all conditions on it hold of the same. */
  private static final String MANY = "NearMatch";

  private static final String BINDING = "$";
  private static final Domain NOT_NEGATIVE = Domain.from(BigDecimal.ZERO, false);
  private static final Map<String, Domain> ALWAYS =
      Map.of(
          "Item.magnitude", NOT_NEGATIVE,
          "Item.candidates", NOT_NEGATIVE,
          "Item.recurrences", NOT_NEGATIVE,
          "Proposal.magnitude", NOT_NEGATIVE);

  /** All ways of a rule; the check bounds how many there are. */
  static List<Way> of(WrittenRule rule) {
    return expanded(Element.of(rule.when())).stream().map(Way::of).toList();
  }

  private static List<List<Element>> expanded(List<Element> elements) {
    List<List<Element>> ways = List.of(List.of());
    for (var element : elements) {
      var further = new ArrayList<List<Element>>();
      for (var way : ways) {
        for (var more : expanded(element)) {
          var joined = new ArrayList<>(way);
          joined.addAll(more);
          further.add(joined);
        }
      }
      ways = further;
    }
    return ways;
  }

  private static List<List<Element>> expanded(Element element) {
    return switch (element) {
      case All all -> expanded(all.parts());
      case Any any -> any.ways().stream().flatMap(way -> expanded(way).stream()).toList();
      default -> List.of(List.of(element));
    };
  }

  private static Way of(List<Element> elements) {
    var domains = new HashMap<String, Domain>();
    var others = new HashSet<String>();
    String impossible = null;
    for (var element : elements) {
      if (element instanceof Fact fact && !fact.type().equals(MANY)) {
        fact.tests().forEach(test -> add(fact.type(), test, domains, others));
      } else {
        others.add(ConditionText.of(element));
        if (element instanceof Fact fact) {
          var alone = new HashMap<String, Domain>();
          fact.tests().forEach(test -> add(fact.type(), test, alone, new HashSet<>()));
          impossible = impossible == null ? empty(alone) : impossible;
        }
      }
    }
    return new Way(
        Map.copyOf(domains), Set.copyOf(others), impossible == null ? empty(domains) : impossible);
  }

  private static void add(String fact, Test test, Map<String, Domain> domains, Set<String> others) {
    if (test.bound() != null) {
      return;
    }
    var atoms = Atoms.of(test.expression());
    if (atoms == null || test.text().contains(BINDING)) {
      others.add(fact + ": " + test.text().replaceAll("\\s+", " "));
    }
    if (atoms != null) {
      atoms.forEach(
          (component, domain) -> domains.merge(name(fact, component), domain, Domain::and));
    }
  }

  private static String name(String fact, String component) {
    return component.startsWith(BINDING) ? component : fact + "." + component;
  }

  private static @Nullable String empty(Map<String, Domain> domains) {
    return domains.entrySet().stream()
        .filter(e -> e.getValue().and(ALWAYS.getOrDefault(e.getKey(), Domain.ANY)).isEmpty())
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst()
        .orElse(null);
  }

  /** The components of which it leaves certain values only. */
  Set<String> keyed() {
    return domains.keySet().stream()
        .filter(component -> !component.startsWith(BINDING) && !values(component).isEmpty())
        .collect(Collectors.toSet());
  }

  /** The values that it leaves to one of {@link #keyed}. */
  Set<Object> values(String component) {
    var only = domains.getOrDefault(component, Domain.ANY).only();
    return only == null ? Set.of() : only;
  }

  /** Whether a fact that meets this surely meets another, too. */
  boolean implies(Way other) {
    return others.containsAll(other.others)
        && other.others.stream().noneMatch(text -> text.contains(BINDING))
        && other.domains.entrySet().stream()
            .allMatch(e ->
                !e.getKey().startsWith(BINDING)
                    && e.getValue()
                        .includes(
                            domains
                                .getOrDefault(e.getKey(), Domain.ANY)
                                .and(ALWAYS.getOrDefault(e.getKey(), Domain.ANY))));
  }

  /** What both leave; null where nothing is left to some component. */
  @Nullable Map<String, Domain> and(Way other) {
    for (var e : other.domains.entrySet()) {
      var own = domains.get(e.getKey());
      if (own != null && !e.getKey().startsWith(BINDING) && !own.overlaps(e.getValue())) {
        return null;
      }
    }
    var both = new TreeMap<>(domains);
    other.domains.forEach((component, domain) -> both.merge(component, domain, Domain::and));
    return both;
  }
}
