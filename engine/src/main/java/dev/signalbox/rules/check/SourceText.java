package dev.signalbox.rules.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A rule file without its comments, and what its characters alone show to be wrong. The comments
 * become spaces, so that every place stays what it is, and only this text is parsed and compiled:
 * no two readers can differ about where a comment or a text ends.
 */
public final class SourceText {
  /**
   * Parentheses within parentheses. The expression parser takes three times as long for each level:
   * 10 ms for 6 of them, 22 s for 14.
   */
  static final int DEPTH_MAX = 6;

  private static final String SIGNS = "_$.,;:()=!<>&|+-*@[] \t\r\n";

  private final StringBuilder code;
  private final List<Fault> faults = new ArrayList<>();
  private final Set<Character> told = new HashSet<>();
  private int depth;
  private long effort;
  private long words;
  private boolean readable = true;

  public SourceText(String text) {
    code = new StringBuilder(text);
    int at = 0;
    while (at < code.length()) {
      at = next(at);
    }
  }

  /** The text without comments, of the same length and lines. */
  public String code() {
    return code.toString();
  }

  /**
   * Whether it may be parsed: no text or comment is left open, nothing could be read in two ways,
   * and the parsers will come to an end.
   */
  public boolean isReadable() {
    return readable;
  }

  public List<Fault> faults() {
    return List.copyOf(faults);
  }

  /** What its parentheses cost those who parse it; about 80 of it are a millisecond. */
  public long effort() {
    return effort;
  }

  /** How many words and signs a parser makes of it, or some more. */
  public long words() {
    return words;
  }

  /** Whether a text stands there, whatever the spaces in it. */
  boolean has(int offset, String text) {
    int at = offset;
    for (char c : Place.squeezed(text).toCharArray()) {
      while (at < code.length() && Character.isWhitespace(code.charAt(at))) {
        at++;
      }
      if (at >= code.length() || code.charAt(at++) != c) {
        return false;
      }
    }
    return true;
  }

  /** A fault at an offset. */
  Fault at(int offset, String what) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < offset; i++) {
      if (code.charAt(i) == '\n') {
        line++;
        start = i + 1;
      }
    }
    return new Fault(line, offset - start + 1, what);
  }

  private int next(int at) {
    char c = code.charAt(at);
    boolean isWithin = at > 0 && isLetter(c) && isLetter(code.charAt(at - 1));
    words += isWithin || c == ' ' ? 0 : 1;
    if (c == '"') {
      return text(at);
    }
    if (stands(at, "//")) {
      int end = code.indexOf("\n", at);
      return blank(at, end < 0 ? code.length() : end);
    }
    if (stands(at, "/*")) {
      int end = code.indexOf("*/", at + 2);
      if (end < 0) {
        unreadable(at, "The comment does not end; close it with */.");
      }
      return blank(at, end < 0 ? code.length() : end + 2);
    }
    depth(at, c);
    if (SIGNS.indexOf(c) < 0 && (c > 127 || !Character.isLetterOrDigit(c))) {
      refuse(at, c);
    }
    return at + 1;
  }

  private static boolean isLetter(char c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }

  private boolean stands(int at, String sign) {
    return at + 1 < code.length()
        && code.charAt(at) == sign.charAt(0)
        && code.charAt(at + 1) == sign.charAt(1);
  }

  private void depth(int at, char c) {
    if (c == '(') {
      depth++;
      effort += Math.round(Math.pow(3, Math.min(depth, DEPTH_MAX)));
      if (depth > DEPTH_MAX && told.add(c)) {
        unreadable(
            at,
            "More than %d parentheses stand within each other; write several conditions or rules."
                .formatted(DEPTH_MAX));
      }
    } else if (c == ')') {
      depth--;
    }
  }

  /** A text in double quotes, to its end. */
  private int text(int from) {
    for (int at = from + 1; at < code.length(); at++) {
      char c = code.charAt(at);
      if (c == '"') {
        if (at == from + 1 && at + 1 < code.length() && code.charAt(at + 1) == '"') {
          unreadable(from, "Texts of several lines are refused; write it in one line.");
          return code.length();
        }
        return at + 1;
      }
      if (c == '\n' || c == '\r') {
        break;
      }
      if (c == '\\' || Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
        refuse(at, c);
      }
    }
    unreadable(from, "The text does not end in its line; close it with a double quote.");
    return code.length();
  }

  private int blank(int from, int to) {
    for (int at = from; at < to; at++) {
      char c = code.charAt(at);
      if (Character.getType(c) == Character.FORMAT || stands(at, "\\u")) {
        refuse(at, c);
      }
      if (c != '\n') {
        code.setCharAt(at, ' ');
      }
    }
    return to;
  }

  private void unreadable(int at, String what) {
    readable = false;
    faults.add(at(at, what));
  }

  private void refuse(int at, char c) {
    readable &= "\\'#".indexOf(c) < 0;
    if (told.add(c)) {
      faults.add(at(at, refusal(c)));
    }
  }

  private static String refusal(char c) {
    return switch (c) {
      case '\\' -> "A backslash is refused: rules need no escapes; write the character itself.";
      case '\'' -> "A single quote is refused; write texts in double quotes.";
      case '/' -> "Division is refused; compare with a product instead.";
      case '{', '}' -> "Braces are refused: a rule has conditions and calls, and no code.";
      default ->
          c > ' ' && c < 127
              ? "The sign %c is refused; rules do not need it.".formatted(c)
              : "The character U+%04X is refused outside of texts; write plain letters."
                  .formatted((int) c);
    };
  }
}
