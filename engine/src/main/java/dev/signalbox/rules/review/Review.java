package dev.signalbox.rules.review;

import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.review.Remark.Kind;
import dev.signalbox.rules.written.WrittenRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks through the rules of a ruleset, one by one and in pairs. */
public final class Review {
  /** Decision points where the highest salience counts, and what their rules then say. */
  private static final Map<String, Pattern> RANKED =
      new TreeMap<>(
          Map.of(
              "route", Pattern.compile("route\\s*\\.\\s*to\\s*\\("),
              "resolve", Pattern.compile("resolve\\s*\\."),
              "escalate", Pattern.compile("escalate\\s*\\.")));

  private Review() {}

  /** All that is certain; in the order of the rules. */
  public static List<Remark> of(Rulebook rulebook) {
    var rules = WrittenRules.of(rulebook.files()).stream().map(Reviewed::of).toList();
    var remarks = new ArrayList<Remark>();
    rules.stream()
        .filter(rule -> rule.possible().isEmpty())
        .map(Review::never)
        .forEach(remarks::add);
    var example =
        new Example(rulebook, rules.stream().flatMap(rule -> rule.ways().stream()).toList());
    RANKED.forEach((point, said) -> {
      var here =
          rules.stream()
              .filter(rule -> rule.rule().point().equals(point) && !rule.possible().isEmpty())
              .filter(rule -> said.matcher(rule.rule().then()).find())
              .toList();
      remarks.addAll(new Ranking(point, here, example).remarks());
    });
    return remarks;
  }

  private static Remark never(Reviewed rule) {
    var components =
        rule.ways().stream()
            .map(Way::impossible)
            .filter(Objects::nonNull)
            .map(name -> name.substring(name.indexOf('.') + 1))
            .distinct()
            .collect(Collectors.joining(", "));
    return Remark.of(
        Kind.CONTRADICTION,
        rule.rule().card(),
        "It never fires: its conditions leave no value for %s.".formatted(components));
  }
}
