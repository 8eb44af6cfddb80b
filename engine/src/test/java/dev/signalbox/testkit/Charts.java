package dev.signalbox.testkit;

import dev.signalbox.exceptions.Chart;
import dev.signalbox.exceptions.Chart.Accounts;
import dev.signalbox.exceptions.Resolution.AdjustmentType;
import java.util.EnumMap;
import java.util.Map;

/** Accounts for tests. */
public final class Charts {
  private Charts() {}

  /** One for everything: 1999 for items, 6900 for what is given up, 6800 for adjustments. */
  public static Chart full() {
    var adjustments = new EnumMap<AdjustmentType, String>(AdjustmentType.class);
    for (var type : AdjustmentType.values()) {
      adjustments.put(type, "6800");
    }
    return new Chart(new Accounts("1999", "6900", adjustments), Map.of());
  }
}
