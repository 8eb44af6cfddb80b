package dev.signalbox.adapters.jira;

/** Text of others, made fit for JIRA: nothing in it is invisible, broken or too long. */
final class ReadableText {
  private static final char CONTROL_PICTURES = '\u2400';
  private static final char DELETE = '\u007f';
  private static final char DELETE_PICTURE = '\u2421';
  private static final char REPLACEMENT = '\ufffd';
  private static final String CUT = "…";

  private ReadableText() {}

  /** Several lines: control characters are shown as their pictures. */
  static String lines(String text) {
    var readable = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .codePoints()
        .map(ReadableText::shown)
        .forEach(readable::appendCodePoint);
    return readable.toString();
  }

  private static int shown(int c) {
    if (c == '\n' || c == '\t') {
      return c;
    }
    if (c < ' ') {
      return CONTROL_PICTURES + c;
    }
    if (c == DELETE) {
      return DELETE_PICTURE;
    }
    // Neither can JIRA's XML hold the last two of a plane.
    return Character.isISOControl(c)
            || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
            || (c & 0xFFFE) == 0xFFFE
        ? REPLACEMENT
        : c;
  }

  /** One line of at most so many characters. */
  static String line(String text, int max) {
    return cut(lines(text.replaceAll("\\s+", " ").strip()), max);
  }

  /** The beginning of a text, with a sign that there was more; no character is halved. */
  static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = max - CUT.length();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
  }
}
