package dev.signalbox.rules.explain;

import dev.signalbox.rules.explain.Element.Fact;
import dev.signalbox.rules.explain.Element.None;
import dev.signalbox.rules.explain.Failed.Seen;
import dev.signalbox.rules.explain.Matching.Way;
import dev.signalbox.rules.written.WrittenRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first condition of a rule that fails: the conditions are met one after the other, each
 * together with those before it, until there is no fact left that meets them all.
 */
final class Reasons {
  private static final int SHOWN_MAX = 5;

  private final WrittenRule rule;
  private final List<Element> elements;
  private final Matching matching;

  Reasons(WrittenRule rule, List<Object> facts) {
    this.rule = rule;
    elements = Element.of(rule.when());
    matching = new Matching(facts);
  }

  /** Null when none fails. */
  @Nullable Failed first() {
    var met = new ArrayList<Element>();
    for (var element : elements) {
      var failed = element instanceof Fact fact ? first(met, fact) : whole(met, element);
      if (failed != null) {
        return failed;
      }
      met.add(element);
    }
    return null;
  }

  private @Nullable Failed first(List<Element> met, Fact fact) {
    for (int count = 0; count <= fact.tests().size(); count++) {
      if (!matching.meets(and(met, fact.first(count)))) {
        return count == 0
            ? new Failed(
                fact.type() + "()",
                rule.at(fact.offset(), "There is no %s.".formatted(fact.type())),
                List.of())
            : failed(met, fact, count);
      }
    }
    return null;
  }

  private Failed failed(List<Element> met, Fact fact, int count) {
    var test = fact.tests().get(count - 1);
    var seen = new LinkedHashSet<List<Seen>>();
    var ways = new int[1];
    matching.meets(
        and(met, fact.first(count - 1)),
        Way.NONE,
        way -> {
          ways[0]++;
          if (way.last() != null) {
            seen.add(Seeing.of(test.expression(), new Values(way.last(), way.bindings())));
          }
          return false;
        });
    var shown =
        seen.stream().limit(SHOWN_MAX).map(Reasons::shown).collect(Collectors.joining("; "));
    var more = seen.size() > SHOWN_MAX ? "; …" : "";
    var what =
        ways[0] == 1
            ? shown + "."
            : "%s for none of %d: %s%s.".formatted(fact.type(), ways[0], shown, more);
    return new Failed(
        test.text(),
        rule.at(test.offset(), what),
        seen.stream().limit(SHOWN_MAX).flatMap(List::stream).distinct().toList());
  }

  private static String shown(List<Seen> seen) {
    return seen.stream()
        .map(one -> one.expression() + " is " + Seeing.shown(one.value()))
        .collect(Collectors.joining(", "));
  }

  /** What is not taken apart: or, not, exists. */
  private @Nullable Failed whole(List<Element> met, Element element) {
    return matching.meets(and(met, element))
        ? null
        : new Failed(
            ConditionText.of(element), rule.at(offset(element), sentence(element)), List.of());
  }

  private static String sentence(Element element) {
    return switch (element) {
      case Element.Any any -> "None of its %d ways is met.".formatted(any.ways().size());
      case None none -> "There is such %s.".formatted(types(none.parts()));
      default -> "There is none such.";
    };
  }

  private static String types(List<Element> parts) {
    return parts.stream()
        .map(part -> part instanceof Fact fact ? "a " + fact.type() : "a combination")
        .collect(Collectors.joining(" and "));
  }

  private static List<Element> and(List<Element> met, Element next) {
    var all = new ArrayList<>(met);
    all.add(next);
    return all;
  }

  /** The parser does not always know where a group begins; its first fact it knows. */
  private static int offset(Element element) {
    return switch (element) {
      case Fact fact -> fact.offset();
      case Element.All all -> offset(all.parts().getFirst());
      case Element.Any any -> offset(any.ways().getFirst());
      case None none -> offset(none.parts().getFirst());
      case Element.Some some -> offset(some.parts().getFirst());
    };
  }
}
