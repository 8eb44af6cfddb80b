package dev.signalbox.audit;

import dev.signalbox.access.KeyEvent;
import dev.signalbox.access.KeyEventTable;
import dev.signalbox.access.KeyTable;
import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The chain of what happened to keys, recomputed, and the keys that let somebody in. */
final class KeyCheck {
  private static final int PAGE = 500;

  private final Map<UUID, KeyEvent> last = new HashMap<>();

  private KeyCheck() {}

  /** Looks at all events, up to the first that does not fit, and then at the keys. */
  static Finding run(Database database) {
    var check = new KeyCheck();
    var chain = new EventChain<>(KeyEventTable::after, KeyCheck::link, PAGE);
    var fault = chain.walk(database, check::look);
    var misfit =
        fault != null
            ? Misfit.ofKeys(fault.number(), fault.what())
            : database.<@Nullable Misfit>read(check::keys);
    return new Finding(0, 0, 0, 0, chain.events(), 0, misfit == null ? 0 : 1, misfit);
  }

  private static EventChain.Link link(KeyEvent event) {
    return new EventChain.Link(
        event.number(), event.previous(), event.hash(), event.expectedHash());
  }

  private @Nullable String look(Tx tx, KeyEvent event) {
    last.put(event.key(), event);
    return null;
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
