package dev.signalbox.ops.findings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** For whom something is told. */
public enum Format {
  /** People. */
  TEXT,
  /** Scripts. */
  JSON,
  /** Servers that show the results of tests: JUnit's XML. */
  JUNIT,
  /** What shows findings beside the code: SARIF 2.1.0. */
  SARIF;

  /** As people type it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All of them, as people type them. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Format::word).toList();
  }
}
