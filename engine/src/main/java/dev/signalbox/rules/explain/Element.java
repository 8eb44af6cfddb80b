package dev.signalbox.rules.explain;

import com.github.javaparser.ast.expr.Expression;
import java.util.ArrayList;
import java.util.List;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.model.codegen.execmodel.generator.DrlxParseUtil;
import org.jspecify.annotations.Nullable;

/** The conditions of a rule, as a tree. */
public sealed interface Element {

  /** Where it begins in its file; -1 where the parser does not say. */
  int offset();

  /**
   * A fact of which all tests hold.
   *
   * @param type its simple name
   * @param name by which later conditions call it; null for none
   */
  record Fact(int offset, String type, @Nullable String name, List<Test> tests) implements Element {

    /** The same with the first tests only. */
    Fact first(int count) {
      return new Fact(offset, type, name, tests.subList(0, count));
    }
  }

  /** Of all of these. */
  record All(int offset, List<Element> parts) implements Element {}

  /** Of any of these. */
  record Any(int offset, List<Element> ways) implements Element {}

  /** There are none such. */
  record None(int offset, List<Element> parts) implements Element {}

  /** There are such, however many. */
  record Some(int offset, List<Element> parts) implements Element {}

  /**
   * One comparison of a fact, or a binding.
   *
   * @param text as it is written
   * @param bound the name of what it comes to; null where it is a comparison
   */
  record Test(int offset, String text, @Nullable String bound, Expression expression) {}

  /** Reads the conditions of a rule that has passed the check. */
  static List<Element> of(AndDescr conditions) {
    var parts = new ArrayList<Element>();
    for (var part : conditions.getDescrs()) {
      if (of(part) instanceof All all) {
        parts.addAll(all.parts());
      } else {
        parts.add(of(part));
      }
    }
    return parts;
  }

  private static Element of(BaseDescr descr) {
    int offset = descr.getStartCharacter();
    return switch (descr) {
      case PatternDescr pattern ->
          new Fact(
              offset,
              pattern.getObjectType(),
              pattern.getIdentifier(),
              pattern.getConstraint().getDescrs().stream()
                  .map(ExprConstraintDescr.class::cast)
                  .map(Element::test)
                  .toList());
      case AndDescr and -> new All(offset, of(and));
      case OrDescr or -> new Any(offset, parts(or));
      case NotDescr not -> new None(offset, parts(not));
      case ExistsDescr exists -> new Some(offset, parts(exists));
      default ->
          throw new IllegalArgumentException(
              "The check lets no %s through.".formatted(descr.getClass().getSimpleName()));
    };
  }

  private static List<Element> parts(ConditionalElementDescr descr) {
    return descr.getDescrs().stream().map(BaseDescr.class::cast).map(Element::of).toList();
  }

  private static Test test(ExprConstraintDescr constraint) {
    var read = DrlxParseUtil.parseExpression(constraint.getExpression());
    var bound = read.getBind();
    return new Test(
        constraint.getStartCharacter(),
        constraint.getExpression(),
        bound == null ? null : bound.getIdentifier(),
        read.getExpr());
  }
}
