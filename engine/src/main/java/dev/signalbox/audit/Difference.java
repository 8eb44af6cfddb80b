package dev.signalbox.audit;

import dev.signalbox.exceptions.CaseId;
import java.util.Comparator;

/**
 * A recorded decision that comes out otherwise when it is made again.
 *
 * @param seq the row of the journal where its occasion stands
 * @param was what is recorded, in words
 * @param is what comes out now
 */
public record Difference(CaseId exception, long seq, Point point, String was, String is) {
  static final Comparator<Difference> ORDER =
      Comparator.comparing(Difference::exception)
          .thenComparingLong(Difference::seq)
          .thenComparing(Difference::point);
}
