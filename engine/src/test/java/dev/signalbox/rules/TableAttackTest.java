package dev.signalbox.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Decision tables that try to bring what no rule may: in their cells, their columns, their head.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TableAttackTest {
  private static final String GLOBAL = "Variables,dev.signalbox.rules.Routing route\n";
  private static final String ASKED = "magnitude >= $param";
  private static final String LINE = "Large,20,1000B,treasury,large,desk,Large.\n";
  private static final String TABLE =
      """
      RuleSet,route
      Import,dev.signalbox.rules.facts.Item
      Variables,dev.signalbox.rules.Routing route

      RuleTable Desks
      NAME,PRIORITY,CONDITION,ACTION,METADATA,METADATA,METADATA
      ,,Item,,,,
      ,,magnitude >= $param,"route.to(""$param"");","id(""$param"")","owner(""$param"")","because(""$param"")"
      Rule,Salience,From,Queue,Id,Owner,Because
      Large,20,1000B,treasury,large,desk,Large.
      """;

  @TempDir private Path temporary;

  /** What stands in the table, and what stands there instead. */
  record Attack(String purpose, String instead, String of) {
    @Override
    public String toString() {
      return purpose;
    }

    RulesetFolder in(Path folder) {
      assertThat(TABLE).contains(of);
      return RulesetFolder.in(folder).with("route/desks.csv", TABLE.replace(of, instead));
    }
  }

  static Stream<Attack> attacks() {
    return Stream.of(
        head("brings a function", "Functions,\"function int f() { System.exit(1); return 1; }\"\n"),
        head("declares a class", "Declare,\"declare Evil extends Thread end\"\n"),
        head("defines a query", "Queries,\"query \"\"q\"\" Item() end\"\n"),
        head("imports what reads files", "Import,java.nio.file.Files\n"),
        head("imports all of a package", "Import,java.lang.reflect.*\n"),
        head("imports statically", "Import,static java.lang.System.exit\n"),
        head("takes a global of its own", "Variables,java.lang.Runtime runtime\n"),
        head(
            "hides an import behind another",
            "Import,\"dev.signalbox.rules.facts.*, java.io.File\"\n"),
        new Attack("gives the output another class", "Variables,java.util.List route\n", GLOBAL),
        new Attack("poses as another folder", "RuleSet,classify\n", "RuleSet,route\n"),
        new Attack(
            "goes on in its head", "RuleSet,\"route; import java.io.File\"\n", "RuleSet,route\n"),
        column("does not loop", "NO-LOOP", "true"),
        column("keeps others from firing", "ACTIVATION-GROUP", "one"),
        column("belongs to a group", "AGENDA-GROUP", "one"),
        column("belongs to a flow", "RULEFLOW-GROUP", "one"),
        column("waits", "DURATION", "1000"),
        column("has a timer", "TIMER", "int: 1s"),
        column("has a calendar", "CALENDARS", "\"\"\"weekday\"\"\""),
        column("begins at a date", "DATE-EFFECTIVE", "\"\"\"01-Jan-2020\"\"\""),
        column("takes the focus", "AUTO-FOCUS", "true"),
        column("locks others", "LOCK-ON-ACTIVE", "true"),
        new Attack("asks with code", "System.exit($param) == null", ASKED),
        new Attack("asks for a pattern", "currency matches \"\"$param\"\"", "magnitude >= $param"),
        new Attack("asks for no fact", ",,,,,,\n", ",,Item,,,,\n"),
        new Attack("evaluates", ",,eval,,,,\n", ",,Item,,,,\n"),
        new Attack("asks for what is no fact", ",,java.io.File,,,,\n", ",,Item,,,,\n"),
        unescaped(
            "ends its text and calls, unescaped",
            "Large,20,1000B,\"x\"\"); System.exit(1); route.to(\"\"y\",large,desk,Large.\n"),
        unescaped(
            "brings a rule, unescaped",
            "Large,20,1000B,treasury,large,desk,\"x\"\") when Item() then System.exit(1); end rule \"\"y\"\" @id(\"\"y\"\") @owner(\"\"y\"\") @because(\"\"z\"\n"),
        unescaped(
            "goes on in its name, unescaped",
            "\"Large\"\" dialect \"\"mvel\",20,1000B,treasury,large,desk,Large.\n"),
        new Attack("says it with code", "System.exit(1); route.to", "route.to"),
        new Attack("loops over its values", "forall(;){while ($) {\\}}", ASKED),
        line(
            "ends its text and calls",
            "Large,20,1000B,\"x\"\"); System.exit(1); route.to(\"\"y\",large,desk,Large.\n"),
        line(
            "ends its text and its rule",
            "Large,20,1000B,treasury,large,desk,\"x\"\") when then System.exit(1); end rule \"\"y\"\" @because(\"\"z\"\n"),
        line("ends its name", "\"Large\"\" rule \"\"x\",20,1000B,treasury,large,desk,Large.\n"),
        line(
            "says code in its name",
            "*/ static { System.exit(1); } /*,20,1000B,treasury,large,desk,Large.\n"),
        line("computes its rank", "Large,(1+1),1000B,treasury,large,desk,Large.\n"),
        line(
            "adds a timer to its rank",
            "Large,20 timer(int:1s),1000B,treasury,large,desk,Large.\n"),
        line(
            "asks with code",
            "Large,20,\"1B, System.getenv(\"\"HOME\"\") != \"\"\"\"\",treasury,large,desk,Large.\n"),
        line(
            "ends its fact",
            "Large,20,1B ) eval( System.exit(1) == null,treasury,large,desk,Large.\n"),
        line(
            "asks for another fact",
            "Large,20,1B ) String( this != null,treasury,large,desk,Large.\n"),
        line(
            "goes on after its condition",
            "Large,20,1B ) then System.exit(1); end //,treasury,large,desk,Large.\n"),
        line(
            "begins a comment that another line ends",
            "Large,20,1B /*,treasury,large,desk,Large.\nMore,20,*/ 1B,treasury,more,desk,More.\n"),
        line("is a formula", "Large,20,=1+1,treasury,large,desk,Large.\n"),
        line(
            "is a formula that runs a program",
            "Large,20,=cmd|'/C calc'!A0,treasury,large,desk,Large.\n"),
        line(
            "hides a quote in unicode",
            "Large,20,1000B,\"x\\u0022); System.exit(1); //\",large,desk,Large.\n"),
        line(
            "hides a call in unicode",
            "Large,20,\\u0053ystem.exit(1),treasury,large,desk,Large.\n"),
        line(
            "hides a call in a letter",
            "Large,20,Ѕystem.exit(1) == null,treasury,large,desk,Large.\n"),
        line("says it in its id", "Large,20,1000B,treasury,\"x\"\") @Watch( \"\"y\",desk,Large.\n"),
        line("takes a text of another line", "Large,20,1000B,\"tr\neasury\",large,desk,Large.\n"));
  }

  private static Attack head(String purpose, String line) {
    return new Attack(purpose, line + GLOBAL, GLOBAL);
  }

  private static Attack line(String purpose, String line) {
    return new Attack(purpose, line, LINE);
  }

  private static Attack unescaped(String purpose, String line) {
    return new Attack(
        purpose,
        TABLE.replace("RuleSet,route\n", "RuleSet,route\nEscapeQuotes,false\n").replace(LINE, line),
        TABLE);
  }

  private static Attack column(String purpose, String kind, String value) {
    var table =
        TABLE
            .replace("METADATA\n", "METADATA," + kind + "\n")
            .replace("Because\n", "Because,More\n")
            .replace("Large.\n", "Large.," + value + "\n");
    return new Attack(purpose, table, TABLE);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void the_check_refuses_it_in_the_table(Attack attack) {
    var thrown = catchThrowableOfType(BadRuleset.class, () -> attack.in(temporary).load().close());
    assertThat(thrown).as("%s passes the check", attack.purpose()).isNotNull();
    System.out.printf("%-45s %.150s%n", attack.purpose(), thrown.findings().getFirst());
    assertThat(thrown.findings())
        .allSatisfy(told -> assertThat(told.file()).isEqualTo("route/desks.csv"));
  }

  /** What is a text to the rules stays one, whatever a spreadsheet would make of it. */
  @ParameterizedTest
  @MethodSource("formulas")
  void a_formula_in_a_text_is_that_text(String formula) {
    var folder =
        RulesetFolder.in(temporary)
            .with("route/desks.csv", TABLE.replace("Large.\n", formula + "\n"));
    try (var rulebook = folder.load()) {
      assertThat(rulebook.rules())
          .anySatisfy(rule -> assertThat(rule.fired().because()).isEqualTo(formula));
    }
  }

  static List<String> formulas() {
    return List.of("=1+1", "@SUM(1+1)", "+1", "-1", "=HYPERLINK(x)");
  }
}
