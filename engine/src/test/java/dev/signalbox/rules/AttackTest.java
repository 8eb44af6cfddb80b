package dev.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.rules.facts.Item;
import dev.signalbox.rules.facts.Parameters;
import dev.signalbox.rules.kept.KeptRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prints what stops each attack: once as it is, and once as if the first wall were not there. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AttackTest {
  private static final Item FACT = new Facts(manifest()).of(Given.item().question());

  @TempDir private Path temporary;

  private static RulesetManifest manifest() {
    return RulesetManifest.read(RulesetFiles.of(Given.STANDARD), new ArrayList<>());
  }

  static Stream<Attacks> attacks() {
    return Attacks.all().stream();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void the_check_refuses_it_with_file_and_line(Attacks attack) {
    var thrown = catchThrowableOfType(BadRuleset.class, () -> attack.in(temporary).load().close());
    assertThat(thrown).as("%s passes the check", attack.purpose()).isNotNull();
    print("check", attack, thrown.findings().getFirst().toString());
    assertThat(thrown.findings())
        .anySatisfy(told -> {
          assertThat(told.file()).isEqualTo("route/attack.drl");
          assertThat(told.line()).isPositive();
        });
  }

  static Stream<Attacks> attacksThatEnd() {
    // 26 levels would be parsed for years: 14 took 22 seconds, and each takes three times as long.
    return attacks().filter(attack -> !attack.purpose().equals("nests for years"));
  }

  /**
   * Behind the second wall and the bound an attack has no effect: it is refused, or fails closed.
   */
  @ParameterizedTest
  @MethodSource("attacksThatEnd")
  void without_the_check_the_second_wall_or_the_bound_stops_it(Attacks attack) {
    var ruleset = attack.in(temporary);
    var findings = new ArrayList<Finding>();
    var errors = new ArrayList<String>();
    var read =
        new DrlReading(Parameters.NONE, findings, false)
            .read("route", RulesetFiles.of(ruleset.path()).in("route", ".drl"));
    var compiled =
        findings.isEmpty()
            ? CompiledPoint.of("route", read.code(), KeptRules.NOWHERE, errors)
            : null;
    if (compiled == null) {
      findings.forEach(finding -> errors.add(finding.toString()));
      print("wall", attack, errors.getFirst());
      assertThat(errors).isNotEmpty();
      return;
    }
    try (var point = new DecisionPoint("route", compiled, read.cards())) {
      var said = new Routing();
      var firing = point.fire(said, said::speaking, List.of(FACT));
      print("bound", attack, String.valueOf(firing.failure()));
      assertThat(firing.failure() != null || Attacks.HARMLESS.contains(attack.purpose()))
          .as("%s passes the second wall, and says %s", attack.purpose(), said.route())
          .isTrue();
    }
  }

  private static void print(String by, Attacks attack, String what) {
    System.out.printf("%-8s %-45s %.150s%n", by, attack.purpose(), what.replace('\n', ' '));
  }
}
