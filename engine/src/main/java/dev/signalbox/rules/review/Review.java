package dev.signalbox.rules.review;

import dev.signalbox.rules.Finding;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.review.Remark.Kind;
import dev.signalbox.rules.written.WrittenRule;
import dev.signalbox.rules.written.WrittenRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks through the rules of a ruleset, one by one and in pairs. */
public final class Review {
  /** Where rules are keyed, as by counterparty, most pairs are told apart at the first look. */
  private static final int PAIRS_MAX = 2_000_000;

  private static final int EXAMPLES_MAX = 2_000;
  private static final Pattern MARKS = Pattern.compile("route\\s*\\.\\s*flags?\\s*\\(");
  private static final Pattern ROUTE =
      Pattern.compile("route\\s*\\.\\s*to\\s*\\(.*?;", Pattern.DOTALL);

  /** Decision points where the highest salience counts, and what their rules then say. */
  private static final Map<String, Pattern> RANKED =
      Map.of(
          "route", Pattern.compile("route\\s*\\.\\s*to\\s*\\("),
          "resolve", Pattern.compile("resolve\\s*\\."),
          "escalate", Pattern.compile("escalate\\s*\\."));

  private final List<WrittenRule> rules;
  private final Map<WrittenRule, List<Way>> ways = new HashMap<>();
  private final Example example;
  private final List<Remark> remarks = new ArrayList<>();
  private int pairs;
  private int examples;

  private Review(Rulebook rulebook) {
    rules = WrittenRules.of(rulebook.files());
    rules.forEach(rule -> ways.put(rule, Way.of(rule)));
    example = new Example(rulebook, ways.values().stream().flatMap(List::stream).toList());
  }

  /** All that is certain; in the order of the rules. */
  public static List<Remark> of(Rulebook rulebook) {
    var review = new Review(rulebook);
    review.rules.forEach(review::alone);
    RANKED.keySet().stream().sorted().forEach(review::ranked);
    return review.remarks;
  }

  private void alone(WrittenRule rule) {
    var all = ways(rule);
    if (all.stream().allMatch(way -> way.impossible() != null)) {
      var components =
          all.stream()
              .map(Way::impossible)
              .filter(Objects::nonNull)
              .map(name -> name.substring(name.indexOf('.') + 1))
              .distinct()
              .collect(Collectors.joining(", "));
      remark(
          Kind.CONTRADICTION,
          rule,
          "It never fires: its conditions leave no value for %s.".formatted(components));
    }
  }

  private List<Way> ways(WrittenRule rule) {
    return ways.getOrDefault(rule, List.of());
  }

  private void ranked(String point) {
    var said = RANKED.get(point);
    var here =
        rules.stream()
            .filter(rule -> rule.point().equals(point))
            .filter(rule -> said != null && said.matcher(rule.then()).find())
            .filter(rule -> ways(rule).stream().anyMatch(way -> way.impossible() == null))
            .toList();
    for (int i = 0; i < here.size(); i++) {
      var outranks = outranking(here.get(i), here);
      if (outranks != null && !MARKS.matcher(here.get(i).then()).find()) {
        remark(
            Kind.OUTRANKED,
            here.get(i),
            "It decides nothing: wherever it fires, %s fires too, and its salience %d is higher."
                .formatted(named(outranks), outranks.card().salience()));
      }
      if (point.equals("route")) {
        for (int j = i + 1; j < here.size(); j++) {
          disagreeing(here.get(i), here.get(j));
        }
      }
    }
  }

  private @Nullable WrittenRule outranking(WrittenRule rule, List<WrittenRule> others) {
    for (var other : others) {
      if (other.card().salience() > rule.card().salience()
          && ++pairs <= PAIRS_MAX
          && ways(rule).stream()
              .filter(way -> way.impossible() == null)
              .allMatch(way -> ways(other).stream().anyMatch(way::implies))) {
        return other;
      }
    }
    return null;
  }

  private void disagreeing(WrittenRule one, WrittenRule other) {
    if (one.card().salience() != other.card().salience()
        || route(one).equals(route(other))
        || ++pairs > PAIRS_MAX) {
      return;
    }
    for (var way : ways(one)) {
      for (var another : ways(other)) {
        var both = way.and(another);
        if (both != null && ++examples <= EXAMPLES_MAX) {
          var given = example.of(both, one.id(), other.id());
          if (given != null) {
            remark(
                Kind.AMBIGUOUS,
                other,
                ("It has salience %d as %s has, and another route, and both fire for %s; give one of"
                        + " them a higher salience.")
                    .formatted(other.card().salience(), named(one), given));
            return;
          }
        }
      }
    }
  }

  private static List<String> route(WrittenRule rule) {
    return ROUTE
        .matcher(rule.then())
        .results()
        .map(found -> found.group().replaceAll("\\s+", ""))
        .toList();
  }

  private static String named(WrittenRule rule) {
    return "%s (%s:%d)".formatted(rule.id(), rule.card().file(), rule.card().line());
  }

  private void remark(Kind kind, WrittenRule rule, String what) {
    var card = rule.card();
    remarks.add(new Remark(kind, new Finding(card.file(), card.line(), 0, card.name(), what)));
  }
}
