package dev.signalbox.ops.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.adapters.http.HttpCaller;
import dev.signalbox.adapters.ledger.LedgerOutlet;
import dev.signalbox.adapters.settings.SecretReferences;
import dev.signalbox.db.Database;
import dev.signalbox.dispatch.DispatchRunner;
import dev.signalbox.dispatch.TargetPolicy;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.ledger.BookOutlet;
import dev.signalbox.ops.settings.BadSettings;
import dev.signalbox.ops.settings.LedgerSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/** The ledger as configured, among the outside systems. */
final class Ledger {
  /** A transaction takes no longer; the work of a node that died is due again the sooner. */
  private static final Duration BOOK_ANSWERS_WITHIN = Duration.ofSeconds(3);

  private Ledger() {}

  /**
   * The outside systems with the ledger among them.
   *
   * @throws BadSettings when the ledger cannot be used
   */
  static Map<TargetName, DispatchRunner.Target> among(
      Map<TargetName, DispatchRunner.Target> others,
      LedgerSettings settings,
      Database database,
      HttpCaller http,
      InstantSource clock) {
    var all = new HashMap<>(others);
    // Where nothing is posted, the book still takes the holds.
    all.put(
        LedgerOrder.LEDGER,
        settings.outside() != null
            ? outside(settings.outside(), http, clock)
            : new DispatchRunner.Target(
                new BookOutlet(database),
                TargetPolicy.STANDARD.callingWithin(BOOK_ANSWERS_WITHIN)));
    return all;
  }

  private static DispatchRunner.Target outside(
      JsonNode configured, HttpCaller http, InstantSource clock) {
    var problems = new ArrayList<String>();
    var policy = Policies.at("ledger.dispatch", configured.path("dispatch"), problems::add);
    if (configured instanceof ObjectNode object) {
      object.remove("dispatch");
    }
    try {
      var settings =
          dev.signalbox.adapters.ledger.LedgerSettings.from(
              configured, SecretReferences.in(System.getenv()));
      if (problems.isEmpty()) {
        return new DispatchRunner.Target(
            new LedgerOutlet(settings, http, clock), policy.callingWithin(settings.timeout()));
      }
    } catch (dev.signalbox.adapters.settings.BadSettings e) {
      problems.addAll(e.problems());
    }
    throw new BadSettings(problems);
  }
}
