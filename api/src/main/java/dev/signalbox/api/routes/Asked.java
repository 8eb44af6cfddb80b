package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.TargetName;
import java.util.Locale;
import java.util.TreeSet;

/** What several kinds of requests name alike. */
final class Asked {
  private Asked() {}

  /**
   * The outside system that a body names; the ledger takes no exceptions.
   *
   * @throws IllegalArgumentException when there is none
   */
  static TargetName target(Collaborators with, JsonNode body) {
    var name = body.path("targetSystem").asText().toLowerCase(Locale.ROOT);
    var known = new TreeSet<String>();
    with.breakers().get().keySet().forEach(target -> known.add(target.value()));
    known.remove(LedgerOrder.LEDGER.value());
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "There is no target \"%s\"; configured are %s.".formatted(name, known));
    }
    return new TargetName(name);
  }
}
