package dev.signalbox.adapters.settings;

import java.util.List;

/** Settings that cannot be used: what is wrong, where, and what to do, a sentence for each. */
public final class BadSettings extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public BadSettings(String problem) {
    this(List.of(problem));
  }

  BadSettings(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
