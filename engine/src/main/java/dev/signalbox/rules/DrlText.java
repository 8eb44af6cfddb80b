package dev.signalbox.rules;

import dev.signalbox.rules.facts.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which parameters a rule file asks for, and whether {@code ruleset.yaml} sets them. */
final class DrlText {
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\bparameters\\s*\\.\\s*(amount|number|hours|list|anyIn|text|role)\\s*\\(\\s*\"([^\"]*)\"");

  private static final int FINDINGS_MAX = 100;

  private final String file;
  private final String code;

  /**
   * @param code the text of the file, without comments
   */
  DrlText(String file, String code) {
    this.file = file;
    this.code = code;
  }

  List<Finding> findings(Parameters parameters) {
    var findings = new ArrayList<Finding>();
    var asked = PARAMETER.matcher(code);
    while (findings.size() < FINDINGS_MAX && asked.find()) {
      var kind = missing(parameters, asked.group(1), asked.group(2));
      if (kind != null) {
        findings.add(at(asked, "ruleset.yaml sets no %s \"%s\".".formatted(kind, asked.group(2))));
      }
    }
    return findings;
  }

  /** The kind of a parameter that is not set: its rule would fail only when it is tried. */
  private static @Nullable String missing(Parameters parameters, String asked, String name) {
    return switch (asked) {
      case "amount" -> parameters.amounts().containsKey(name) ? null : "amount";
      case "hours" -> parameters.durations().containsKey(name) ? null : "duration";
      case "number" -> parameters.numbers().containsKey(name) ? null : "number";
      case "role" -> parameters.roles().containsKey(name) ? null : "role";
      case "text" -> parameters.texts().containsKey(name) ? null : "text";
      default -> parameters.lists().containsKey(name) ? null : "list";
    };
  }

  private Finding at(MatchResult found, String what) {
    int lineStart = code.lastIndexOf('\n', found.start()) + 1;
    int line = 1 + (int) code.substring(0, found.start()).chars().filter(c -> c == '\n').count();
    return new Finding(file, line, found.start() - lineStart + 1, null, what);
  }
}
