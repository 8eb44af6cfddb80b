package dev.signalbox.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signalbox.rules.check.Budget;
import dev.signalbox.rules.check.Fault;
import dev.signalbox.rules.check.RuleCheck;
import dev.signalbox.rules.check.SourceText;
import dev.signalbox.rules.check.Words;
import dev.signalbox.rules.facts.Parameters;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
  private static final Pattern PARSE_ERROR =
      Pattern.compile("(?:\\[ERR \\d+] )?Line \\d+:\\d+ (.*?)(?: in rule \"(.*)\")?\\.");

  private static final int ERRORS_MAX = 50;
  static final int RULES_MAX = 5_000;
  private static final long EFFORT_MAX = 1_000_000;

  private final Parameters parameters;
  private final List<Finding> findings;
  private final boolean checked;
  private final CardReading cardReading;
  private final Budget budget = new Budget();

  private long effort;
  private int rules;

  /**
   * @param checked whether the first wall stands; only tests of the second one leave it out
   */
  DrlReading(Parameters parameters, List<Finding> findings, boolean checked) {
    this.parameters = parameters;
    this.findings = findings;
    this.checked = checked;
    cardReading = new CardReading(findings);
  }

  /**
   * What was read of a decision point.
   *
   * @param cards its rules by their names, with their places in {@code code}
   * @param shown the same, with the places that their authors know
   * @param code the files as they are to be compiled: without comments
   */
  record Point(
      String name,
      Map<String, RuleCard> cards,
      Map<String, RuleCard> shown,
      Map<String, byte[]> code) {
    Point(String name, Map<String, RuleCard> cards, Map<String, byte[]> code) {
      this(name, cards, cards, code);
    }

    Point placed(RuleSources sources) {
      var placed = new HashMap<String, RuleCard>();
      cards.forEach((rule, card) -> placed.put(rule, sources.placed(card)));
      return new Point(name, cards, placed, code);
    }
  }

  /** What compiling it takes, in kB, by an estimate. */
  long kilobytes() {
    return budget.kilobytes();
  }

  /** Whether it can be compiled here, and decide in time; where not, the rules that take most. */
  List<Finding> excesses() {
    return budget.excesses().stream()
        .map(excess -> new Finding(excess.file(), excess.line(), 0, excess.rule(), excess.what()))
        .toList();
  }

  /** Reads the rules of a decision point; what is good for nothing leaves findings. */
  Point read(String point, Map<String, byte[]> files) {
    var cards = new HashMap<String, RuleCard>();
    var code = new TreeMap<String, byte[]>();
    for (var file : files.entrySet()) {
      var text = RulesetFiles.text(file.getValue());
      var source = new SourceText(text);
      code.put(file.getKey(), checked ? source.code().getBytes(UTF_8) : file.getValue());
      read(point, file.getKey(), checked ? source.code() : text, source, cards);
    }
    return new Point(point, cards, code);
  }

  private void read(
      String point, String file, String text, SourceText source, Map<String, RuleCard> cards) {
    var faults = checked ? source.faults() : List.<Fault>of();
    faults.forEach(fault -> add(file, null, fault));
    effort += source.effort();
    if (checked && effort > EFFORT_MAX) {
      findings.add(
          Finding.of(file, "The rules have too many parentheses within others; simplify them."));
    }
    if (checked && (!source.isReadable() || effort > EFFORT_MAX)) {
      return;
    }
    if (checked && !Budget.allows(source)) {
      findings.add(
          Finding.of(
              file,
              "The file has %,d words and signs, too many for the memory that is free here; write several files."
                  .formatted(source.words())));
      return;
    }
    findings.addAll(new DrlText(file, source.code()).findings(parameters));
    var unit = parse(file, text);
    if (unit == null || (checked && !within(file, unit))) {
      return;
    }
    if (checked) {
      check(point, file, unit);
    }
    unit.getRules().forEach(rule -> cardReading.add(cards, file, rule));
    if (checked) {
      var check = new RuleCheck(Words.ALL, point, source);
      check.unit(unit).forEach(fault -> add(file, null, fault));
      for (var rule : unit.getRules()) {
        budget.spend(file, rule);
        if (findings.size() < Finding.ENOUGH && !budget.isExceeded()) {
          check.rule(rule).forEach(fault -> add(file, rule, fault));
        }
      }
    }
  }

  private boolean within(String file, PackageDescr unit) {
    rules += unit.getRules().size();
    if (rules > RULES_MAX) {
      findings.add(
          Finding.of(
              file, "A ruleset has at most %d rules; this one has more.".formatted(RULES_MAX)));
    }
    return rules <= RULES_MAX;
  }

  private void add(String file, @Nullable RuleDescr rule, Fault fault) {
    findings.add(
        new Finding(
            file,
            fault.line(),
            fault.column(),
            rule == null ? null : rule.getName(),
            fault.what()));
  }

  private @Nullable PackageDescr parse(String file, String text) {
    var parser = new DrlParser(LanguageLevelOption.DRL6);
    try {
      var unit = parser.parse(true, text);
      for (var error : parser.getErrors().stream().limit(ERRORS_MAX).toList()) {
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
    Stream.of(
            unit.getFunctions(), unit.getClassAndEnumDeclarationDescrs(), unit.getFunctionImports())
        .flatMap(Collection::stream)
        .forEach(declared ->
            findings.add(
                new Finding(
                    file,
                    Math.max(1, declared.getLine()),
                    0,
                    null,
                    "A rule file has rules only: no functions, declarations or static imports.")));
    unit.getRules().forEach(rule -> checkForm(file, rule));
  }

  private void checkForm(String file, RuleDescr rule) {
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
  }

  private void fault(String file, RuleDescr rule, String what) {
    findings.add(new Finding(file, rule.getLine(), 0, rule.getName(), what));
  }
}
