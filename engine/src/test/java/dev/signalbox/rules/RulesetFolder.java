package dev.signalbox.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small ruleset in a temporary folder, for tests to spoil. */
public record RulesetFolder(Path path) {

  /** One rule a point: everything is LOW, and everything goes to the juniors. */
  public static RulesetFolder in(Path parent) {
    return new RulesetFolder(parent.resolve("small"))
        .with(
            "ruleset.yaml",
            """
            name: small
            description: For tests.
            owner: tests
            reportingCurrency: EUR
            ageThresholds: [24h]
            sla: {CRITICAL: 24h, HIGH: 72h, MEDIUM: 120h, LOW: 168h}
            """)
        .classify(rule("low", "Item()", "classify.severity(Severity.LOW);"))
        .route(rule("junior", "Item()", "route.to(\"junior\");"));
  }

  /** A rule whose name and id are the same. */
  public static String rule(String id, String when, String then) {
    return rule(id, 0, when, then);
  }

  public static String rule(String id, int salience, String when, String then) {
    return """
    rule "%s"
      @id("%s")
      @owner("tests")
      @because("It is %s.")
      salience %d
    when
      %s
    then
      %s
    end
    """
        .formatted(id, id, id, salience, when, then);
  }

  public RulesetFolder classify(String... rules) {
    return rules("classify", "Classifying", rules);
  }

  public RulesetFolder route(String... rules) {
    return rules("route", "Routing", rules);
  }

  public RulesetFolder resolve(String... rules) {
    return rules("resolve", "Resolving", rules);
  }

  public RulesetFolder gate(String... rules) {
    return rules("gate", "Gating", rules);
  }

  public RulesetFolder approve(String... rules) {
    return rules("approve", "Approving", rules);
  }

  public RulesetFolder escalate(String... rules) {
    return rules("escalate", "Escalating", rules);
  }

  private RulesetFolder rules(String point, String output, String... rules) {
    return with(
        point + "/rules.drl",
        """
        package %s
        import dev.signalbox.exceptions.*
        import dev.signalbox.rules.facts.*
        global dev.signalbox.rules.%s %s
        """
                .formatted(point, output, point)
            + String.join("", rules));
  }

  public RulesetFolder with(String file, String content) {
    try {
      var target = path.resolve(file);
      Files.createDirectories(target.getParent());
      Files.writeString(target, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public Rulebook load() {
    return Rulesets.load(path);
  }

  /** Without the first wall, for tests of what stands behind it. */
  Rulebook loadUnchecked() {
    return Rulesets.unchecked(RulesetFiles.of(path));
  }
}
