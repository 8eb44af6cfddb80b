package dev.signalbox.rules.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** Looks through a rule file that was parsed for all that is not known to be harmless. */
public final class RuleCheck {
  /** A name becomes part of the code that a rule becomes, comments included. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} ,.:;()_/&%+<>=€£'!?-]{1,150}");

  private final Vocabulary words;
  private final String name;
  private final Vocabulary.Point point;
  private final SourceText source;

  /**
   * @param point the decision point, whose name is also that of its output
   */
  public RuleCheck(Vocabulary words, String point, SourceText source) {
    this.words = words;
    this.name = point;
    this.point = words.pointOf(point);
    this.source = source;
  }

  /** What is wrong outside of the rules. */
  public List<Fault> unit(PackageDescr unit) {
    var faults = new ArrayList<Fault>();
    for (var imported : unit.getImports()) {
      if (!words.isImportable(imported.getTarget())) {
        fault(
            faults,
            imported,
            "The import of %s is refused; rules see dev.signalbox.rules.facts.* and the"
                    .formatted(imported.getTarget())
                + " enumerations of dev.signalbox.exceptions.*.");
      }
    }
    for (var attribute : unit.getAttributes()) {
      fault(
          faults,
          attribute,
          "The attribute \"%s\" is refused; leave it out.".formatted(attribute.getName()));
    }
    for (var global : unit.getGlobals()) {
      if (global.getIdentifier().equals(name) && !global.getType().equals(point.outputClass())) {
        fault(
            faults,
            global,
            "The global \"%s\" is of another class; write: global %s %s"
                .formatted(name, point.outputClass(), name));
      }
    }
    if (!(unit.getAccumulateImports().isEmpty()
        && unit.getEntryPointDeclarations().isEmpty()
        && unit.getWindowDeclarations().isEmpty()
        && unit.getUnit() == null)) {
      faults.add(
          new Fault(
              1, 0, "Entry points, windows, rule units and imports of functions are refused."));
    }
    return faults;
  }

  /** What is wrong with a rule. */
  public List<Fault> rule(RuleDescr rule) {
    var faults = new ArrayList<Fault>();
    if (!NAME.matcher(rule.getName()).matches()) {
      fault(
          faults,
          rule,
          "A rule's name is 1 to 150 letters, digits, spaces and simple signs; rename it.");
    }
    for (var name : rule.getAnnotationNames()) {
      annotation(faults, rule, rule.getAnnotation(name));
    }
    if (!rule.getNamedConsequences().isEmpty()) {
      fault(faults, rule, "A rule has one \"then\"; write a rule for each.");
    }
    var branches = Branches.of(rule.getLhs());
    if (branches.ways() > Branches.WAYS_MAX || branches.facts() > Branches.FACTS_MAX) {
      fault(
          faults,
          rule,
          "Its conditions can be met in %d ways of up to %d facts, and %d of %d are allowed; write"
                  .formatted(
                      branches.ways(), branches.facts(), Branches.WAYS_MAX, Branches.FACTS_MAX)
              + " several rules, or compare with \"in\".");
      return faults;
    }
    if (Branches.conditions(rule.getLhs()) > Branches.CONDITIONS_MAX) {
      fault(
          faults,
          rule,
          "A fact has more than %d conditions; write several facts or rules."
              .formatted(Branches.CONDITIONS_MAX));
      return faults;
    }
    if (!Branches.needFact(rule.getLhs())) {
      fault(
          faults,
          rule,
          "It names no fact outside of \"not\" and \"exists\"; begin with one: Item() not( … ).");
    }
    var conditions = new Conditions(words, point, source, faults);
    conditions.check(rule.getLhs());
    consequence(rule, conditions, faults);
    return faults;
  }

  private void consequence(RuleDescr rule, Conditions conditions, List<Fault> faults) {
    var text = String.valueOf(rule.getConsequence());
    int start = source.code().lastIndexOf(text, rule.getEndCharacter());
    var place = new Place(source, Math.max(start, rule.getStartCharacter()), text, faults);
    new Consequences(words, name, point.output(), conditions.bindings(), place).check(text);
  }

  private static void annotation(List<Fault> faults, RuleDescr rule, AnnotationDescr annotation) {
    var value = annotation.getSingleValue();
    if (value == null
        || annotation.getValueMap().size() != 1
        || annotation.isDuplicated()
        || !String.valueOf(value).matches("\"[^\"]*\"")) {
      fault(
          faults,
          rule,
          "Its @%s is not one text in double quotes, said once.".formatted(annotation.getName()));
    }
  }

  private static void fault(List<Fault> faults, BaseDescr at, String what) {
    faults.add(new Fault(at.getLine(), Math.max(0, at.getColumn() + 1), what));
  }
}
