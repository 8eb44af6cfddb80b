package dev.signalbox.rules;

import dev.signalbox.exceptions.FiredRule;
import dev.signalbox.rules.facts.Parameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.ParserError;
import org.jspecify.annotations.Nullable;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * Reads rule files before they are compiled: who each rule is, and what can be told to be wrong
 * from the text alone, with its place in the author's file.
 */
final class DrlReading {
  private static final Set<String> CARD = Set.of("id", "owner", "because");
  private static final int BECAUSE_MAX = 200;
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,79}");
  private static final Pattern PARSE_ERROR =
      Pattern.compile("(?:\\[ERR \\d+] )?Line \\d+:\\d+ (.*?)(?: in rule \"(.*)\")?\\.");

  private final Parameters parameters;
  private final List<Finding> findings;
  private final Map<String, RuleCard> byId = new HashMap<>();

  DrlReading(Parameters parameters, List<Finding> findings) {
    this.parameters = parameters;
    this.findings = findings;
  }

  /**
   * The rules of a decision point by their names.
   *
   * @return null when a file does not parse, so that compiling it would only say so again
   */
  @Nullable Map<String, RuleCard> read(String point, Map<String, byte[]> files) {
    var cards = new HashMap<String, RuleCard>();
    boolean parsed = true;
    for (var file : files.entrySet()) {
      var text = RulesetFiles.text(file.getValue());
      findings.addAll(new DrlText(file.getKey(), text).findings(parameters));
      var unit = parse(file.getKey(), text);
      if (unit == null) {
        parsed = false;
      } else {
        check(point, file.getKey(), unit);
        unit.getRules().forEach(rule -> add(cards, file.getKey(), rule));
      }
    }
    return parsed ? cards : null;
  }

  private @Nullable PackageDescr parse(String file, String text) {
    var parser = new DrlParser(LanguageLevelOption.DRL6);
    try {
      var unit = parser.parse(true, text);
      for (var error : parser.getErrors()) {
        findings.add(
            error instanceof ParserError at
                ? parseError(file, at)
                : Finding.of(file, sentence(error.getMessage())));
      }
      return parser.hasErrors() ? null : unit;
    } catch (DroolsParserException e) {
      findings.add(
          new Finding(file, e.getLineNumber(), 0, null, sentence(String.valueOf(e.getMessage()))));
      return null;
    }
  }

  /** The parser repeats the place, and names the rule at the end. */
  private static Finding parseError(String file, ParserError error) {
    var found = PARSE_ERROR.matcher(sentence(error.getMessage()));
    return found.matches()
        ? new Finding(
            file, error.getRow(), error.getCol() + 1, found.group(2), sentence(found.group(1)))
        : new Finding(file, error.getRow(), error.getCol() + 1, null, sentence(error.getMessage()));
  }

  /** What the parser or the compiler says, as one line. */
  static String sentence(String message) {
    var line = message.replaceAll("\\s+", " ").strip();
    return line.endsWith(".") ? line : line + ".";
  }

  private void check(String point, String file, PackageDescr unit) {
    if (!unit.getName().equals(point)) {
      findings.add(
          Finding.of(
              file,
              "The package is \"%s\"; rules in %s/ are in the package %s."
                  .formatted(unit.getName(), point, point)));
    }
    for (var global : unit.getGlobals()) {
      if (!global.getIdentifier().equals(point)) {
        findings.add(
            new Finding(
                file,
                global.getLine(),
                0,
                null,
                "The global \"%s\" is not known; the only one here is \"%s\"."
                    .formatted(global.getIdentifier(), point)));
      }
    }
    if (!(unit.getFunctions().isEmpty()
        && unit.getClassAndEnumDeclarationDescrs().isEmpty()
        && unit.getFunctionImports().isEmpty())) {
      findings.add(
          Finding.of(
              file, "A rule file has rules only: no functions, declarations or static imports."));
    }
  }

  private void add(Map<String, RuleCard> cards, String file, RuleDescr rule) {
    if (rule.isQuery() || rule.hasParent()) {
      fault(file, rule, "Queries, and rules that extend others, are refused.");
    }
    for (var attribute : rule.getAttributes().keySet()) {
      if (!attribute.equals("salience")) {
        fault(
            file,
            rule,
            "The attribute \"%s\" is refused; only salience is known.".formatted(attribute));
      }
    }
    var card =
        new RuleCard(
            file,
            rule.getLine(),
            rule.getName(),
            new FiredRule(annotation(file, rule, "id"), annotation(file, rule, "because")),
            annotation(file, rule, "owner"),
            salience(file, rule));
    checkCard(file, rule, card);
    unique(file, rule, "name", cards.put(card.name(), card));
    if (!card.id().isEmpty()) {
      unique(file, rule, "@id", byId.put(card.id(), card));
    }
  }

  private void checkCard(String file, RuleDescr rule, RuleCard card) {
    if (!card.id().isEmpty() && !ID.matcher(card.id()).matches()) {
      fault(
          file,
          rule,
          "The @id \"%s\" must be 1 to 80 lower-case letters, digits, \".\" and \"-\"."
              .formatted(card.id()));
    }
    if (card.fired().because().length() > BECAUSE_MAX) {
      fault(file, rule, "Its @because is longer than %d characters.".formatted(BECAUSE_MAX));
    }
    for (var name : rule.getAnnotationNames()) {
      if (!CARD.contains(name)) {
        fault(file, rule, "@%s is not known; a rule has @id, @owner and @because.".formatted(name));
      }
    }
  }

  private void unique(String file, RuleDescr rule, String what, @Nullable RuleCard other) {
    if (other != null) {
      fault(
          file,
          rule,
          "Its %s is that of the rule at %s:%d.".formatted(what, other.file(), other.line()));
    }
  }

  private String annotation(String file, RuleDescr rule, String name) {
    var annotation = rule.getAnnotation(name);
    var value = annotation == null ? null : annotation.getSingleValueStripped();
    var text = value == null ? "" : value.toString().strip();
    if (text.isEmpty()) {
      fault(file, rule, "It has no @%s(\"…\").".formatted(name));
    }
    return text;
  }

  private int salience(String file, RuleDescr rule) {
    var text = rule.getSalience();
    if (text == null) {
      return 0;
    }
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      fault(file, rule, "The salience \"%s\" is not a whole number.".formatted(text));
      return 0;
    }
  }

  private void fault(String file, RuleDescr rule, String what) {
    findings.add(new Finding(file, rule.getLine(), 0, rule.getName(), what));
  }
}
