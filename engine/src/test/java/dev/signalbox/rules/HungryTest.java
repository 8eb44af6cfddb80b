package dev.signalbox.rules;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.Candidate;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.testkit.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rulesets that would take what those who are served need. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HungryTest {
  @TempDir private Path temporary;

  @Test
  void a_small_program_goes_on_deciding_while_it_refuses_each() {
    var ended =
        ChildJvm.run(
            List.of("-Xmx192m", "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError"),
            HungryServer.class,
            temporary.toString());
    ended.lines().forEach(line -> System.out.printf("%.250s%n", line));
    assertThat(ended.exit()).isZero();
    var told =
        ended.lines().stream()
            .map(line -> line.split("\\|", -1))
            .filter(parts -> parts.length == 5)
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts));
    assertThat(Hungry.all())
        .allSatisfy(hungry -> {
          assertThat(told).containsKey(hungry.purpose());
          var parts = requireNonNull(told.get(hungry.purpose()));
          assertThat(parts[1]).contains(hungry.told());
          assertThat(Long.parseLong(parts[2])).as("decisions meanwhile").isPositive();
          assertThat(parts[4]).as("wrong decisions").isEqualTo("0");
        });
  }

  @Test
  void what_may_be_joined_is_joined_within_the_deadline() {
    var rules =
        IntStream.range(0, 99)
            .mapToObj(i ->
                RulesetFolder.rule(
                    "r" + i,
                    "NearMatch( $d : difference ) NearMatch( difference > $d + %dB )".formatted(i),
                    "resolve.knownDifference(\"Never\", 1);"))
            .toArray(String[]::new);
    var candidates =
        IntStream.range(0, 100)
            .mapToObj(i -> new Candidate("c" + i, null, Money.of("100", "EUR"), null, null, null))
            .toArray(Candidate[]::new);
    try (var rulebook = RulesetFolder.in(temporary).resolve(rules).load()) {
      var question = Given.item().question(candidates);
      var first = rulebook.resolve(question, Severity.LOW);
      long start = System.nanoTime();
      assertThat(rulebook.resolve(question, Severity.LOW)).isEqualTo(first);
      System.out.printf("a million comparisons: %.0f ms%n", (System.nanoTime() - start) / 1e6);
      assertThat(first.conflicts()).isEmpty();
      assertThat(first.fired()).isEmpty();
    }
  }

  @Test
  void rules_that_share_a_condition_are_no_reason_to_refuse_them() {
    var rules =
        IntStream.range(0, 40)
            .mapToObj(i -> RulesetFolder.rule("r" + i, "Item( amount > 5B )", "route.flag(\"F\");"))
            .toArray(String[]::new);
    try (var rulebook = RulesetFolder.in(temporary).route(rules).load()) {
      assertThat(rulebook.assess(Given.item().question()).routing().fired()).hasSize(40);
    }
  }
}
