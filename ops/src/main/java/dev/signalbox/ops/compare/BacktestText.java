package dev.signalbox.ops.compare;

import dev.signalbox.backtest.Backtest;
import dev.signalbox.backtest.Backtest.Cell;
import dev.signalbox.backtest.Backtest.RuleUse;
import dev.signalbox.backtest.Backtest.Status;
import dev.signalbox.backtest.Backtest.Table;
import dev.signalbox.exceptions.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A backtest for a terminal: what changes first, then what does not. */
public final class BacktestText {
  private static final int WAYS_MAX = 12;
  private static final int SHORT = 12;

  private final Backtest found;
  private final List<String> lines = new ArrayList<>();

  private BacktestText(Backtest found) {
    this.found = found;
  }

  /**
   * The lines.
   *
   * @param digest of the result
   */
  public static List<String> of(Backtest found, String input, Sha256 digest) {
    var text = new BacktestText(found);
    text.head(input);
    text.figures();
    found.tables().forEach(text::table);
    text.rules();
    text.lines.add("");
    text.lines.add("result " + digest);
    return List.copyOf(text.lines);
  }

  private void head(String input) {
    say("%s → %s on %s".formatted(named(found.baseline()), named(found.candidate()), input));
    say(
        "%,d exceptions, %,d decisions; %,d change (%s %%)"
            .formatted(
                found.exceptions(),
                found.decisions(),
                found.changed(),
                found.changedPercent().toPlainString()));
    if (found.erased() > 0) {
      say("%,d could not be compared, since what rules saw was erased".formatted(found.erased()));
    }
  }

  private static String named(Backtest.Side side) {
    return side.name() + "@" + side.digest().hex().substring(0, SHORT);
  }

  private void figures() {
    var money = found.money();
    say(
        "%s %s of %s %s change%s"
            .formatted(
                money.changed().toPlainString(),
                money.currency(),
                money.compared().toPlainString(),
                money.currency(),
                money.unknown() == 0
                    ? ""
                    : " (%,d exceptions without a known amount)".formatted(money.unknown())));
    say(
        "severity: %,d graver, %,d less grave"
            .formatted(found.severity().raised(), found.severity().lowered()));
    say(
        "SLA: %,d shorter, %,d longer, %,d → %,d minutes in all"
            .formatted(
                found.sla().shorter(),
                found.sla().longer(),
                found.sla().before(),
                found.sla().after()));
    both("unrouted", found.unrouted());
    both("rules that disagree", found.conflicts());
    both("failed closed", found.failed());
  }

  private void both(String what, Backtest.Both both) {
    if (both.before() > 0 || both.after() > 0) {
      say("%s: %,d → %,d".formatted(what, both.before(), both.after()));
    }
  }

  private void table(Table table) {
    var changes =
        table.cells().stream()
            .filter(Cell::isChange)
            .sorted(Comparator.comparingLong(Cell::count).reversed())
            .toList();
    if (changes.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(table.dimension().title());
    for (var cell : changes.subList(0, Math.min(WAYS_MAX, changes.size()))) {
      say(
          "  %-40s %,10d  %s %s  e.g. %s"
              .formatted(
                  cell.from() + " → " + cell.to(),
                  cell.count(),
                  cell.amount().stripTrailingZeros().toPlainString(),
                  found.money().currency(),
                  cell.examples().getFirst()));
    }
    if (changes.size() > WAYS_MAX) {
      say("  … and %d more".formatted(changes.size() - WAYS_MAX));
    }
  }

  private void rules() {
    for (var status : Status.values()) {
      var rules = found.rules().stream().filter(rule -> rule.status() == status).toList();
      if (status != Status.FIRES && !rules.isEmpty()) {
        lines.add("");
        lines.add(title(status));
        rules.forEach(rule -> say("  %s".formatted(use(rule))));
      }
    }
  }

  private static String title(Status status) {
    return "Rules: " + status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String use(RuleUse rule) {
    var examples =
        rule.examples().stream().limit(1).map(id -> "  e.g. " + id).collect(Collectors.joining());
    return "%-40s %,d → %,d%s".formatted(rule.id(), rule.before(), rule.after(), examples);
  }

  private void say(String line) {
    lines.add(line);
  }
}
