package dev.signalbox.ops.generate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** The counterparties of the generated reports: a few of them in most items. */
final class Parties {
  private static final int COUNT = 400;
  private static final List<String> FIRST =
      List.of("Alder", "Birch", "Cedar", "Dorn", "Elm", "Fir", "Hazel", "Linden", "Maple", "Rowan");
  private static final List<String> LAST =
      List.of("Trading", "Logistics", "Foods", "Steel", "Textiles", "Energy", "Pharma", "Media");

  private final Random random;

  Parties(Random random) {
    this.random = random;
  }

  /** A counterparty; its traits follow from its number, so it is always the same. */
  ObjectNode pick() {
    int number = (int) (COUNT * Math.pow(random.nextDouble(), 2.5));
    var traits = new Random(number * 7_919L);
    double risk = traits.nextDouble();
    var tier = risk < 0.7 ? "LOW" : risk < 0.92 ? "MEDIUM" : risk < 0.985 ? "HIGH" : "CRITICAL";
    boolean restricted = traits.nextDouble() < 0.01;
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", "CP-%04d".formatted(number))
        .put(
            "name",
            "%s %s %d"
                .formatted(
                    FIRST.get(traits.nextInt(FIRST.size())),
                    LAST.get(traits.nextInt(LAST.size())),
                    number))
        .put("riskTier", tier)
        .put("restricted", restricted)
        .put("trusted", !restricted && tier.equals("LOW") && traits.nextDouble() < 0.7);
  }
}
