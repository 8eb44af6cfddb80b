package dev.signalbox.rules;

import java.util.List;

/** A ruleset that cannot be used, with everything that is wrong with it. */
public final class BadRuleset extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient List<String> findings;

  BadRuleset(String where, List<String> findings) {
    super("The ruleset %s cannot be used: %s".formatted(where, String.join(" ", findings)));
    this.findings = List.copyOf(findings);
  }

  /** One sentence each, with its place. */
  public List<String> findings() {
    return findings;
  }
}
