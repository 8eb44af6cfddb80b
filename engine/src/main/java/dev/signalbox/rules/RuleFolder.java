package dev.signalbox.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The decision points: one folder, one rulebase, one output each. */
public enum RuleFolder {
  CLASSIFY(true),
  ROUTE(true),
  /** Without rules, nothing is settled by rules. */
  RESOLVE(false),
  /** Without rules, every proposal is reviewed. */
  GATE(false),
  /** Without rules, every resolution needs the highest role. */
  APPROVE(false),
  /** Without rules, the default chain. */
  ESCALATE(false);

  private final boolean required;

  RuleFolder(boolean required) {
    this.required = required;
  }

  /** Whether a ruleset must have rules there. */
  boolean isRequired() {
    return required;
  }

  /** The name of the folder, of its rules' package, and of the global by which they speak. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(RuleFolder::word).toList();
  }
}
