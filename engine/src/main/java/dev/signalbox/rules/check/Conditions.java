package dev.signalbox.rules.check;

import com.github.javaparser.ParseProblemException;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.model.codegen.execmodel.generator.DrlxParseUtil;
import org.drools.mvel.parser.ast.expr.DrlxExpression;
import org.jspecify.annotations.Nullable;

/** The conditions of one rule: facts with comparisons, joined by and, or, not and exists. */
final class Conditions {
  private static final int CONSTRAINT_MAX = 500;
  private static final Pattern BINDING = Pattern.compile("\\$[A-Za-z][A-Za-z0-9_]{0,39}");

  private final Vocabulary words;
  private final Vocabulary.Point point;
  private final SourceText source;
  private final List<Fault> faults;
  private final Map<String, String> bindings = new HashMap<>();

  Conditions(Vocabulary words, Vocabulary.Point point, SourceText source, List<Fault> faults) {
    this.words = words;
    this.point = point;
    this.source = source;
    this.faults = faults;
  }

  /** What the consequence may name, with the kinds. */
  Map<String, String> bindings() {
    return bindings;
  }

  void check(BaseDescr element) {
    switch (element) {
      case AndDescr and -> each(and);
      case OrDescr or -> each(or);
      case NotDescr not -> each(not);
      case ExistsDescr exists -> each(exists);
      case PatternDescr pattern -> pattern(pattern);
      default ->
          fault(
              element,
              "\"%s\" is refused; conditions are facts such as Item( … ), joined by and, or, not and"
                      .formatted(
                          element
                              .getClass()
                              .getSimpleName()
                              .replace("Descr", "")
                              .toLowerCase(Locale.ROOT))
                  + " exists.");
    }
  }

  private void each(ConditionalElementDescr element) {
    for (var inner : element.getDescrs()) {
      check(inner);
    }
  }

  private void pattern(PatternDescr pattern) {
    var type = pattern.getObjectType();
    if (pattern.getSource() != null) {
      fault(pattern, "\"from\" and \"accumulate\" are refused; ask for facts directly: Item( … ).");
      return;
    }
    if (!point.facts().contains(type)) {
      fault(
          pattern,
          "There is no fact \"%s\" here; the facts are %s."
              .formatted(type, String.join(", ", point.facts().stream().sorted().toList())));
      return;
    }
    if (!(pattern.getBehaviors().isEmpty() && pattern.getAnnotationNames().isEmpty())) {
      fault(pattern, "Windows and annotations of a fact are refused; leave them out.");
    }
    if (pattern.getIdentifier() != null) {
      bind(
          new Place(source, pattern.getStartCharacter(), "", faults),
          pattern.getIdentifier(),
          type);
    }
    for (var constraint : pattern.getConstraint().getDescrs()) {
      if (constraint instanceof ExprConstraintDescr expression
          && expression.getType() == ExprConstraintDescr.Type.NAMED) {
        constraint(expression, type);
      } else {
        fault(pattern, "Name what you compare: Item( amount == 3B ).");
      }
    }
  }

  private void constraint(ExprConstraintDescr constraint, String fact) {
    var text = constraint.getExpression();
    int start = Math.max(0, constraint.getStartCharacter());
    var place = new Place(source, start, text, faults);
    if (!source.has(start, text)) {
      place.fault(
          "Write each condition out, as in Item( counterparty.known, counterparty.trusted ).");
    } else if (text.length() > CONSTRAINT_MAX) {
      place.fault(
          "The condition is longer than %d characters; make several of it."
              .formatted(CONSTRAINT_MAX));
    } else {
      var read = read(place, text);
      if (read != null) {
        constraint(place, read, fact);
      }
    }
  }

  private static @Nullable DrlxExpression read(Place place, String text) {
    try {
      var read = DrlxParseUtil.parseExpression(text);
      if (place.isAll(read)) {
        return read;
      }
      place.fault(
          "Only \"%s\" is understood of \"%s\", and the rest would be ignored; join comparisons with"
                  .formatted(Place.print(read), text)
              + " && and ||.");
    } catch (ParseProblemException e) {
      place.fault(
          "\"%s\" is not a condition; write comparisons such as amount > 3B.".formatted(text));
    }
    return null;
  }

  private void constraint(Place place, DrlxExpression read, String fact) {
    var terms = new Terms(words, place, bindings, fact);
    var kind = terms.kind(read.getExpr());
    if (read.getBind() != null) {
      if (!isWhole(read.getExpr())) {
        place.fault(
            "A binding takes only the first value of what follows; write %s : (%s) or bind a"
                    .formatted(read.getBind().getIdentifier(), Place.print(read.getExpr()))
                + " component alone.");
      } else if (kind != null) {
        bind(place, read.getBind().getIdentifier(), kind);
      }
    } else if (kind != null && !kind.equals(Terms.FLAG)) {
      place.fault(
          "\"%s\" is %s; a condition compares it with something."
              .formatted(Place.print(read), Terms.named(kind)));
    }
  }

  private static boolean isWhole(Expression bound) {
    return bound instanceof NameExpr
        || bound instanceof FieldAccessExpr
        || bound instanceof MethodCallExpr
        || bound instanceof EnclosedExpr;
  }

  private void bind(Place place, String name, String kind) {
    if (!BINDING.matcher(name).matches()) {
      place.fault("A binding begins with $: write $%s.".formatted(name));
    } else if (!kind.equals(bindings.getOrDefault(name, kind))) {
      place.fault(
          "%s is bound to another kind of value before; take another name.".formatted(name));
    } else {
      bindings.put(name, kind);
    }
  }

  private void fault(BaseDescr element, String what) {
    faults.add(new Fault(element.getLine(), Math.max(0, element.getColumn() + 1), what));
  }
}
