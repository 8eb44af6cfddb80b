package dev.signalbox.rules.explain;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import dev.signalbox.rules.explain.Failed.Seen;
import dev.signalbox.rules.facts.Item;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drools.mvel.parser.ast.expr.PointFreeExpr;
import org.drools.mvel.parser.printer.PrintUtil;

/** What a comparison looked at. */
final class Seeing {

  private Seeing() {}

  /** The values of all that is named in it, in the order of the words. */
  static List<Seen> of(Expression expression, Values values) {
    var seen = new LinkedHashMap<String, Object>();
    look(expression, values, seen);
    return seen.entrySet().stream().map(e -> new Seen(e.getKey(), e.getValue())).toList();
  }

  private static void look(Expression expression, Values values, Map<String, Object> seen) {
    switch (expression) {
      case EnclosedExpr inner -> look(inner.getInner(), values, seen);
      case UnaryExpr unary -> look(unary.getExpression(), values, seen);
      case BinaryExpr binary -> {
        look(binary.getLeft(), values, seen);
        look(binary.getRight(), values, seen);
      }
      case PointFreeExpr words -> {
        look(words.getLeft(), values, seen);
        words.getRight().forEach(right -> look(right, values, seen));
      }
      case MethodCallExpr call -> call(call, values, seen);
      case NameExpr name -> put(name, values, seen);
      case FieldAccessExpr access -> {
        if (Values.constant(access) == null) {
          put(access, values, seen);
        }
      }
      default -> {}
    }
  }

  /** What a question about a text or a list looks at; else the answer is what was seen. */
  private static void call(MethodCallExpr call, Values values, Map<String, Object> seen) {
    var scope = call.getScope().orElseThrow();
    if (values.of(call) instanceof Boolean && isShown(values.of(scope))) {
      look(scope, values, seen);
      call.getArguments().forEach(argument -> look(argument, values, seen));
    } else {
      put(call, values, seen);
    }
  }

  private static boolean isShown(Object value) {
    return value instanceof String || value instanceof List<?>;
  }

  private static void put(Expression expression, Values values, Map<String, Object> seen) {
    seen.putIfAbsent(PrintUtil.printNode(expression), values.of(expression));
  }

  /** As a person reads it. */
  static String shown(Object value) {
    return switch (value) {
      case BigDecimal amount ->
          amount.compareTo(Item.UNKNOWN_MAGNITUDE) == 0 ? "unknown" : amount.toPlainString();
      case String text -> "\"" + text + "\"";
      case List<?> list -> list.stream().map(Seeing::shown).toList().toString();
      default -> value.toString();
    };
  }
}
