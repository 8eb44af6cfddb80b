package dev.signalbox.rules.explain;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import dev.signalbox.exceptions.Lane;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.ResolutionKind;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.rules.explain.Components.Unknown;
import dev.signalbox.rules.facts.PartyRisk;
import dev.signalbox.rules.facts.Proposer;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.drools.mvel.parser.ast.expr.PointFreeExpr;
import org.drools.mvel.parser.printer.PrintUtil;
import org.jspecify.annotations.Nullable;

/** What the expressions of a condition come to for one fact, as compiled rules have it. */
final class Values {
  private static final Map<String, Enum<?>> CONSTANTS = new HashMap<>();

  static {
    constants(Severity.values());
    constants(ReasonCode.values());
    constants(PartyRisk.values());
    constants(ResolutionKind.values());
    constants(Proposer.values());
    constants(Lane.values());
  }

  private final Map<String, Object> names;

  /**
   * @param fact whose components are named alone
   * @param bindings what {@code $…} stand for
   */
  Values(Object fact, Map<String, Object> bindings) {
    names = new HashMap<>(Components.of(fact));
    names.putAll(bindings);
  }

  private static void constants(Enum<?>... values) {
    for (var value : values) {
      CONSTANTS.put(value.getDeclaringClass().getSimpleName() + "." + value.name(), value);
    }
  }

  /** The constant of an enumeration; null where it is another expression. */
  static @Nullable Enum<?> constant(Expression expression) {
    return expression instanceof FieldAccessExpr access
            && access.getScope() instanceof NameExpr type
        ? CONSTANTS.get(type.getNameAsString() + "." + access.getNameAsString())
        : null;
  }

  boolean holds(Expression expression) {
    return (Boolean) of(expression);
  }

  Object of(Expression expression) {
    return switch (expression) {
      case EnclosedExpr inner -> of(inner.getInner());
      case LiteralExpr literal -> literal(literal);
      case NameExpr name -> present(names.get(name.getNameAsString()), name);
      case FieldAccessExpr access -> component(access);
      case MethodCallExpr call -> call(call);
      case UnaryExpr unary ->
          unary.getOperator() == UnaryExpr.Operator.LOGICAL_COMPLEMENT
              ? !holds(unary.getExpression())
              : Plain.negated(of(unary.getExpression()));
      case BinaryExpr binary -> binary(binary);
      case PointFreeExpr words -> words.isNegated() != word(words);
      default -> throw new Unknown(PrintUtil.printNode(expression));
    };
  }

  private static Object present(@Nullable Object value, Expression expression) {
    if (value == null) {
      throw new Unknown(PrintUtil.printNode(expression));
    }
    return value;
  }

  private static Object literal(LiteralExpr literal) {
    if (literal instanceof BooleanLiteralExpr flag) {
      return flag.getValue();
    }
    if (literal.isStringLiteralExpr()) {
      return literal.asStringLiteralExpr().getValue();
    }
    var text = PrintUtil.printNode(literal);
    return text.endsWith("B")
        ? new BigDecimal(text.substring(0, text.length() - 1))
        : (Object) Integer.valueOf(text);
  }

  private Object component(FieldAccessExpr access) {
    var constant = constant(access);
    return constant != null
        ? constant
        : present(Components.of(of(access.getScope())).get(access.getNameAsString()), access);
  }

  private Object call(MethodCallExpr call) {
    var on = of(call.getScope().orElseThrow());
    return Components.called(
        on, call.getNameAsString(), call.getArguments().stream().map(this::of).toArray());
  }

  private Object binary(BinaryExpr binary) {
    var left = binary.getLeft();
    var right = binary.getRight();
    return switch (binary.getOperator()) {
      case AND -> holds(left) && holds(right);
      case OR -> holds(left) || holds(right);
      case EQUALS -> Plain.same(of(left), of(right));
      case NOT_EQUALS -> !Plain.same(of(left), of(right));
      case LESS -> Plain.compared(of(left), of(right)) < 0;
      case LESS_EQUALS -> Plain.compared(of(left), of(right)) <= 0;
      case GREATER -> Plain.compared(of(left), of(right)) > 0;
      case GREATER_EQUALS -> Plain.compared(of(left), of(right)) >= 0;
      default -> Plain.calculated(binary.getOperator(), of(left), of(right));
    };
  }

  private boolean word(PointFreeExpr words) {
    var left = of(words.getLeft());
    var right = words.getRight().stream().map(this::of).toList();
    return switch (words.getOperator().getIdentifier()) {
      case "in" -> right.stream().anyMatch(value -> Plain.same(left, value));
      case "memberOf" -> ((List<?>) right.getFirst()).contains(left);
      case "contains" ->
          left instanceof String text
              ? text.contains((String) right.getFirst())
              : ((List<?>) left).contains(right.getFirst());
      case "str[startsWith]" -> ((String) left).startsWith((String) right.getFirst());
      case "str[endsWith]" -> ((String) left).endsWith((String) right.getFirst());
      default -> throw new Unknown(PrintUtil.printNode(words));
    };
  }
}
