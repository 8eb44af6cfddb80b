package dev.signalbox.ops.findings;

/**
 * Colours for a terminal.
 *
 * @param wanted else all text stays plain
 */
public record Colours(boolean wanted) {
  public static final Colours NONE = new Colours(false);

  private static final String END = "\033[0m";

  public String red(String text) {
    return in("\033[31m", text);
  }

  public String green(String text) {
    return in("\033[32m", text);
  }

  public String yellow(String text) {
    return in("\033[33m", text);
  }

  public String bold(String text) {
    return in("\033[1m", text);
  }

  private String in(String begin, String text) {
    return wanted ? begin + text + END : text;
  }
}
