package dev.signalbox.api.model;

import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.DispatchId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What surrounds all encounters: who there is, the time, and the ledger that answers. */
final class World {
  static final List<String> CALLERS =
      List.of("analyst", "senior", "compliance", "approver", "operator", "reporter");

  private static final Actor CLOCK = new Actor.Component("deadlines");
  private static final Actor LEDGER = new Actor.Component("dispatch");

  private final ApiBox box;
  private final Map<String, String> keys = new HashMap<>();
  private final ReentrantReadWriteLock time = new ReentrantReadWriteLock();

  World(ApiBox box) {
    this.box = box;
    for (var who : CALLERS) {
      for (var role : Role.values()) {
        if (role.word().equals(who)) {
          keys.put(who, String.valueOf(box.as(role).client().headers().get("Authorization")));
        }
      }
    }
  }

  int port() {
    return box.port();
  }

  /** What a caller authenticates with. */
  String key(String who) {
    return String.valueOf(keys.get(who));
  }

  /** A little time goes by. */
  void tick() {
    box.box().clock().advance(Duration.ofMillis(1));
  }

  /** Does something that goes by the clock, while nobody moves it far. */
  <T extends @Nullable Object> T at(Function<Instant, T> what) {
    time.readLock().lock();
    try {
      return what.apply(box.box().clock().instant());
    } finally {
      time.readLock().unlock();
    }
  }

  /** The time comes until which an exception rests, and its timer happens. */
  Receipt restRunsOut(CaseId id, Instant until) {
    time.writeLock().lock();
    try {
      var left = Duration.between(box.box().clock().instant(), until);
      if (left.isPositive()) {
        box.box().clock().advance(left);
      }
    } finally {
      time.writeLock().unlock();
    }
    return say(id, new CaseCommand.Wake(null), CLOCK);
  }

  /** As if nobody had been heard of for the length of the lease. */
  void leaseRunsOut(CaseId id) {
    box.box()
        .postgres()
        .asOwner()
        .inTransaction(tx ->
            tx.update(
                "UPDATE claim SET expires_at = now() - interval '1 second' WHERE case_id = ?",
                id.value()));
  }

  Receipt answersOfLedger(CaseId id, DispatchId posting, Verb answer) {
    var command =
        switch (answer) {
          case LEDGER_POSTS -> new CaseCommand.RecordPosting(posting, "L-1");
          case LEDGER_REFUSES -> new CaseCommand.RecordPostingRefusal(posting, "It is closed.");
          default -> new CaseCommand.RecordPostingFailure(posting, "No answer.");
        };
    return say(id, command, LEDGER);
  }

  private Receipt say(CaseId id, CaseCommand command, Actor actor) {
    return box.box().desk().handle(Request.say(id, command, actor));
  }
}
