package dev.signalbox.rules;

import static dev.signalbox.rules.RulesetFolder.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rule author is told: every sentence whole. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BadRulesetTest {
  @TempDir private Path temporary;
  private RulesetFolder folder;

  @BeforeEach
  void create() {
    folder = RulesetFolder.in(temporary);
  }

  @Test
  void rules_that_do_not_compile_are_all_told_at_once_with_their_places() {
    folder
        .classify(
            rule("field", "Item( amnt > 10B )", "classify.severity(Severity.LOW);"),
            rule("verb", "Item()", "classify.severty(Severity.LOW);"),
            rule("fine", "Item()", "classify.severity(Severity.LOW);"))
        .route(
            rule("type", "Itm()", "route.to(\"junior\");"),
            rule("enum", "Classified( severity == Severity.LO )", "route.to(\"junior\");"),
            rule("text", "Item( transactionAgeHours >= \"x\" )", "route.to(\"junior\");"),
            rule("way", "Item()", "route.to(\"junior\").quickly();"));
    assertThat(findings())
        .containsExactly(
            "classify/rules.drl:11:9: rule \"field\": Item has no \"amnt\" for rules; it has context,"
                + " source, reasonCode, amount, currency, magnitude, magnitudeKnown,"
                + " transactionAgeHours, confidence, counterparty, counterpartyId, regulatory, glAccount,"
                + " candidates, recurrences, attributes, parameters.",
            "classify/rules.drl:23:12: rule \"verb\": Classifying has no \"severty\" for rules; it"
                + " has severity(Severity), severity(Severity, whole).",
            "route/rules.drl:11:3: rule \"type\": There is no fact \"Itm\" here; the facts are"
                + " Classified, Item.",
            "route/rules.drl:21:27: rule \"enum\": Severity has no \"LO\"; it has CRITICAL, HIGH,"
                + " LOW, MEDIUM.",
            "route/rules.drl:31:9: rule \"text\": transactionAgeHours is a whole number and \"x\" is"
                + " a text; >= does not go between them.",
            "route/rules.drl:43:22: rule \"way\": Way has no \"quickly\" for rules; it has"
                + " immediate(), batch(), retry(), target(text), requiredRole(text),"
                + " exclusiveLock(), skill(text), assign(text).");
  }

  @Test
  void an_assignment_rule_that_nobody_knows_is_refused_and_so_is_one_that_is_not_written_out() {
    folder.route(
        rule("typo", "Item()", "route.to(\"junior\").assign(\"round-robbin\");"),
        rule("found", "Item( $x : context )", "route.to(\"junior\").assign($x);"),
        rule("fine", "Item()", "route.to(\"junior\").assign(\"least-loaded\");"));
    assertThat(findings())
        .containsExactly(
            "route/rules.drl:13:29: rule \"typo\": assign does not take \"round-robbin\"; it takes"
                + " \"round-robin\", \"least-loaded\", \"by-skill\".",
            "route/rules.drl:23:29: rule \"found\": assign does not take $x; it takes"
                + " \"round-robin\", \"least-loaded\", \"by-skill\".");
  }

  /** Between two questions there are no facts: what is met then may not be noticed as met again. */
  @Test
  void a_rule_that_names_no_fact_by_itself_is_refused() {
    folder.resolve(
        rule("away", "not( NearMatch() )", "resolve.knownDifference(\"x\");"),
        rule("ever", "", "resolve.knownDifference(\"x\");"),
        rule("either", "( Item() or not( NearMatch() ) )", "resolve.knownDifference(\"x\");"),
        rule("there", "exists( NearMatch() )", "resolve.knownDifference(\"x\");"),
        rule("join", "Item() exists( NearMatch() )", "resolve.knownDifference(\"x\");"),
        rule("beside", "Item() not( NearMatch() )", "resolve.knownDifference(\"x\");"));
    assertThat(findings())
        .hasSize(4)
        .allMatch(finding -> finding.contains("It names no fact outside of"))
        .extracting(finding -> finding.replaceAll(".*rule \"(.*?)\".*", "$1"))
        .containsExactly("away", "ever", "either", "there");
  }

  @Test
  void a_file_that_does_not_parse_is_told_beside_faults_of_others() {
    folder
        .classify(rule("broken", "Item( amount = 5 )", "classify.severity(Severity.LOW);"))
        .route(rule("verb", "Item()", "route.too(\"junior\");"));
    assertThat(findings())
        .containsExactly(
            "classify/rules.drl:11:16: rule \"broken\": mismatched input '='.",
            "route/rules.drl:13:9: rule \"verb\": Routing has no \"too\" for rules; it has"
                + " to(text), flag(text), flags(texts).");
  }

  @Test
  void every_rule_needs_a_card_of_its_own() {
    folder.route(
        """
        rule "no card" when Item() then route.to("a"); end
        rule "bad id" @id("A b") @owner("x") @because("y") @author("z")
        when Item() then route.to("a"); end
        """,
        rule("low", "Item()", "route.to(\"a\");"),
        rule("twice", "Item()", "route.to(\"a\");"),
        rule("twice", "Item()", "route.to(\"a\");"));
    assertThat(findings())
        .contains(
            "route/rules.drl:5: rule \"no card\": It has no @id(\"…\").",
            "route/rules.drl:5: rule \"no card\": It has no @because(\"…\").",
            "route/rules.drl:5: rule \"no card\": It has no @owner(\"…\").",
            "route/rules.drl:6: rule \"bad id\": The @id \"A b\" must be 1 to 80 lower-case"
                + " letters, digits, \".\" and \"-\".",
            "route/rules.drl:6: rule \"bad id\": @author is not known; a rule has @id, @owner and"
                + " @because.",
            "route/rules.drl:8: rule \"low\": Its @id is that of the rule at"
                + " classify/rules.drl:5.",
            "route/rules.drl:28: rule \"twice\": Its name is that of the rule at"
                + " route/rules.drl:18.",
            "route/rules.drl:28: rule \"twice\": Its @id is that of the rule at"
                + " route/rules.drl:18.");
  }

  @Test
  void what_could_make_a_decision_depend_on_more_than_the_facts_is_refused() {
    folder.with(
        "route/more.drl",
        """
        package route
        import static java.lang.System.nanoTime
        global java.util.List list
        function boolean later() { return true; }
        rule "timed" @id("timed") @owner("x") @because("y")
          timer (int: 1s)
          salience (1 + 1)
        when then end
        query "all" String() end
        """);
    assertThat(findings())
        .contains(
            "route/more.drl:3: The global \"list\" is not known; the only one here is \"route\".",
            "route/more.drl:4: A rule file has rules only: no functions, declarations or static"
                + " imports.",
            "route/more.drl:5: rule \"timed\": The attribute \"timer\" is refused; only salience"
                + " is known.",
            "route/more.drl:5: rule \"timed\": The salience \"(1 + 1)\" is not a whole number.",
            "route/more.drl:9: rule \"all\": Queries, and rules that extend others, are refused.");
  }

  @Test
  void rules_of_one_point_do_not_pose_as_those_of_another() {
    folder.with("route/rules.drl", "package classify\n");
    assertThat(findings())
        .contains(
            "route/rules.drl: The package is \"classify\"; rules in route/ are in the package"
                + " route.");
  }

  @Test
  void a_parameter_that_is_not_set_is_told_before_a_rule_asks_for_it() {
    folder.route(
        rule(
            "asks",
            "Item( magnitude > parameters.amount(\"limit\"), parameters.anyIn(\"regimes\","
                + " regulatory) )",
            "route.to(\"junior\");"));
    assertThat(findings())
        .containsExactly(
            "route/rules.drl:11:21: ruleset.yaml sets no amount \"limit\".",
            "route/rules.drl:11:49: ruleset.yaml sets no list \"regimes\".");
  }

  @Test
  void a_binary_number_is_refused_unless_it_stands_in_a_text_or_a_comment() {
    folder.route(
        "// 0.1\n/* 0.2\n */",
        rule(
            "fee",
            "Item( attributes.number(\"fee 0.3\") == 0.10B, amount > 0.4, amount < 12.50 )",
            "route.to(\"v1.5\");"));
    assertThat(findings())
        .containsExactly(
            "route/rules.drl:13:57: rule \"fee\": The number 0.4 is binary, and not exactly what it seems; write"
                + " 0.4B.",
            "route/rules.drl:13:71: rule \"fee\": The number 12.50 is binary, and not exactly what it seems;"
                + " write 12.50B.");
  }

  @Test
  void every_fault_of_the_manifest_is_told() {
    folder.with(
        "ruleset.yaml",
        """
        name: small
        descripton: For tests.
        owner: " "
        reportingCurrency: EURO
        ageThresholds: [72h, 24h]
        sla: {CRITICAL: 1 day, HIGH: 72h, MEDIUM: 120h}
        parameters:
          amount: {limit: 1e3}
          amounts: {}
        """);
    assertThat(findings())
        .containsExactlyInAnyOrder(
            "ruleset.yaml: \"descripton\" is not a field; the fields here are ageThresholds,"
                + " calendar, contexts, description, highestRole, name, owner, parameters, rates,"
                + " reportingCurrency, sla.",
            "ruleset.yaml: \"description\" needs a text.",
            "ruleset.yaml: \"owner\" needs a text.",
            "ruleset.yaml: \"reportingCurrency\" is a currency of ISO 4217 with a minor unit, e.g."
                + " EUR.",
            "ruleset.yaml: \"ageThresholds\" ascends in whole hours, from more than 0h.",
            "ruleset.yaml: \"sla.CRITICAL\" needs a duration such as 24h, 7d or 23h59m.",
            "ruleset.yaml: \"sla.LOW\" needs a duration such as 24h, 7d or 23h59m.",
            "ruleset.yaml: \"parameters.amounts\" is not a field; the fields here are amount,"
                + " duration, list, number, role, text.",
            "ruleset.yaml: \"parameters.amount.limit\" needs a decimal number such as 1250.00.");
  }

  @Test
  void a_manifest_that_is_not_yaml_is_told_with_its_place() {
    folder.with("ruleset.yaml", "name: [small\nowner: x\n");
    assertThat(findings().getFirst()).startsWith("ruleset.yaml:2:6: It is not YAML: ");
  }

  @Test
  void files_that_stand_where_nobody_looks_are_refused() throws IOException {
    folder
        .with("clasify/rules.drl", "")
        .with("route/rules.drl.bak", "")
        .with("route/more/rules.drl", "")
        .with("notes.txt", "")
        .with("README.md", "");
    Files.delete(folder.path().resolve("classify/rules.drl"));
    assertThat(findings())
        .containsExactly(
            "classify: There is no rule file; add one, e.g. classify/classify.drl.",
            "clasify/rules.drl: A ruleset has no folder \"clasify\"; its folders are classify, route,"
                + " resolve, gate, approve, escalate, calendars and scenarios.",
            "notes.txt: Beside ruleset.yaml, a ruleset has only folders and *.md files.",
            "route/more/rules.drl: In route/ there are only *.drl and *.csv files, and no folders.",
            "route/rules.drl.bak: In route/ there are only *.drl and *.csv files, and no folders.");
  }

  private List<String> findings() {
    var thrown = catchThrowableOfType(BadRuleset.class, () -> folder.load().close());
    assertThat(thrown).isNotNull();
    return thrown.findings().stream().map(Finding::toString).toList();
  }
}
