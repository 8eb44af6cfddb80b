package dev.signalbox.rules.explain;

import dev.signalbox.rules.explain.Element.Fact;
import dev.signalbox.rules.explain.Element.Test;
import dev.signalbox.rules.written.WrittenRule;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Conditions as text, the same whatever their comments and spaces were. */
public final class ConditionText {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private ConditionText() {}

  /** All conditions of a rule. */
  public static String of(WrittenRule rule) {
    return Element.of(rule.when()).stream().map(ConditionText::of).collect(Collectors.joining(" "));
  }

  /** One part of them. */
  public static String of(Element element) {
    return switch (element) {
      case Fact fact ->
          (fact.name() == null ? "" : fact.name() + " : ")
              + fact.type()
              + "("
              + fact.tests().stream()
                  .map(Test::text)
                  .map(text -> SPACE.matcher(text).replaceAll(" "))
                  .collect(Collectors.joining(", "))
              + ")";
      case Element.All all -> joined(all.parts(), "and");
      case Element.Any any -> joined(any.ways(), "or");
      case Element.None none -> "not " + joined(none.parts(), "and");
      case Element.Some some -> "exists " + joined(some.parts(), "and");
    };
  }

  private static String joined(List<Element> parts, String word) {
    return parts.stream()
        .map(ConditionText::of)
        .collect(Collectors.joining(" " + word + " ", "( ", " )"));
  }
}
