package dev.signalbox.rules.check;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import org.jspecify.annotations.Nullable;

/** The operators that are signs: of numbers, of true and false, and between what is compared. */
final class Operators {
  private final Terms terms;

  Operators(Terms terms) {
    this.terms = terms;
  }

  @Nullable String unary(UnaryExpr unary) {
    var kind = terms.kind(unary.getExpression());
    return switch (unary.getOperator()) {
      case LOGICAL_COMPLEMENT -> wanted(unary, kind, Terms.FLAG);
      case MINUS ->
          Terms.WHOLE.equals(kind)
                  || (Terms.AMOUNT.equals(kind) && unary.getExpression().isLiteralExpr())
              ? kind
              : minus(unary, kind);
      default ->
          terms.refuse(
              unary, "%s is refused: a rule changes nothing.".formatted(Place.print(unary)));
    };
  }

  private @Nullable String minus(UnaryExpr unary, @Nullable String kind) {
    var of = Place.print(unary.getExpression());
    return kind == null
        ? null
        : terms.refuse(
            unary,
            kind.equals(Terms.AMOUNT)
                ? "A minus before an amount is refused; write %s.negate().".formatted(of)
                : "%s is %s; only numbers have a sign.".formatted(of, Terms.named(kind)));
  }

  private @Nullable String wanted(Node node, @Nullable String kind, String wanted) {
    return kind == null || kind.equals(wanted)
        ? kind
        : terms.refuse(
            node,
            "%s is needed here, and this is %s."
                .formatted(Terms.capital(Terms.named(wanted)), Terms.named(kind)));
  }

  @Nullable String binary(BinaryExpr binary) {
    var left = terms.kind(binary.getLeft());
    var right = terms.kind(binary.getRight());
    if (left == null || right == null) {
      return null;
    }
    return switch (binary.getOperator()) {
      case AND, OR ->
          wanted(binary.getLeft(), left, Terms.FLAG) == null
                  || wanted(binary.getRight(), right, Terms.FLAG) == null
              ? null
              : Terms.FLAG;
      case EQUALS, NOT_EQUALS ->
          (left.equals(right) && !terms.isFact(left))
                  || (Terms.isNumber(left) && Terms.isNumber(right))
              ? Terms.FLAG
              : apart(binary, left, right);
      case LESS, LESS_EQUALS, GREATER, GREATER_EQUALS ->
          Terms.isNumber(left) && Terms.isNumber(right) ? Terms.FLAG : apart(binary, left, right);
      case PLUS, MINUS, MULTIPLY ->
          !(Terms.isNumber(left) && Terms.isNumber(right))
              ? apart(binary, left, right)
              : left.equals(Terms.AMOUNT) ? left : right;
      default ->
          terms.refuse(
              binary,
              "The operator %s is refused; rules compare, add, subtract and multiply."
                  .formatted(binary.getOperator().asString()));
    };
  }

  private @Nullable String apart(BinaryExpr binary, String left, String right) {
    return terms.refuse(
        binary,
        "%s is %s and %s is %s; %s does not go between them."
            .formatted(
                Place.print(binary.getLeft()),
                Terms.named(left),
                Place.print(binary.getRight()),
                Terms.named(right),
                binary.getOperator().asString()));
  }
}
