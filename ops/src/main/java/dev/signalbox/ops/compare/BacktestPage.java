package dev.signalbox.ops.compare;

import dev.signalbox.backtest.Backtest;
import dev.signalbox.backtest.Backtest.Cell;
import dev.signalbox.backtest.Backtest.RuleUse;
import dev.signalbox.backtest.Backtest.Status;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Sha256;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A backtest as one HTML page that needs nothing else: no script, no network, light and dark. Every
 * text in it is escaped by the template's language, and its policy lets nothing run even so.
 */
public final class BacktestPage {
  private static final Configuration TEMPLATES = new Configuration(Configuration.VERSION_2_3_34);
  private static final int PERCENT = 100;

  static {
    TEMPLATES.setClassForTemplateLoading(BacktestPage.class, "");
    TEMPLATES.setDefaultEncoding(StandardCharsets.UTF_8.name());
    TEMPLATES.setLocale(Locale.ENGLISH);
    TEMPLATES.setOutputFormat(HTMLOutputFormat.INSTANCE);
    TEMPLATES.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    TEMPLATES.setLogTemplateExceptions(false);
  }

  private BacktestPage() {}

  /**
   * What the page shows of a table.
   *
   * @param percent of the exceptions that change in it
   */
  public record Grid(
      String title, double percent, List<String> columns, List<Line> lines, List<Change> changes) {}

  /** The answers of one kind, and what becomes of them. */
  public record Line(String from, List<Field> fields) {}

  /**
   * A field of a grid.
   *
   * @param kind same, change, or none where there is nothing
   * @param heat 0 to 100
   */
  public record Field(long count, String kind, long heat) {}

  /** One way that exceptions go. */
  public record Change(
      String from, String to, long count, BigDecimal amount, List<CaseId> examples) {}

  /** A rule; the bars are percent of the rule that takes part most. */
  public record Bar(
      String id,
      String because,
      String status,
      long before,
      long after,
      double beforeBar,
      double afterBar,
      List<CaseId> examples) {}

  /**
   * Writes the page.
   *
   * @param input where the facts came from
   * @param digest of the result
   * @param broken limits that are not kept, a sentence each
   */
  public static void write(
      Writer out, Backtest found, String input, Sha256 digest, List<String> broken)
      throws IOException {
    var model =
        Map.of(
            "found",
            found,
            "input",
            input,
            "digest",
            digest.hex(),
            "broken",
            broken,
            "grids",
            found.tables().stream().map(table -> grid(found, table)).toList(),
            "rules",
            bars(found.rules()));
    try {
      TEMPLATES.getTemplate("backtest.ftlh").process(model, out);
    } catch (TemplateException e) {
      throw new IllegalStateException("The template of the page is broken.", e);
    }
  }

  private static Grid grid(Backtest found, Backtest.Table table) {
    var rows = new TreeSet<String>();
    var columns = new TreeSet<String>();
    table
        .cells()
        .forEach(cell -> {
          rows.add(cell.from());
          columns.add(cell.to());
        });
    long compared = Math.max(1, found.exceptions() - found.erased());
    long moved = table.cells().stream().filter(Cell::isChange).mapToLong(Cell::count).sum();
    return new Grid(
        table.dimension().title(),
        (double) PERCENT * moved / compared,
        List.copyOf(columns),
        rows.stream().map(row -> line(table, row, columns)).toList(),
        table.cells().stream()
            .filter(Cell::isChange)
            .sorted(Comparator.comparingLong(Cell::count).reversed())
            .map(cell ->
                new Change(cell.from(), cell.to(), cell.count(), cell.amount(), cell.examples()))
            .toList());
  }

  private static Line line(Backtest.Table table, String from, Set<String> columns) {
    long all =
        table.cells().stream()
            .filter(cell -> cell.from().equals(from))
            .mapToLong(Cell::count)
            .sum();
    var fields = new ArrayList<Field>();
    for (var to : columns) {
      long count =
          table.cells().stream()
              .filter(cell -> cell.from().equals(from) && cell.to().equals(to))
              .mapToLong(Cell::count)
              .sum();
      var kind = count == 0 ? "none" : from.equals(to) ? "same" : "change";
      fields.add(new Field(count, kind, count == 0 ? 0 : Math.max(8, PERCENT * count / all)));
    }
    return new Line(from, fields);
  }

  private static List<Bar> bars(List<RuleUse> rules) {
    long most =
        rules.stream().mapToLong(rule -> Math.max(rule.before(), rule.after())).max().orElse(1);
    return rules.stream()
        .sorted(
            Comparator.comparing((RuleUse rule) -> rule.status() == Status.FIRES)
                .thenComparing(RuleUse::status)
                .thenComparing(RuleUse::id))
        .map(rule ->
            new Bar(
                rule.id(),
                rule.because(),
                rule.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                rule.before(),
                rule.after(),
                (double) PERCENT * rule.before() / Math.max(1, most),
                (double) PERCENT * rule.after() / Math.max(1, most),
                rule.examples()))
        .toList();
  }
}
