package dev.signalbox.rules.explain;

import dev.signalbox.rules.explain.Element.All;
import dev.signalbox.rules.explain.Element.Any;
import dev.signalbox.rules.explain.Element.Fact;
import dev.signalbox.rules.explain.Element.None;
import dev.signalbox.rules.explain.Element.Some;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks for facts that meet conditions. There are few facts, so it tries them all. */
final class Matching {
  private final List<Object> facts;

  Matching(List<Object> facts) {
    this.facts = List.copyOf(facts);
  }

  /**
   * A way to meet conditions.
   *
   * @param bindings what names stand for
   * @param last the fact that was found last; null where there is none yet
   */
  record Way(Map<String, Object> bindings, @Nullable Object last) {
    static final Way NONE = new Way(Map.of(), null);
  }

  boolean meets(List<Element> elements) {
    return meets(elements, Way.NONE, way -> true);
  }

  /** Whether there is a way that a caller takes; it is shown one after the other. */
  boolean meets(List<Element> elements, Way way, Predicate<Way> taken) {
    if (elements.isEmpty()) {
      return taken.test(way);
    }
    var rest = elements.subList(1, elements.size());
    return switch (elements.getFirst()) {
      case Fact fact ->
          facts.stream()
              .filter(known -> known.getClass().getSimpleName().equals(fact.type()))
              .anyMatch(known -> {
                var further = with(fact, known, way);
                return further != null && meets(rest, further, taken);
              });
      case All all -> meets(joined(all.parts(), rest), way, taken);
      case Any any ->
          any.ways().stream().anyMatch(one -> meets(joined(List.of(one), rest), way, taken));
      case None none -> !meets(none.parts(), way, found -> true) && meets(rest, way, taken);
      case Some some -> meets(some.parts(), way, found -> true) && meets(rest, way, taken);
    };
  }

  /** Null where a test of the fact does not hold. */
  private static @Nullable Way with(Fact fact, Object known, Way way) {
    var bindings = new HashMap<>(way.bindings());
    if (fact.name() != null) {
      bindings.put(fact.name(), known);
    }
    for (var test : fact.tests()) {
      var values = new Values(known, bindings);
      if (test.bound() != null) {
        bindings.put(test.bound(), values.of(test.expression()));
      } else if (!values.holds(test.expression())) {
        return null;
      }
    }
    return new Way(bindings, known);
  }

  private static List<Element> joined(List<Element> first, List<Element> then) {
    var joined = new ArrayList<>(first);
    joined.addAll(then);
    return joined;
  }
}
