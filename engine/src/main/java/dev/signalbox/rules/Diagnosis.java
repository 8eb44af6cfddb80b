package dev.signalbox.rules;

import dev.signalbox.rules.kept.KeptRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which rules do not compile, and why. The compiler stops at the first kind of error, and
 * speaks of generated code; so each rule is compiled alone, which is slow, and only done in need.
 */
final class Diagnosis {
  /** An author who waits is better told of some rules than of none. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String GENERATED = "Java source of ";
  private static final Pattern WORD = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]{2,}");

  private final String point;
  private final Map<String, byte[]> files;
  private final List<RuleCard> rules;

  Diagnosis(String point, Map<String, byte[]> files, Collection<RuleCard> rules) {
    this.point = point;
    this.files = files;
    this.rules =
        rules.stream()
            .sorted(Comparator.comparing(RuleCard::file).thenComparingInt(RuleCard::line))
            .toList();
  }

  /** What is wrong, given what the compiler said of all rules together. */
  List<Finding> of(List<String> errors) {
    var findings = new ArrayList<Finding>();
    long start = System.nanoTime();
    for (var rule : rules) {
      if (System.nanoTime() - start > PATIENCE.toNanos()
          || Thread.currentThread().isInterrupted()) {
        break;
      }
      findings.addAll(alone(rule));
    }
    if (findings.isEmpty()) {
      said(errors).forEach(what -> findings.add(Finding.of(point, what)));
    }
    return findings;
  }

  private List<Finding> alone(RuleCard rule) {
    var source = new TreeMap<>(files);
    for (var file : files.keySet()) {
      source.put(file, only(rule, file).getBytes(StandardCharsets.UTF_8));
    }
    var errors = new ArrayList<String>();
    try (var compiled = CompiledPoint.of(point, source, KeptRules.NOWHERE, errors)) {
      return compiled != null
          ? List.of()
          : said(errors).stream().map(what -> placed(rule, what)).toList();
    }
  }

  /** A file without any rule but this one; every line keeps its number. */
  private String only(RuleCard rule, String file) {
    var lines = RulesetFiles.text(content(file)).lines().toList();
    var text = new StringBuilder();
    for (int number = 1; number <= lines.size(); number++) {
      var owner = ruleAt(file, number);
      text.append(owner == null || owner.equals(rule) ? lines.get(number - 1) : "").append('\n');
    }
    return text.toString();
  }

  private @Nullable RuleCard ruleAt(String file, int line) {
    RuleCard owner = null;
    for (var rule : rules) {
      if (rule.file().equals(file) && rule.line() <= line) {
        owner = rule;
      }
    }
    return owner;
  }

  private static List<String> said(List<String> errors) {
    return errors.stream()
        .filter(text -> !text.startsWith(GENERATED))
        .map(DrlReading::sentence)
        .distinct()
        .toList();
  }

  /** The place in the rule of the first thing that the message names. */
  private Finding placed(RuleCard rule, String what) {
    var lines = RulesetFiles.text(content(rule.file())).lines().toList();
    for (var named : named(what)) {
      boolean inBody = false;
      for (int number = rule.line(); number <= lines.size(); number++) {
        var line = lines.get(number - 1);
        var at = named.reset(line);
        if (inBody && at.find()) {
          return new Finding(rule.file(), number, at.start() + 1, rule.name(), what);
        }
        inBody |= line.strip().startsWith("when");
        if (line.strip().equals("end")) {
          break;
        }
      }
    }
    return new Finding(rule.file(), rule.line(), 0, rule.name(), what);
  }

  /** What a message may name: the expression after its last colon, and each of its words. */
  private static List<Matcher> named(String what) {
    var named = new ArrayList<Matcher>();
    int colon = what.lastIndexOf(": ");
    if (colon > 0) {
      var expression = what.substring(colon + 2, what.length() - 1);
      named.add(Pattern.compile(Pattern.quote(expression)).matcher(""));
    }
    WORD.matcher(what)
        .results()
        .map(word -> Pattern.compile("\\b" + Pattern.quote(word.group()) + "\\b").matcher(""))
        .forEach(named::add);
    return named;
  }

  private byte[] content(String file) {
    var content = files.get(file);
    if (content == null) {
      throw new IllegalStateException("The rule file " + file + " is gone.");
    }
    return content;
  }
}
