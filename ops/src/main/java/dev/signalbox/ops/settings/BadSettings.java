package dev.signalbox.ops.settings;

import java.util.List;

/** Settings that cannot be used; one sentence for the operator for each problem. */
public final class BadSettings extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BadSettings(String problem) {
    super(problem);
  }

  public BadSettings(List<String> problems) {
    super(String.join("\n", problems));
  }
}
