package dev.signalbox.rules.check;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.drools.mvel.parser.ast.expr.DrlNameExpr;
import org.drools.mvel.parser.ast.expr.DrlxExpression;
import org.drools.mvel.parser.ast.expr.HalfBinaryExpr;
import org.drools.mvel.parser.ast.expr.HalfPointFreeExpr;
import org.drools.mvel.parser.ast.expr.PointFreeExpr;
import org.jspecify.annotations.Nullable;

/**
 * Says of what kind an expression is. What it does not know, it refuses; null then stands for a
 * kind, and the fault has been told.
 */
final class Terms {
  static final String FLAG = "flag";
  static final String WHOLE = "whole";
  static final String AMOUNT = "amount";
  static final String TEXT = "text";
  static final String TEXTS = "texts";

  private static final int TEXT_MAX = 200;

  private final Vocabulary words;
  private final Place place;
  private final Map<String, String> bindings;
  private final @Nullable String fact;

  /**
   * @param bindings names that are known with their kinds: {@code $x}, and the output
   * @param fact the kind whose components may be named alone; null in a consequence
   */
  Terms(Vocabulary words, Place place, Map<String, String> bindings, @Nullable String fact) {
    this.words = words;
    this.place = place;
    this.bindings = bindings;
    this.fact = fact;
  }

  @Nullable String kind(Expression expression) {
    return switch (expression) {
      case EnclosedExpr inner -> kind(inner.getInner());
      case LiteralExpr literal -> literal(literal);
      case NameExpr name -> name(name);
      case FieldAccessExpr access -> component(access);
      case MethodCallExpr call -> call(call);
      case UnaryExpr unary -> new Operators(this).unary(unary);
      case BinaryExpr binary -> new Operators(this).binary(binary);
      case PointFreeExpr words -> new Comparisons(this).pointFree(words);
      case DrlxExpression bound ->
          refuse(bound, "Bind $x at the beginning of a condition of its own.");
      case HalfBinaryExpr half ->
          refuse(half, "Name the component again: a > 1 && a < 2 instead of a > 1 && < 2.");
      case HalfPointFreeExpr half ->
          refuse(half, "Name the component again: a > 1 && a < 2 instead of a > 1 && < 2.");
      default ->
          refuse(
              expression,
              "%s is refused here; say it with comparisons and calls that the"
                      .formatted(Place.print(expression))
                  + " language of rules knows.");
    };
  }

  /** Tells a fault. */
  @Nullable String refuse(Node node, String what) {
    place.fault(node, what);
    return null;
  }

  private @Nullable String literal(LiteralExpr literal) {
    if (literal instanceof BooleanLiteralExpr) {
      return FLAG;
    }
    if (literal.isStringLiteralExpr()) {
      return literal.asStringLiteralExpr().getValue().length() <= TEXT_MAX
          ? TEXT
          : refuse(literal, "The text is longer than %d characters.".formatted(TEXT_MAX));
    }
    if (literal.isNullLiteralExpr()) {
      return refuse(literal, "Nothing in a fact is ever null; compare with \"\", 0B or UNKNOWN.");
    }
    var number = new Numeral(Place.print(literal));
    var fault = number.fault();
    return fault == null ? number.kind() : refuse(literal, fault);
  }

  private @Nullable String name(NameExpr expression) {
    var name = expression.getNameAsString();
    var bound = bindings.get(name);
    if (bound != null) {
      return bound;
    }
    if (expression instanceof DrlNameExpr drl && drl.getBackReferencesCount() > 0) {
      return refuse(expression, "\"../\" is refused; bind what you need: $x : amount.");
    }
    if (fact == null || name.startsWith("$")) {
      return refuse(
          expression,
          "Nothing is called \"%s\" here; bind it in a condition: Item( $x : … ).".formatted(name));
    }
    var member = words.component(fact, name);
    return member == null ? unknown(expression, fact, name) : member.kind();
  }

