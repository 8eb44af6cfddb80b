package dev.signalbox.ops.author;

import dev.signalbox.ops.findings.Colours;
import dev.signalbox.ops.findings.Told;
import dev.signalbox.rules.Finding;
import dev.signalbox.rules.explain.Components;
import dev.signalbox.rules.explain.Explanation;
import dev.signalbox.rules.explain.Explanation.Point;
import dev.signalbox.rules.explain.Explanation.Silent;
import dev.signalbox.rules.facts.Attributes;
import dev.signalbox.rules.facts.Item;
import dev.signalbox.rules.facts.Parameters;
import dev.signalbox.rules.facts.Party;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** An explanation for people. */
public final class ExplanationLines {
  private final PrintWriter out;
  private final Colours colours;
  private final String folder;

  /**
   * @param folder of the ruleset, as the caller named it
   */
  public ExplanationLines(PrintWriter out, Colours colours, String folder) {
    this.out = out;
    this.colours = colours;
    this.folder = folder;
  }

  /** Writes it: the facts, and then each decision with the rules that fired, and the others. */
  public void write(Explanation explanation) {
    out.println(colours.bold("facts"));
    var facts = new LinkedHashSet<Object>();
    explanation.points().forEach(point -> facts.addAll(point.facts()));
    facts.forEach(this::fact);
    explanation.points().forEach(this::point);
    out.flush();
  }

  private void fact(Object fact) {
    out.println("  " + fact.getClass().getSimpleName());
    Components.of(fact)
        .forEach((name, value) -> {
          if (!(value instanceof Parameters)) {
            out.println("    %-20s %s".formatted(name, shown(value)));
          }
        });
  }

  /** A value as a person reads it. */
  static String shown(Object value) {
    return switch (value) {
      case BigDecimal amount when amount.compareTo(Item.UNKNOWN_MAGNITUDE) == 0 -> "unknown";
      case BigDecimal amount -> amount.toPlainString();
      case String text -> "\"" + text + "\"";
      case List<?> list ->
          list.stream().map(ExplanationLines::shown).collect(Collectors.joining(", ", "[", "]"));
      case Attributes attributes -> attributes.tree().toString();
      case Party party ->
          Components.of(party).entrySet().stream()
              .map(e -> e.getKey() + " " + shown(e.getValue()))
              .collect(Collectors.joining(", "));
      default -> value.toString();
    };
  }

  private void point(Point point) {
    out.println();
    out.println(colours.bold(point.name()) + said(point));
    point.notes().forEach(note -> out.println("  " + colours.red(note)));
    for (var rule : point.fired()) {
      out.println(
          "  %s %s: %s"
              .formatted(colours.green("fired  "), rule.id(), rule.card().fired().because()));
    }
    point.silent().forEach(this::silent);
  }

  private static String said(Point point) {
    return point.said().isEmpty()
        ? "  nothing"
        : point.said().entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", ", "  ", ""));
  }

  private void silent(Silent silent) {
    var failed = silent.failed();
    if (failed == null) {
      out.println("  silent  %s: all its conditions seem to be met".formatted(silent.rule().id()));
      return;
    }
    out.println(
        "  silent  %s: %s".formatted(silent.rule().id(), colours.yellow(failed.condition())));
    out.println("          %s (%s)".formatted(failed.place().what(), place(failed.place())));
  }

  private String place(Finding at) {
    return Told.of(Told.Code.INVALID, folder, at).place();
  }
}
