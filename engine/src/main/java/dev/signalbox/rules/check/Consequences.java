package dev.signalbox.rules.check;

import com.github.javaparser.ParseProblemException;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.Statement;
import java.util.HashMap;
import java.util.Map;
import org.drools.model.codegen.execmodel.generator.DrlxParseUtil;
import org.jspecify.annotations.Nullable;

/** What a rule says: calls of its output, one after the other, and nothing else. */
final class Consequences {
  private static final int STATEMENTS_MAX = 20;
  private static final int LENGTH_MAX = 2_000;

  private final String output;
  private final Terms terms;
  private final Place place;

  /**
   * @param output the name of the output, as the decision point is called
   * @param bindings what the conditions bind, with the kinds
   */
  Consequences(
      Vocabulary words,
      String output,
      String outputKind,
      Map<String, String> bindings,
      Place place) {
    this.output = output;
    this.place = place;
    var names = new HashMap<>(bindings);
    names.put(output, outputKind);
    terms = new Terms(words, place, names, null);
  }

  void check(String text) {
    if (text.length() > LENGTH_MAX) {
      place.fault("What the rule says is longer than %d characters.".formatted(LENGTH_MAX));
      return;
    }
    BlockStmt block;
    try {
      block = DrlxParseUtil.parseBlock(text);
    } catch (ParseProblemException e) {
      place.fault("After \"then\" only calls such as %s.…(…); are understood.".formatted(output));
      return;
    }
    if (!Place.squeezed(Place.print(block)).equals("{" + Place.squeezed(text) + "}")) {
      place.fault(
          "Only a part of it is understood; write calls such as %s.…(…);".formatted(output));
    } else if (block.getStatements().isEmpty()) {
      place.fault("The rule says nothing; call %s after \"then\".".formatted(output));
    } else if (block.getStatements().size() > STATEMENTS_MAX) {
      place.fault("The rule makes more than %d calls.".formatted(STATEMENTS_MAX));
    } else {
      block.getStatements().forEach(this::statement);
    }
  }

  private void statement(Statement statement) {
    if (statement instanceof ExpressionStmt said
        && said.getExpression() instanceof MethodCallExpr call
        && root(call) instanceof NameExpr name
        && name.getNameAsString().equals(output)) {
      terms.kind(call);
    } else {
      place.fault(
          statement,
          "A rule only calls its output: %s.…(…); nothing else may stand after \"then\"."
              .formatted(output));
    }
  }

  private static @Nullable Expression root(MethodCallExpr call) {
    var scope = call.getScope().orElse(null);
    return scope instanceof MethodCallExpr inner ? root(inner) : scope;
  }
}
