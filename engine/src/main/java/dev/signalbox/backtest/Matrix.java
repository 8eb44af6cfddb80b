package dev.signalbox.backtest;

import dev.signalbox.exceptions.CaseId;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** How many exceptions go from one answer to another. */
final class Matrix {
  /** Rules may compute names of queues; a table of thousands says nothing and has no bound. */
  private static final int CELLS_MAX = 2_000;

  private final Dimension dimension;
  private final TreeMap<Way, Tally> tallies =
      new TreeMap<>(Comparator.comparing(Way::from).thenComparing(Way::to));

  private record Way(String from, String to) {}

  Matrix(Dimension dimension) {
    this.dimension = dimension;
  }

  private static final class Tally {
    private long count;
    private BigDecimal amount = BigDecimal.ZERO;
    private final Examples examples = new Examples();
  }

  void add(Said was, Said is, CaseId exception, BigDecimal amount) {
    var way = new Way(dimension.of(was), dimension.of(is));
    var tally = at(way);
    tally.count++;
    tally.amount = tally.amount.add(amount);
    if (!way.from.equals(way.to)) {
      tally.examples.add(exception);
    }
  }

  private Tally at(Way way) {
    var tally = tallies.computeIfAbsent(way, absent -> new Tally());
    if (tallies.size() > CELLS_MAX) {
      throw new IllegalStateException(
          "The rulesets name more than %d pairs of values for %s. Maybe a rule computes names."
              .formatted(CELLS_MAX, dimension));
    }
    return tally;
  }

  void join(Matrix other) {
    other.tallies.forEach((way, more) -> {
      var tally = at(way);
      tally.count += more.count;
      tally.amount = tally.amount.add(more.amount);
      tally.examples.join(more.examples);
    });
  }

  Backtest.Table table() {
    return new Backtest.Table(
        dimension,
        tallies.entrySet().stream()
            .map(e ->
                new Backtest.Cell(
                    e.getKey().from,
                    e.getKey().to,
                    e.getValue().count,
                    e.getValue().amount,
                    ids(e.getValue())))
            .toList());
  }

  private static List<CaseId> ids(Tally tally) {
    return tally.examples.list();
  }
}
