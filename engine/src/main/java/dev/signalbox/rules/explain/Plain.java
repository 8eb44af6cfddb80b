package dev.signalbox.rules.explain;

import com.github.javaparser.ast.expr.BinaryExpr.Operator;
import dev.signalbox.rules.explain.Components.Unknown;
import java.math.BigDecimal;
import java.util.List;

/** Calculating with plain values as compiled rules do: amounts, whole numbers, texts and lists. */
final class Plain {

  private Plain() {}

  static Object called(Object on, String name, Object[] with) {
    return switch (on) {
      case String text -> text(text, name, with);
      case BigDecimal amount ->
          switch (name) {
            case "abs" -> amount.abs();
            case "negate" -> amount.negate();
            case "signum" -> amount.signum();
            default -> throw new Unknown(name);
          };
      case List<?> list ->
          switch (name) {
            case "isEmpty" -> list.isEmpty();
            case "size" -> list.size();
            case "contains" -> list.contains(with[0]);
            default -> throw new Unknown(name);
          };
      default -> throw new Unknown(name);
    };
  }

  private static Object text(String text, String name, Object[] with) {
    return switch (name) {
      case "isEmpty" -> text.isEmpty();
      case "length" -> text.length();
      case "startsWith" -> text.startsWith((String) with[0]);
      case "endsWith" -> text.endsWith((String) with[0]);
      case "contains" -> text.contains((String) with[0]);
      case "equalsIgnoreCase" -> text.equalsIgnoreCase((String) with[0]);
      default -> throw new Unknown(name);
    };
  }

  static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }

  /** Whether two values are the same; of numbers, 1 and 1.00 are. */
  static boolean same(Object left, Object right) {
    boolean numbers = left instanceof Number && right instanceof Number;
    return numbers ? decimal(left).compareTo(decimal(right)) == 0 : left.equals(right);
  }

  static int compared(Object left, Object right) {
    return decimal(left).compareTo(decimal(right));
  }

  /** Whole numbers overflow as those of the platform do, and amounts never. */
  static Object calculated(Operator operator, Object left, Object right) {
    if (left instanceof BigDecimal || right instanceof BigDecimal) {
      return switch (operator) {
        case PLUS -> decimal(left).add(decimal(right));
        case MINUS -> decimal(left).subtract(decimal(right));
        case MULTIPLY -> decimal(left).multiply(decimal(right));
        default -> throw new Unknown(operator.asString());
      };
    }
    boolean wide = left instanceof Long || right instanceof Long;
    long a = ((Number) left).longValue();
    long b = ((Number) right).longValue();
    long result =
        switch (operator) {
          case PLUS -> a + b;
          case MINUS -> a - b;
          case MULTIPLY -> a * b;
          default -> throw new Unknown(operator.asString());
        };
    return wide ? (Object) result : (Object) (int) result;
  }

  static Object negated(Object number) {
    return switch (number) {
      case BigDecimal amount -> amount.negate();
      case Integer whole -> -whole;
      default -> -((Number) number).longValue();
    };
  }

  private static BigDecimal decimal(Object number) {
    return number instanceof BigDecimal amount
        ? amount
        : BigDecimal.valueOf(((Number) number).longValue());
  }
}
