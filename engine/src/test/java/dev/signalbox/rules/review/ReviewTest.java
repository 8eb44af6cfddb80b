package dev.signalbox.rules.review;

import static dev.signalbox.rules.RulesetFolder.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.rules.Rulesets;
import dev.signalbox.rules.scenarios.GivenFile;
import dev.signalbox.testkit.TestBox;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of rules without trying them is certain. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReviewTest {
  @TempDir private Path temporary;

  @Test
  void of_the_standard_ruleset_nothing_is_told() {
    try (var rulebook = Rulesets.load(TestBox.standardRuleset())) {
      assertThat(Review.of(rulebook)).isEmpty();
    }
  }

  @Test
  void conditions_that_contradict_each_other_are_told() {
    assertThat(
            told(
                rule("junior", "Item()", "route.to(\"junior\");"),
                flag("apart", "Item( magnitude > 9B, magnitude <= 9.00B )"),
                flag("empty", "Item( currency == \"EUR\", currency in (\"USD\", \"CHF\") )"),
                flag("both", "Item( !counterparty.trusted ) Item( counterparty.trusted )"),
                flag("below", "Item( magnitude < 0B || magnitude < -1B, magnitude < 0B )"),
                flag("word", "Classified( severity == Severity.LOW && severity == Severity.HIGH )"),
                flag(
                    "ways",
                    "( Item( amount == 1B, amount == 2B ) or Item( 3B < amount, amount < 3B ) )"),
                flag("fine", "( Item( amount == 1B, amount == 2B ) or Item( amount == 3B ) )"),
                flag("border", "Item( magnitude >= 9B, magnitude <= 9.00B )"),
                flag("other", "Item( currency != \"EUR\", currency in (\"EUR\", \"CHF\") )"),
                flag("unknown", "Item( source contains \"a\", source contains \"b\" )")))
        .extracting(finding -> finding.replaceAll(".*rule \"(.*?)\": ", "$1: "))
        .containsExactly(
            "apart: It never fires: its conditions leave no value for magnitude.",
            "empty: It never fires: its conditions leave no value for currency.",
            "both: It never fires: its conditions leave no value for counterparty.trusted.",
            "below: It never fires: its conditions leave no value for magnitude.",
            "word: It never fires: its conditions leave no value for severity.",
            "ways: It never fires: its conditions leave no value for amount.");
  }

  private static String flag(String id, String when) {
    return rule(id, when, "route.flag(\"X\");");
  }

  @Test
  void a_route_that_never_counts_is_told_with_the_one_that_does() {
    assertThat(
            told(
                rule("all", 1, "Item()", "route.to(\"all\");"),
                rule("wide", 7, "Item( magnitude > 5B, currency != \"JPY\" )", "route.to(\"a\");"),
                rule(
                    "small", 6, "Item( magnitude == 7B, currency == \"EUR\" )", "route.to(\"b\");"),
                rule(
                    "marks",
                    6,
                    "Item( magnitude == 7B, currency == \"EUR\" )",
                    "route.to(\"b\"); route.flag(\"B\");"),
                rule("edge", 6, "Item( magnitude >= 5B, currency == \"EUR\" )", "route.to(\"c\");"),
                rule("any", 6, "Item( magnitude > 6B )", "route.to(\"d\");")))
        .filteredOn(finding -> finding.contains("decides nothing"))
        .singleElement()
        .asString()
        .contains(
            "rule \"small\": It decides nothing: wherever it fires, wide (route/rules.drl:15)");
  }

  @Test
  void two_routes_of_one_rank_that_differ_are_told_with_an_item_for_which_they_do() {
    var folder =
        folder(
            rule("junior", 1, "Item()", "route.to(\"junior\");"),
            rule("one", 5, "Item( magnitude > 50B, source == \"bank-a\" )", "route.to(\"a\");"),
            rule(
                "two",
                5,
                "Item( magnitude < 60B, counterparty.trusted, attributes.text(\"p.q\") == \"S\" )"
                    + " Classified( severity == Severity.HIGH )",
                "route.to(\"b\");"),
            rule("same", 5, "Item( magnitude < 60B )", "route.to( \"a\" );"),
            rule("away", 5, "Item( magnitude <= 50B )", "route.to(\"c\");"),
            rule("above", 9, "Item( magnitude <= 50B )", "route.to(\"d\");"));
    try (var rulebook = folder.load()) {
      var told =
          Review.of(rulebook).stream()
              .filter(remark -> remark.kind() == Remark.Kind.AMBIGUOUS)
              .map(remark -> remark.finding().toString())
              .toList();
      assertThat(told).hasSize(2);
      assertThat(told.getFirst()).contains("rule \"two\"", "as one (route/rules.drl:15) has");
      assertThat(told.getLast()).contains("rule \"same\"", "as two (route/rules.drl:");
      var given = Pattern.compile("fire for (\\{.*\\});").matcher(told.getFirst());
      assertThat(given.find()).isTrue();
      var read =
          GivenFile.read(
              "example",
              given.group(1).getBytes(StandardCharsets.UTF_8),
              rulebook.reportingCurrency(),
              null);
      assertThat(rulebook.assess(read.question()).routing().conflicts()).isNotEmpty();
    }
  }

  @Test
  void two_rules_for_one_counterparty_that_differ_are_told_among_many_for_others() {
    var routes =
        IntStream.range(0, 50)
            .mapToObj(i -> party("p" + i, "cp-%d".formatted(i % 49), i))
            .toArray(String[]::new);
    try (var rulebook = folder(routes).load()) {
      assertThat(Review.of(rulebook))
          .singleElement()
          .satisfies(remark ->
              assertThat(remark.finding().toString())
                  .contains("rule \"p49\": It has salience 0 as p0 (", "\"id\":\"cp-0\""));
    }
  }

  private static String party(String id, String counterparty, int desk) {
    return rule(
        id,
        "Item( counterpartyId == \"%s\" )".formatted(counterparty),
        "route.to(\"desk-%d\");".formatted(desk));
  }

  @Test
  void who_made_very_many_mistakes_is_told_of_the_first_and_that_there_may_be_more() {
    var routes =
        IntStream.range(0, 120)
            .mapToObj(i -> rule("r" + i, "Item()", "route.to(\"q%d\");".formatted(i)))
            .toArray(String[]::new);
    try (var rulebook = folder(routes).load()) {
      var told = Review.of(rulebook);
      assertThat(told).hasSize(101);
      assertThat(told.subList(0, 100))
          .allMatch(remark -> remark.kind() == Remark.Kind.AMBIGUOUS && remark.kind().isError());
      assertThat(told.getLast().kind().isError()).isFalse();
      assertThat(told.getLast().finding())
          .hasToString(
              "route: Its rules are not all compared with each other: 100 that disagree are found."
                  + " Others may disagree, too.");
    }
  }

  /** Random ways over few components and values: what may meet, is found. */
  @Test
  void rules_that_may_fire_together_are_always_compared() {
    var random = new Random(11);
    for (int i = 0; i < 300; i++) {
      var rules =
          IntStream.range(0, 12)
              .mapToObj(rule ->
                  IntStream.rangeClosed(0, random.nextInt(2)).mapToObj(way -> way(random)).toList())
              .toList();
      var neighbours = new Neighbours(rules);
      for (var rule : rules) {
        var near = neighbours.of(rule);
        for (int other = 0; other < rules.size(); other++) {
          if (meet(rule, rules.get(other))) {
            assertThat(near.get(other)).isTrue();
          }
        }
      }
    }
  }

  private static boolean meet(List<Way> rule, List<Way> other) {
    return rule.stream().anyMatch(way -> other.stream().anyMatch(one -> way.and(one) != null));
  }

  private static Way way(Random random) {
    var domains = new HashMap<String, Domain>();
    for (var component : List.of("a", "b", "$c")) {
      if (random.nextBoolean()) {
        domains.put(component, domain(random));
      }
    }
    return new Way(domains, Set.of(), null);
  }

  /** On all small numbers, with random comparisons. */
  @Test
  void what_is_left_to_a_component_is_never_too_little() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      var one = domain(random).and(domain(random));
      var other = domain(random);
      var values = IntStream.range(-2, 6).mapToObj(BigDecimal::valueOf).toList();
      var both = one.and(other);
      assertThat(values).allMatch(value -> both.has(value) == (one.has(value) && other.has(value)));
      assertThat(one.overlaps(other)).isEqualTo(!both.isEmpty());
      if (one.isEmpty()) {
        assertThat(values).noneMatch(one::has);
      }
      if (one.includes(other)) {
        assertThat(values).allMatch(value -> !other.has(value) || one.has(value));
      }
      assertThat(one.samples()).allMatch(one::has);
    }
  }

  private static Domain domain(Random random) {
    var number = BigDecimal.valueOf(random.nextInt(4));
    return switch (random.nextInt(5)) {
      case 0 -> Domain.from(number, random.nextBoolean());
      case 1 -> Domain.to(number, random.nextBoolean());
      case 2 -> Domain.only(Set.copyOf(List.of(Domain.key(number))));
      case 3 -> Domain.without(Set.of(Domain.key(number)));
      default -> Domain.ANY;
    };
  }

  private RulesetFolder folder(String... routes) {
    return RulesetFolder.in(temporary)
        .classify(
            rule("low", "Item()", "classify.severity(Severity.LOW);"),
            rule("high", "Item( magnitude > 55B )", "classify.severity(Severity.HIGH);"))
        .route(routes);
  }

  private List<String> told(String... routes) {
    try (var rulebook = folder(routes).load()) {
      return Review.of(rulebook).stream().map(remark -> remark.finding().toString()).toList();
    }
  }
}
