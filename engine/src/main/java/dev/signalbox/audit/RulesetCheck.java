package dev.signalbox.audit;

import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.EventHash;
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
  private Sha256 head = EventHash.GENESIS;
  private long events;

  private RulesetCheck() {}

  /** Looks at all events, up to the first that does not fit. */
  static Finding run(Database database) {
    var check = new RulesetCheck();
    @Nullable Misfit misfit = null;
    boolean isMore = true;
    while (isMore && misfit == null) {
      long last = check.events;
      misfit = database.<@Nullable Misfit>read(check::page);
      isMore = check.events - last == PAGE;
    }
    return new Finding(0, 0, 0, check.events, 0, 0, misfit == null ? 0 : 1, misfit);
  }

  private @Nullable Misfit page(Tx tx) {
    for (var event : RulesetEventTable.after(tx, events, PAGE)) {
      var what = fault(tx, event);
      if (what != null) {
        return Misfit.ofRulesets(events + 1, what);
      }
      head = event.hash();
      events++;
    }
    return null;
  }

  private @Nullable String fault(Tx tx, RulesetEvent event) {
    if (event.number() != events + 1) {
      return "The row is missing.";
    }
    if (!event.previous().equals(head)) {
      return "The row does not follow the one before it.";
    }
    if (!event.hash().equals(event.expectedHash())) {
      return "The row's hash is not that of its content.";
    }
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
