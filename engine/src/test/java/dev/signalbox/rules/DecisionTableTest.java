package dev.signalbox.rules;

import static dev.signalbox.rules.Given.item;
import static dev.signalbox.rules.RulesetFolder.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.signalbox.exceptions.Decision.Route;
import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.exceptions.QueueName;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.rules.scenarios.Scenarios;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that stand in a CSV file. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DecisionTableTest {
  private static final String HEAD =
      """
      RuleSet,route,,,,,,,
      Import,"dev.signalbox.rules.facts.Item, dev.signalbox.exceptions.ReasonCode",,,,,,,
      Variables,dev.signalbox.rules.Routing route,,,,,,,
      ,,,,,,,,
      RuleTable Desks,,,,,,,,
      NAME,PRIORITY,CONDITION,CONDITION,CONDITION,ACTION,METADATA,METADATA,METADATA
      ,,Item...,Item...,Item...,,,,
      ,,reasonCode == ReasonCode.$param,magnitude >= $param,magnitude < $param,"route.to(""$param"");","id(""$param"")","owner(""$param"")","because(""$param"")"
      Rule,Salience,Reason,From,Below,Queue,Id,Owner,Because
      """;
  private static final String FX =
      "Large FX,20,FX_VARIANCE,1000B,,treasury,fx-large,desk,\"From 1,000 on, treasury.\"\n";

  @TempDir private Path temporary;
  private RulesetFolder folder;

  @BeforeEach
  void create() {
    folder = RulesetFolder.in(temporary);
  }

  @Test
  void each_line_is_a_rule_beside_those_of_other_files_and_an_empty_cell_asks_nothing() {
    folder.with(
        "route/desks.csv",
        HEAD
            + FX
            + "Small FX,10,FX_VARIANCE,,1000B,fx,fx-small,desk,Small.\n"
            + "Huge,30,,100000B,,board,huge,desk,\"Ärger – 100,000 or more.\"\n");
    try (var rulebook = folder.load()) {
      assertThat(rulebook.ruleIds()).contains("fx-large", "fx-small", "huge", "junior");
      assertThat(queue(rulebook, ReasonCode.FX_VARIANCE, "1000")).isEqualTo("treasury");
      assertThat(queue(rulebook, ReasonCode.FX_VARIANCE, "999.99")).isEqualTo("fx");
      assertThat(queue(rulebook, ReasonCode.FX_VARIANCE, "100000")).isEqualTo("board");
      assertThat(queue(rulebook, ReasonCode.OTHER, "100000")).isEqualTo("board");
      assertThat(queue(rulebook, ReasonCode.OTHER, "99999.99")).isEqualTo("junior");
      assertThat(rulebook.assess(item().amount("100000", "EUR").question()).routing().fired())
          .contains(new FiredRule("huge", "Ärger – 100,000 or more."));
    }
  }

  @Test
  void a_point_may_have_tables_only_and_its_archive_decides_alike() {
    folder.with("route/rules.drl", "package route\n").with("route/desks.csv", HEAD + FX);
    try (var rulebook = folder.load();
        var again =
            Rulesets.load(RulesetArchive.read("a", RulesetArchive.write(rulebook.files())))) {
      assertThat(again.digest()).isEqualTo(rulebook.digest());
      assertThat(queue(again, ReasonCode.FX_VARIANCE, "1000")).isEqualTo("treasury");
    }
  }

  @Test
  void its_rules_stand_in_its_lines() {
    folder.with("route/desks.csv", HEAD + FX);
    try (var rulebook = folder.load()) {
      assertThat(Scenarios.unfired(rulebook, Set.of("low", "junior")))
          .extracting(Finding::toString)
          .containsExactly(
              "route/desks.csv:10: rule \"Large FX\": No scenario fires fx-large; add one.");
    }
  }

  @Test
  void every_point_may_have_one() {
    folder.with(
        "classify/ages.csv",
        """
        RuleSet,classify
        Import,"dev.signalbox.rules.facts.Item, dev.signalbox.exceptions.Severity"
        Variables,dev.signalbox.rules.Classifying classify

        RuleTable Ages
        CONDITION,ACTION,METADATA,METADATA,METADATA
        Item,,,,
        transactionAgeHours >= $param,classify.severity(Severity.$param);,"id(""$param"")","owner(""$param"")","because(""$param"")"
        Age,Severity,Id,Owner,Because
        1,MEDIUM,age-medium,desk,Older than an hour.
        2,CRITICAL,age-critical,desk,Older than two.
        """);
    try (var rulebook = folder.load()) {
      assertThat(rulebook.assess(item().question()).classification().decision().severity())
          .isEqualTo(Severity.MEDIUM);
    }
  }

  @Test
  void what_is_wrong_is_told_with_the_line_of_the_table() {
    folder
        .with(
            "route/desks.csv",
            HEAD
                + FX
                + "Typing error,10,FX_VARIENCE,1B,,fx,typo,desk,Small.\n"
                + "Binary,10,,0.10,,fx,binary,desk,Small.\n"
                + "Nobody's,10,,1B,,fx,nobodys,,Small.\n"
                + "Again,10,,1B,,fx,fx-large,desk,Small.\n")
        .route(
            rule("same", "Item()", "route.to(\"a\");"), rule("huge", "Item()", "route.to(\"a\");"));
    assertThat(findings())
        .anySatisfy(
            found -> assertThat(found).startsWith("route/desks.csv:11: rule \"Typing error\": "))
        .anySatisfy(found ->
            assertThat(found)
                .startsWith("route/desks.csv:12: rule \"Binary\": ")
                .contains("The number 0.10 is binary"))
        .contains(
            "route/desks.csv:13: rule \"Nobody's\": It has no @owner(\"…\").",
            "route/desks.csv:14: rule \"Again\": Its @id is that of the rule at route/desks.csv:10.")
        .noneSatisfy(found -> assertThat(found).contains(".csv.drl"));
  }

  @Test
  void a_table_that_is_none_is_told() {
    folder.with("route/desks.csv", "a,b\n1,2\n");
    assertThat(findings())
        .containsExactly(
            "route/desks.csv: It is no decision table: No RuleTable cells in spreadsheet.");
  }

  @Test
  void a_table_cannot_bring_what_a_rule_file_cannot() {
    folder.with(
        "route/desks.csv",
        "Functions,\"function int f() { return 1; }\"\nDeclare,declare X end\n"
            + HEAD
            + FX
            + "Evil,10,,1B,,\"x\"\"); System.exit(1); route.to(\"\"y\",evil,desk,Small.\n"
            + "\"Evil\"\" rule \"\"x\",10,,1B,,x,evil-2,desk,Small.\n");
    assertThat(findings())
        .isNotEmpty()
        .allSatisfy(found -> assertThat(found).startsWith("route/desks.csv"));
  }

  private static String queue(Rulebook rulebook, ReasonCode reason, String amount) {
    var routing = rulebook.assess(item().reason(reason).amount(amount, "EUR").question()).routing();
    assertThat(routing.decision()).isInstanceOf(Route.class);
    QueueName queue = ((Route) routing.decision()).queue();
    return queue.value();
  }

  private List<String> findings() {
    var thrown = catchThrowableOfType(BadRuleset.class, () -> folder.load().close());
    assertThat(thrown).isNotNull();
    return thrown.findings().stream().map(Finding::toString).toList();
  }
}
