package dev.signalbox.ops.findings;

import java.io.PrintWriter;

/** For people: a line each, in colours where they are wanted. */
public final class Lines {
  private final PrintWriter out;
  private final Colours colours;

  public Lines(PrintWriter out, Colours colours) {
    this.out = out;
    this.colours = colours;
  }

  /** {@code FILE:LINE:COLUMN: what is wrong. (rule)}. */
  public void told(Told told) {
    out.println(
        "%s: %s%s%s"
            .formatted(
                colours.bold(told.place()),
                told.code().isError() ? "" : colours.yellow("warning: "),
                told.code().isError() ? colours.red(told.what()) : told.what(),
                told.rule() == null ? "" : " (" + told.rule() + ")"));
  }

  /** All that was found in a ruleset, and one line for the whole. */
  public void checked(Checked checked) {
    checked.told().forEach(this::told);
    out.println(
        "%s: %s"
            .formatted(
                checked.folder(),
                checked.told().isEmpty()
                    ? colours.green("%s, nothing found".formatted(counted(checked.rules(), "rule")))
                    : "%s, %s"
                        .formatted(
                            counted(checked.errors(), "error"),
                            counted(checked.warnings(), "warning"))));
  }

  /** {@code 1 rule}, {@code 2 rules}. */
  public static String counted(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
