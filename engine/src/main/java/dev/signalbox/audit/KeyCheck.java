package dev.signalbox.audit;

import dev.signalbox.access.KeyEvent;
import dev.signalbox.access.KeyEventTable;
import dev.signalbox.access.KeyTable;
import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.EventHash;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The chain of what happened to keys, recomputed, and the keys that let somebody in. */
final class KeyCheck {
  private static final int PAGE = 500;

  private final Map<UUID, KeyEvent> last = new HashMap<>();
  private Sha256 head = EventHash.GENESIS;
  private long events;

  private KeyCheck() {}

  /** Looks at all events, up to the first that does not fit, and then at the keys. */
  static Finding run(Database database) {
    var check = new KeyCheck();
    @Nullable Misfit misfit = null;
    boolean isMore = true;
    while (isMore && misfit == null) {
      long before = check.events;
      misfit = database.<@Nullable Misfit>read(check::page);
      isMore = check.events - before == PAGE;
    }
    if (misfit == null) {
      misfit = database.<@Nullable Misfit>read(check::keys);
    }
    return new Finding(0, 0, 0, 0, check.events, 0, misfit == null ? 0 : 1, misfit);
  }

  private @Nullable Misfit page(Tx tx) {
    for (var event : KeyEventTable.after(tx, events, PAGE)) {
      var what = fault(event);
      if (what != null) {
        return Misfit.ofKeys(events + 1, what);
      }
      head = event.hash();
      events++;
      last.put(event.key(), event);
    }
    return null;
  }

  private @Nullable String fault(KeyEvent event) {
    if (event.number() != events + 1) {
      return "The row is missing.";
    }
    if (!event.previous().equals(head)) {
      return "The row does not follow the one before it.";
    }
    return event.hash().equals(event.expectedHash())
        ? null
        : "The row's hash is not that of its content.";
  }

  /** Nobody comes in by a key that nobody made, or that says something else than its events. */
  private @Nullable Misfit keys(Tx tx) {
    for (var key : KeyTable.all(tx)) {
      var event = last.get(key.id());
      if (event == null) {
        return Misfit.ofKeys(0, "Nothing says who made the key %s.".formatted(key.id()));
      }
      if (!event.says(key)) {
        return Misfit.ofKeys(
            event.number(), "The key %s is not as the row says.".formatted(key.id()));
      }
    }
    return null;
  }
}
