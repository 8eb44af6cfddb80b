package dev.signalbox.rules;

import dev.signalbox.exceptions.FiredRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.RuleDescr;
import org.jspecify.annotations.Nullable;

/** Reads who each rule of a ruleset is, and finds two that say they are the same. */
final class CardReading {
  private static final Set<String> CARD = Set.of("id", "owner", "because");
  private static final int BECAUSE_MAX = 200;
  private static final int OWNER_MAX = 100;
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,79}");

  private final List<Finding> findings;
  private final Map<String, RuleCard> byId = new HashMap<>();

  CardReading(List<Finding> findings) {
    this.findings = findings;
  }

  /** Reads who a rule is, and adds it to those of its decision point, by its name. */
  void add(Map<String, RuleCard> cards, String file, RuleDescr rule) {
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
    if (card.owner().length() > OWNER_MAX) {
      fault(file, rule, "Its @owner is longer than %d characters.".formatted(OWNER_MAX));
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
