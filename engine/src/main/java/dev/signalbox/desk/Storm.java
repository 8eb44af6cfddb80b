package dev.signalbox.desk;

import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.work.HeldReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The storm guard in one round: which new reports it lets through, and which it holds back. That a
 * source exceeds its cap shows only in the commit, under a lock; then the round is repeated with
 * the excess known. Which reports of a batch are the ones too many does not matter.
 */
final class Storm {
  private final StormGuard guard;
  private final Map<StormTallyTable.Source, Integer> excess;
  private final TreeMap<StormTallyTable.Source, Integer> opened = new TreeMap<>();
  private final List<HeldReport> heldBack = new ArrayList<>();

  /**
   * A round under the guard.
   *
   * @param excess how many new reports of a source are too many, as earlier rounds found
   */
  Storm(StormGuard guard, Map<StormTallyTable.Source, Integer> excess) {
    this.guard = guard;
    this.excess = new HashMap<>(excess);
  }

  /** What the round opens, where it is guarded. */
  Map<StormTallyTable.Source, Integer> opened() {
    return opened;
  }

  List<HeldReport> heldBack() {
    return heldBack;
  }

  /** Whether the report of a new item may open an exception. */
  boolean lets(Ask.Report ask) {
    var source = StormTallyTable.Source.of(ask.report());
    if (ask.released() || !guard.isGuarded(source.context())) {
      return true;
    }
    if (excess.merge(source, -1, Integer::sum) >= 0) {
      return false;
    }
    opened.merge(source, 1, Integer::sum);
    return true;
  }

  Receipt holdBack(Ask.Report ask) {
    var held = new HeldReport(idOf(ask.report()), ask.report());
    heldBack.add(held);
    return new Receipt.HeldBack(held.id());
  }

  /** Derived from what was sent, so that a repeat of it is the same dead letter. */
  private static UUID idOf(ExceptionReport report) {
    return UUID.nameUUIDFromBytes(report.contentHash().bytes());
  }
}