  private @Nullable String component(FieldAccessExpr access) {
    var name = access.getNameAsString();
    if (access.getScope() instanceof NameExpr type
        && !bindings.containsKey(type.getNameAsString())) {
      var constants = words.constants(type.getNameAsString());
      if (constants != null) {
        return constants.contains(name)
            ? type.getNameAsString()
            : refuse(
                access,
                "%s has no \"%s\"; it has %s."
                    .formatted(
                        type.getNameAsString(),
                        name,
                        String.join(", ", constants.stream().sorted().toList())));
      }
    }
    var kind = kind(access.getScope());
    if (kind == null) {
      return null;
    }
    var member = words.component(kind, name);
    if (member == null) {
      return unknown(access.getName(), kind, name);
    }
    return fact != null
        ? member.kind()
        : refuse(
            access.getName(), "After \"then\" a component is a call: write %s().".formatted(name));
  }

  private @Nullable String call(MethodCallExpr call) {
    var name = call.getNameAsString();
    var scope = call.getScope().orElse(null);
    if (scope == null) {
      return refuse(
          call,
          "The call of \"%s\" is refused; calls are made on what a fact has.".formatted(name));
    }
    if (call.getTypeArguments().isPresent()) {
      return refuse(call, "Type arguments are refused; leave them out.");
    }
    var kind = kind(scope);
    if (kind == null) {
      return null;
    }
    var arguments = call.getArguments();
    var member = words.call(kind, name, arguments.size());
    if (member == null && arguments.isEmpty()) {
      member = words.component(kind, name);
    }
    if (member == null) {
      return unknown(call.getName(), kind, name);
    }
    if (kind.equals("Parameters") && !arguments.isEmpty() && !isText(arguments.get(0))) {
      return refuse(
          call, "Name the parameter in double quotes, so that it can be looked up before.");
    }
    var only = words.only(kind, name);
    if (only != null && !arguments.isEmpty() && !isOneOf(arguments.get(0), only)) {
      return refuse(
          arguments.get(0),
          "%s does not take %s; it takes %s."
              .formatted(
                  name,
                  arguments.get(0),
                  only.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "))));
    }
    return fit(member, arguments) ? member.kind() : null;
  }

  private static boolean isOneOf(Expression expression, List<String> texts) {
    return expression.isStringLiteralExpr()
        && texts.contains(expression.asStringLiteralExpr().getValue());
  }

  private static boolean isText(Expression expression) {
    return expression.isStringLiteralExpr();
  }

  private boolean fit(Vocabulary.Member member, List<Expression> arguments) {
    boolean fit = true;
    for (int i = 0; i < arguments.size(); i++) {
      var wanted = member.parameters() == null ? "" : member.parameters().get(i);
      var given = kind(arguments.get(i));
      if (given == null) {
        fit = false;
      } else if (!given.equals(wanted)) {
        refuse(
            arguments.get(i),
            "%s is %s; %s takes %s."
                .formatted(arguments.get(i), named(given), member.shown(), named(wanted)));
        fit = false;
      }
    }
    return fit;
  }

  private @Nullable String unknown(Node node, String kind, String name) {
    var members = words.shown(kind);
    return refuse(
        node,
        "%s has no \"%s\" for rules; it has %s."
            .formatted(
                capital(named(kind)),
                name,
                members.isEmpty() ? "nothing but comparisons" : members));
  }

  /** Whether it is the kind whose components may be named alone. */
  boolean isFact(String kind) {
    return kind.equals(fact);
  }

  static boolean isNumber(String kind) {
    return kind.equals(AMOUNT) || kind.equals(WHOLE);
  }

  /** A kind as a person calls it. */
  static String named(String kind) {
    return switch (kind) {
      case AMOUNT -> "an amount";
      case WHOLE -> "a whole number";
      case TEXT -> "a text";
      case TEXTS -> "a list of texts";
      case FLAG -> "true or false";
      default -> kind;
    };
  }

  static String capital(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
