package dev.signalbox.rules;

import java.util.List;
import java.util.stream.Collectors;

/** A ruleset that cannot be used, with everything that is wrong with it. */
public final class BadRuleset extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient List<Finding> findings;

  /**
   * @param ruleset how it is called: its folder or its digest
   */
  public BadRuleset(String ruleset, List<Finding> findings) {
    super(
        "The ruleset %s cannot be used:%n%s"
            .formatted(
                ruleset,
                findings.stream().map(Finding::toString).collect(Collectors.joining("\n"))));
    this.findings = List.copyOf(findings);
  }

  /** Everything that is wrong, as it was found. */
  public List<Finding> findings() {
    return findings;
  }
}
