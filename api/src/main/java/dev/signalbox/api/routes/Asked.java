package dev.signalbox.api.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.TargetName;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What several kinds of requests name alike. */
final class Asked {
  private Asked() {}

  /**
   * The outside system that a body names; the ledger takes no exceptions. Null when there is none,
   * and then that is answered.
   */
  static @Nullable TargetName target(Exchange exchange, Collaborators with, JsonNode body) {
    var name = body.path("targetSystem").asText().toLowerCase(Locale.ROOT);
    var known = new TreeSet<String>();
    with.breakers().get().keySet().forEach(target -> known.add(target.value()));
    known.remove(LedgerOrder.LEDGER.value());
    if (known.contains(name)) {
      return new TargetName(name);
    }
    exchange.problem(
        Problem.of(
            422,
            "NO_TARGET",
            "Not possible with what is configured.",
            "There is no target \"%s\"; configured are %s.".formatted(name, known)));
    return null;
  }
}
