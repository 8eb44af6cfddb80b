package dev.signalbox.audit;

import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rules.BadRuleset;
import dev.signalbox.rules.RulesetTable;
import dev.signalbox.rulesets.RulesetEvent;
import dev.signalbox.rulesets.RulesetEvent.Kind;
import dev.signalbox.rulesets.RulesetEventTable;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The chain of what happened to the rules, recomputed, and the rulesets it names. */
final class RulesetCheck {
  private static final int PAGE = 50;

  private final Set<Sha256> whole = new HashSet<>();
  private final Map<Long, Sha256> admitted = new HashMap<>();

  private RulesetCheck() {}

  /** Looks at all events, up to the first that does not fit. */
  static Finding run(Database database) {
    var check = new RulesetCheck();
    var chain = new EventChain<>(RulesetEventTable::after, RulesetCheck::link, PAGE);
    var fault = chain.walk(database, check::look);
    return new Finding(
        0,
        0,
        0,
        chain.events(),
        0,
        0,
        fault == null ? 0 : 1,
        fault == null ? null : Misfit.ofRulesets(fault.number(), fault.what()));
  }

  private static EventChain.Link link(RulesetEvent event) {
    return new EventChain.Link(
        event.number(), event.previous(), event.hash(), event.expectedHash());
  }

  private @Nullable String look(Tx tx, RulesetEvent event) {
    var digest = event.digest();
    if (digest == null) {
      return null;
    }
    if (event.kind() == Kind.ADMITTED) {
      admitted.put(event.number(), digest);
    } else if (event.kind() != Kind.REFUSED && !digest.equals(admitted.get(event.admission()))) {
      return "The row's event cannot have happened then: nothing had admitted the ruleset.";
    }
    return whole.contains(digest) ? null : broken(tx, digest);
  }

  private @Nullable String broken(Tx tx, Sha256 digest) {
    try {
      if (RulesetTable.find(tx, digest) == null) {
        return "The ruleset %s is not archived.".formatted(digest);
      }
    } catch (IllegalStateException | BadRuleset | UncheckedIOException e) {
      return "The archive of the ruleset %s is not what its digest says.".formatted(digest);
    }
    whole.add(digest);
    return null;
  }
}
