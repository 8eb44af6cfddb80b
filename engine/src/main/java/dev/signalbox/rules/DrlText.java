package dev.signalbox.rules;

import dev.signalbox.rules.facts.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the words of a rule file show, before anything understands them. */
final class DrlText {
  private static final Pattern STRING_OR_COMMENT =
      Pattern.compile("(\"(?:\\\\.|[^\"\\\\\n])*\")|//[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);
  private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\\n])*\"");
  private static final Pattern BINARY = Pattern.compile("(?<![\\w.])\\d+\\.\\d+(?![\\dB])");
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\bparameters\\s*\\.\\s*(amount|hours|list|anyIn|text)\\s*\\(\\s*\"([^\"]*)\"");

  private final String file;
  private final String code;

  DrlText(String file, String text) {
    this.file = file;
    // Comments become spaces, so that every place stays what it is.
    code =
        STRING_OR_COMMENT
            .matcher(text)
            .replaceAll(
                found -> quoted(found.group(1) == null ? blank(found.group()) : found.group()));
  }

  List<Finding> findings(Parameters parameters) {
    var findings = new ArrayList<Finding>();
    STRING
        .matcher(code)
        .replaceAll(found -> quoted(blank(found.group())))
        .transform(BINARY::matcher)
        .results()
        .map(this::binary)
        .forEach(findings::add);
    PARAMETER
        .matcher(code)
        .results()
        .forEach(asked -> {
          var kind = missing(parameters, asked.group(1), asked.group(2));
          if (kind != null) {
            findings.add(
                at(asked, "ruleset.yaml sets no %s \"%s\".".formatted(kind, asked.group(2))));
          }
        });
    return findings;
  }

  private Finding binary(MatchResult number) {
    return at(
        number,
        "The number %s is binary, and not exactly what it seems; write %sB."
            .formatted(number.group(), number.group()));
  }

  /** The kind of a parameter that is not set: its rule would fail only when it is tried. */
  private static @Nullable String missing(Parameters parameters, String asked, String name) {
    return switch (asked) {
      case "amount" -> parameters.amounts().containsKey(name) ? null : "amount";
      case "hours" -> parameters.durations().containsKey(name) ? null : "duration";
      case "text" -> parameters.texts().containsKey(name) ? null : "text";
      default -> parameters.lists().containsKey(name) ? null : "list";
    };
  }

  private Finding at(MatchResult found, String what) {
    int lineStart = code.lastIndexOf('\n', found.start()) + 1;
    int line = 1 + (int) code.substring(0, found.start()).chars().filter(c -> c == '\n').count();
    return new Finding(file, line, found.start() - lineStart + 1, null, what);
  }

  private static String blank(String text) {
    return text.replaceAll("[^\n]", " ");
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }
}
