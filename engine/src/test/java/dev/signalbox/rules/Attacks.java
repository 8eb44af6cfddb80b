package dev.signalbox.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rules that try what no rule may: see {@code attacks.txt}. */
record Attacks(String purpose, String before, String when, String then) {

  /**
   * What the second wall and the bound cannot stop: it does nothing but cost time and memory while
   * it is compiled, and no thread that compiles can be stopped. The check refuses it by an
   * estimate.
   */
  static final Set<String> HARMLESS = Set.of("multiplies its ways");

  static List<Attacks> all() {
    var attacks = new ArrayList<Attacks>();
    for (var line : text().lines().filter(line -> !line.startsWith("#")).toList()) {
      var parts = (line + " ").replace("||", "| |").replace("\\n", "\n").split("\\|(?!\\|)", 4);
      attacks.add(
          new Attacks(
              parts[0].strip(),
              parts[1].strip(),
              parts[2].isBlank() ? "Item()" : parts[2].strip(),
              parts[3].isBlank() ? "route.to(\"a\");" : parts[3].strip()));
    }
    attacks.add(
        new Attacks(
            "ends the comment that its name stands in",
            "rule \"x */ static { System.exit(1); } /*\" @id(\"x\") @owner(\"x\") @because(\"x\")\n"
                + "when Item() then route.to(\"a\"); end",
            "Item()",
            "route.to(\"a\");"));
    attacks.add(
        new Attacks(
            "computes its salience", rule("salience( 1 + 1 )"), "Item()", "route.to(\"a\");"));
    attacks.add(
        new Attacks("waits for a timer", rule("timer( int: 1s )"), "Item()", "route.to(\"a\");"));
    attacks.add(
        new Attacks(
            "depends on the date",
            rule("date-effective \"01-Jan-2020\""),
            "Item()",
            "route.to(\"a\");"));
    attacks.add(
        new Attacks(
            "decides whether it is on",
            rule("enabled( System.exit(1) == null )"),
            "Item()",
            "route.to(\"a\");"));
    attacks.add(
        new Attacks(
            "keeps others from firing",
            rule("activation-group \"x\""),
            "Item()",
            "route.to(\"a\");"));
    attacks.add(
        new Attacks(
            "computes an annotation",
            rule("@Watch( System.exit(1) )"),
            "Item()",
            "route.to(\"a\");"));
    return attacks;
  }

  private static String rule(String attribute) {
    return "rule \"more\" @id(\"more\") @owner(\"x\") @because(\"x\") "
        + attribute
        + " when Item() then route.to(\"a\"); end";
  }

  /** A ruleset with this rule in it, and another that is harmless. */
  RulesetFolder in(Path folder) {
    var head = "package route\nimport dev.signalbox.rules.facts.*\n";
    var global =
        before.contains(" route") && before.startsWith("global")
            ? ""
            : "global dev.signalbox.rules.Routing route\n";
    boolean first =
        before.startsWith("import") || before.startsWith("global") || before.startsWith("unit");
    return RulesetFolder.in(folder)
        .with(
            "route/rules.drl",
            head
                + global.strip()
                + "\n"
                + RulesetFolder.rule("harmless", "Item()", "route.to(\"junior\");"))
        .with(
            "route/attack.drl",
            (first || before.startsWith("dialect")
                    ? head + before + "\n" + global
                    : head + global + before + "\n")
                + RulesetFolder.rule("attack", when, then));
  }

  private static String text() {
    try (var in = Attacks.class.getResourceAsStream("attacks.txt")) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
