package dev.signalbox.rules;

import static dev.signalbox.rules.RulesetFolder.rule;

import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A ruleset that would take all memory, or all time, of those who are served.
 *
 * @param spoil makes it of a small one
 * @param told a part of what its author is told
 */
record Hungry(String purpose, UnaryOperator<RulesetFolder> spoil, String told) {
  private static final String FEWER = "Compiling all rules takes about";
  private static final String PARAMETERS =
      """
      name: small
      description: For tests.
      owner: tests
      reportingCurrency: EUR
      ageThresholds: [24h]
      sla: {CRITICAL: 24h, HIGH: 72h, MEDIUM: 120h, LOW: 168h}
      parameters:
      """;
  private static final String TABLE =
      """
      RuleSet,route
      Import,dev.signalbox.rules.facts.Item
      Variables,dev.signalbox.rules.Routing route

      RuleTable Desks
      """;

  RulesetFolder in(Path folder) {
    return spoil.apply(RulesetFolder.in(folder));
  }

  @Override
  public String toString() {
    return purpose;
  }

  static List<Hungry> all() {
    return List.of(
        rules("has many rules of many facts", 600, i -> "Item( amount >= %dB )\n".repeat(8)),
        rules("has rules of many ways", 300, i -> ways("Item( amount == %dB )", 16) + facts(11)),
        rules("computes long sums", 100, i -> sums(4, 40)),
        rules("computes long products", 100, i -> sums(4, 40).replace("+", "*")),
        rules(
            "has many conditions in each fact",
            400,
            i -> "Item( " + "amount != %dB, ".repeat(49) + "amount != %dB )"),
        rules("has far too many conditions in a fact", 1, i -> many("amount != %dB", 200_000))
            .telling("too many for the memory that is free here"),
        rules("has too many conditions in a fact", 1, i -> many("amount != 1B", 60))
            .telling("A fact has more than 50 conditions"),
        rules(
            "has a text of megabytes",
            1,
            i -> "Item( source == \"" + "x".repeat(3_900_000) + "\" )"),
        rules("has thirty thousand rules", 30_000, i -> "")
            .telling("too many for the memory that is free here"),
        rules("says the same for ever", 1, i -> many("(((((amount == 1B)))))", 30_000))
            .telling("too many parentheses"),
        new Hungry(
            "is one long line of words",
            folder -> folder.with("route/more.drl", "package route\n" + "a.".repeat(1_900_000)),
            "too many for the memory that is free here"),
        new Hungry(
            "joins all candidates with all",
            folder ->
                folder.resolve(rule("joins", "NearMatch()\n".repeat(4), "resolve.match(\"a\");")),
            "comparisons, and 1,000,000 are allowed"),
        new Hungry(
            "joins all candidates with all in a \"not\"",
            folder ->
                folder.resolve(
                    rule(
                        "joins",
                        "Item() not( NearMatch() and NearMatch() and NearMatch() and NearMatch() )",
                        "resolve.match(\"a\");")),
            "comparisons, and 1,000,000 are allowed"),
        yaml("doubles by aliases", "  list:\n    a: &a [x, x]\n    b: [*a, *a]\n", "Aliases (*a)"),
        yaml(
            "has a list of megabytes",
            "  list: {a: [" + "a,".repeat(600_000) + "a]}\n",
            "at most 1,048,576 bytes"),
        yaml(
            "has a list of many values",
            "  list: {a: [" + "a,".repeat(400_000) + "a]}\n",
            "at most 150,000 values"),
        yaml(
            "has a list that takes long",
            "  list: {a: [" + "a,".repeat(20_000) + "a]}\n",
            "more than 10000 texts"),
        yaml("nests", "  list: " + "[".repeat(100_000), "It is not YAML"),
        yaml(
            "has many parameters in many contexts",
            "  amount: {"
                + numbered(5_000, i -> "a%d: 1".formatted(i), ", ")
                + "}\ncontexts: {"
                + numbered(5_000, i -> "c%d: {parameters: {amount: {a1: 2}}}".formatted(i), ", ")
                + "}\n",
            "more than 200000 values"),
        scenarios(
            "has a million scenarios",
            "scenarios: [" + "{},".repeat(1_000_000) + "{}]",
            "at most 1,048,576 bytes"),
        scenarios(
            "has empty scenarios", "scenarios: [" + "{},".repeat(50_000) + "{}]", "are too many"),
        scenarios(
            "gives much to many scenarios",
            "given: {attributes: {x: ["
                + "1,".repeat(1_000)
                + "1]}}\nscenarios: ["
                + "{},".repeat(9_000)
                + "{}]",
            "too many values for so many scenarios"),
        table(
            "has a million lines",
            "CONDITION,ACTION\nItem\namount > $param,x\n,\n" + "1,1\n".repeat(1_000_000),
            "at most 5000 rules"),
        table("has many columns", "CONDITION,".repeat(100_000), "at most 200 columns"),
        table(
            "repeats a text in each line",
            "CONDITION,".repeat(100)
                + "\n"
                + "Item,".repeat(100)
                + "\n"
                + ("amount > $param" + " && amount > $param".repeat(90) + ",").repeat(100)
                + "\n\n"
                + ("1,".repeat(100) + "\n").repeat(100),
            "The table becomes more than"),
        table(
            "repeats a cell in its text",
            "CONDITION\nItem\n" + "$param".repeat(300_000) + "\n\n" + "1".repeat(1_900_000) + "\n",
            "A cell has at most"));
  }

  private Hungry telling(String other) {
    return new Hungry(purpose, spoil, other);
  }

  private static Hungry rules(String purpose, int count, IntFunction<String> conditions) {
    return new Hungry(
        purpose,
        folder ->
            folder.route(
                IntStream.range(0, count)
                    .mapToObj(
                        i -> rule("r" + i, numbered(conditions.apply(i), i), "route.to(\"a\");"))
                    .toArray(String[]::new)),
        FEWER);
  }

  /** Another number in the place of each "%d", so that no two conditions are the same. */
  private static String numbered(String text, int rule) {
    var parts = text.split("%d", -1);
    var numbered = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      numbered.append(rule * 1_000L + i).append(parts[i]);
    }
    return numbered.toString();
  }

  private static String numbered(int count, IntFunction<String> of, String between) {
    return IntStream.range(0, count).mapToObj(of).collect(Collectors.joining(between));
  }

  private static String many(String condition, int count) {
    return "Item( " + (condition + ", ").repeat(count - 1) + condition + " )";
  }

  private static String ways(String fact, int count) {
    return "( " + (fact + " or ").repeat(count - 1) + fact + " )\n";
  }

  private static String facts(int count) {
    return "Item( amount > %dB )\n".repeat(count);
  }

  private static String sums(int conditions, int terms) {
    return many("amount" + " + %dB".repeat(terms) + " > 1B", conditions);
  }

  private static Hungry yaml(String purpose, String parameters, String told) {
    return new Hungry(
        purpose, folder -> folder.with("ruleset.yaml", PARAMETERS + parameters), told);
  }

  private static Hungry scenarios(String purpose, String text, String told) {
    return new Hungry(purpose, folder -> folder.with("scenarios/more.yaml", text), told);
  }

  private static Hungry table(String purpose, String lines, String told) {
    return new Hungry(purpose, folder -> folder.with("route/desks.csv", TABLE + lines), told);
  }
}
