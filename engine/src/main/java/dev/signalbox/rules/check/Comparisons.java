package dev.signalbox.rules.check;

import com.github.javaparser.ast.expr.Expression;
import org.drools.mvel.parser.ast.expr.PointFreeExpr;
import org.jspecify.annotations.Nullable;

/** The comparisons that are words: in, memberOf, contains, str[startsWith], str[endsWith]. */
final class Comparisons {
  private static final int VALUES_MAX = 200;

  private final Terms terms;

  Comparisons(Terms terms) {
    this.terms = terms;
  }

  @Nullable String pointFree(PointFreeExpr expression) {
    var left = terms.kind(expression.getLeft());
    if (left == null) {
      return null;
    }
    boolean plain = expression.getArg1() == null;
    return switch (expression.getOperator().getIdentifier()) {
      case "in" -> plain ? in(expression, left) : unknown(expression);
      case "memberOf" ->
          plain ? of(expression, left, Terms.TEXT, Terms.TEXTS) : unknown(expression);
      case "contains" ->
          plain
              ? of(expression, left, left.equals(Terms.TEXT) ? left : Terms.TEXTS, Terms.TEXT)
              : unknown(expression);
      case "str[startsWith]", "str[endsWith]" ->
          plain ? of(expression, left, Terms.TEXT, Terms.TEXT) : unknown(expression);
      case "matches" ->
          terms.refuse(
              expression,
              "\"matches\" is refused: a pattern can take years; use str[startsWith],"
                  + " str[endsWith], contains or memberOf.");
      default -> unknown(expression);
    };
  }

  private @Nullable String in(PointFreeExpr expression, String left) {
    if (expression.getRight().size() > VALUES_MAX) {
      return terms.refuse(
          expression,
          "A list of more than %d values is refused; make it a list in ruleset.yaml."
              .formatted(VALUES_MAX));
    }
    boolean fit = true;
    for (Expression value : expression.getRight()) {
      var kind = terms.kind(value);
      if (kind != null && !kind.equals(left) && !(Terms.isNumber(kind) && Terms.isNumber(left))) {
        terms.refuse(
            value,
            "%s is %s, and is compared with %s."
                .formatted(Place.print(value), Terms.named(kind), Terms.named(left)));
        fit = false;
      }
      fit &= kind != null;
    }
    return fit ? Terms.FLAG : null;
  }

  private @Nullable String of(
      PointFreeExpr expression, String left, String wantedLeft, String wantedRight) {
    var right =
        expression.getRight().size() == 1 ? terms.kind(expression.getRight().get(0)) : "nothing";
    if (right == null) {
      return null;
    }
    return left.equals(wantedLeft) && right.equals(wantedRight)
        ? Terms.FLAG
        : terms.refuse(
            expression,
            "\"%s\" goes between %s and %s; here are %s and %s."
                .formatted(
                    expression.getOperator().getIdentifier(),
                    Terms.named(wantedLeft),
                    Terms.named(wantedRight),
                    Terms.named(left),
                    Terms.named(right)));
  }

  private @Nullable String unknown(PointFreeExpr expression) {
    return terms.refuse(
        expression,
        "The comparison \"%s\" is refused; there are in, memberOf, contains, str[startsWith] and"
                .formatted(expression.getOperator().getIdentifier())
            + " str[endsWith].");
  }
}
