package dev.signalbox.rules.review;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BinaryExpr.Operator;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.drools.mvel.parser.ast.expr.PointFreeExpr;
import org.drools.mvel.parser.printer.PrintUtil;
import org.jspecify.annotations.Nullable;

/** Reads comparisons of a component with plain values, as what they leave to that component. */
final class Atoms {
  private static final Map<Operator, Operator> TURNED =
      Map.of(
          Operator.LESS, Operator.GREATER,
          Operator.LESS_EQUALS, Operator.GREATER_EQUALS,
          Operator.GREATER, Operator.LESS,
          Operator.GREATER_EQUALS, Operator.LESS_EQUALS);

  private Atoms() {}

  /**
   * By the component as it is written.
   *
   * @return null where the expression is something else; what it leaves is then not known
   */
  static @Nullable Map<String, Domain> of(Expression expression) {
    return switch (expression) {
      case EnclosedExpr inner -> of(inner.getInner());
      case NameExpr name -> flag(name, true);
      case FieldAccessExpr access -> flag(access, true);
      case MethodCallExpr call -> flag(call, true);
      case UnaryExpr unary -> negated(unary);
      case BinaryExpr binary -> binary(binary);
      case PointFreeExpr words -> word(words);
      default -> null;
    };
  }

  private static Map<String, Domain> flag(Expression component, boolean value) {
    return Map.of(PrintUtil.printNode(component), Domain.only(Set.of(value)));
  }

  private static @Nullable Map<String, Domain> negated(UnaryExpr unary) {
    var inner = unary.getExpression();
    while (inner instanceof EnclosedExpr enclosed) {
      inner = enclosed.getInner();
    }
    return unary.getOperator() == UnaryExpr.Operator.LOGICAL_COMPLEMENT && isComponent(inner)
        ? flag(inner, false)
        : null;
  }

  private static boolean isComponent(Expression expression) {
    return expression instanceof NameExpr
        || expression instanceof MethodCallExpr
        || (expression instanceof FieldAccessExpr && value(expression) == null);
  }

  private static @Nullable Map<String, Domain> binary(BinaryExpr binary) {
    return switch (binary.getOperator()) {
      case AND -> both(of(binary.getLeft()), of(binary.getRight()));
      case OR -> either(of(binary.getLeft()), of(binary.getRight()));
      default -> compared(binary);
    };
  }

  static @Nullable Map<String, Domain> both(
      @Nullable Map<String, Domain> left, @Nullable Map<String, Domain> right) {
    if (left == null || right == null) {
      return null;
    }
    var both = new HashMap<>(left);
    right.forEach((component, domain) -> both.merge(component, domain, Domain::and));
    return both;
  }

  /** Several values of one component; other alternatives are not followed. */
  private static @Nullable Map<String, Domain> either(
      @Nullable Map<String, Domain> left, @Nullable Map<String, Domain> right) {
    if (left == null
        || right == null
        || left.size() != 1
        || !left.keySet().equals(right.keySet())) {
      return null;
    }
    var component = left.keySet().iterator().next();
    var one = left.getOrDefault(component, Domain.ANY).only();
    var other = right.getOrDefault(component, Domain.ANY).only();
    if (one == null || other == null) {
      return null;
    }
    var values = new HashSet<>(one);
    values.addAll(other);
    return Map.of(component, Domain.only(values));
  }

  private static @Nullable Map<String, Domain> compared(BinaryExpr binary) {
    var right = value(binary.getRight());
    if (right != null && isComponent(binary.getLeft())) {
      return compared(binary.getLeft(), binary.getOperator(), right);
    }
    var left = value(binary.getLeft());
    return left != null && isComponent(binary.getRight())
        ? compared(
            binary.getRight(),
            TURNED.getOrDefault(binary.getOperator(), binary.getOperator()),
            left)
        : null;
  }

  private static @Nullable Map<String, Domain> compared(
      Expression component, Operator operator, Object value) {
    Domain domain =
        switch (operator) {
          case EQUALS -> Domain.only(Set.of(value));
          case NOT_EQUALS -> Domain.without(Set.of(value));
          case LESS -> value instanceof BigDecimal number ? Domain.to(number, true) : null;
          case LESS_EQUALS -> value instanceof BigDecimal number ? Domain.to(number, false) : null;
          case GREATER -> value instanceof BigDecimal number ? Domain.from(number, true) : null;
          case GREATER_EQUALS ->
              value instanceof BigDecimal number ? Domain.from(number, false) : null;
          default -> null;
        };
    return domain == null ? null : Map.of(PrintUtil.printNode(component), domain);
  }

  private static @Nullable Map<String, Domain> word(PointFreeExpr words) {
    if (!words.getOperator().getIdentifier().equals("in") || !isComponent(words.getLeft())) {
      return null;
    }
    var values = new HashSet<Object>();
    for (var expression : words.getRight()) {
      var value = value(expression);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return Map.of(
        PrintUtil.printNode(words.getLeft()),
        words.isNegated() ? Domain.without(values) : Domain.only(values));
  }

  /** A plain value: a number, a text, true or false, or the name of a constant; null for others. */
  private static @Nullable Object value(Expression expression) {
    return switch (expression) {
      case EnclosedExpr inner -> value(inner.getInner());
      case BooleanLiteralExpr flag -> flag.getValue();
      case LiteralExpr literal when literal.isStringLiteralExpr() ->
          literal.asStringLiteralExpr().getValue();
      case LiteralExpr literal -> number(PrintUtil.printNode(literal));
      case UnaryExpr unary
          when unary.getOperator() == UnaryExpr.Operator.MINUS
              && value(unary.getExpression()) instanceof BigDecimal number ->
          Domain.key(number.negate());
      case FieldAccessExpr access -> Constant.of(access);
      default -> null;
    };
  }

  private static @Nullable Object number(String text) {
    try {
      return Domain.key(
          new BigDecimal(text.endsWith("B") ? text.substring(0, text.length() - 1) : text));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** A constant of an enumeration, which is no text. */
  record Constant(String name) {
    static @Nullable Constant of(FieldAccessExpr access) {
      return access.getScope() instanceof NameExpr type
              && Character.isUpperCase(type.getNameAsString().charAt(0))
          ? new Constant(access.getNameAsString())
          : null;
    }
  }
}
