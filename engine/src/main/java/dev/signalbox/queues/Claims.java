package dev.signalbox.queues;

import dev.signalbox.db.Database;
import dev.signalbox.desk.CaseTable;
import dev.signalbox.desk.Desk;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.LeaseEnd;
import dev.signalbox.exceptions.Refusal;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.reviewers.ClaimTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Claims of queues. What nobody was heard of for the length of its lease is claimable again, at the
 * latest when somebody asks for the next case. Blocks; safe for many callers.
 */
public final class Claims {
  private static final Actor ACTOR = new Actor.Component("claims");
  private static final int SWEPT_MAX = 100;

  private final Database database;
  private final Desk desk;
  private final ReentrantLock sweeping = new ReentrantLock();

  public Claims(Database database, Desk desk) {
    this.database = database;
    this.desk = desk;
  }

  /**
   * Claims the most urgent case that somebody may take.
   *
   * @return null when nothing is left for him
   */
  public @Nullable Receipt next(CaseTable.Wanted wanted, Duration lease, Desk.Claimant claimant) {
    sweep();
    return desk.claim(wanted, lease, claimant);
  }

  /** Ends claims that are over, as far as nobody is just doing so. */
  public void sweep() {
    if (!sweeping.tryLock()) {
      return;
    }
    try {
      var over = database.read(tx -> ClaimTable.over(tx, SWEPT_MAX));
      desk.handle(
          over.stream()
              .map(one -> Request.say(one.id(), new CaseCommand.ExpireClaim(one.fence()), ACTOR))
              .toList());
    } finally {
      sweeping.unlock();
    }
  }

  /** What came of a heartbeat. */
  public sealed interface Beat {
    /** The claim lasts until then, unless another comes. */
    record Prolonged(LeaseEnd end) implements Beat {}

    /** It does not. */
    record Refused(Refusal refusal) implements Beat {}
  }

  /** Says that who holds a case is still there. Nothing is written to the case or its journal. */
  public Beat beat(CaseId id, String holder, long fence, Sight sight) {
    return database.read(tx -> {
      var end = ClaimTable.prolong(tx, id, holder, fence);
      if (end != null) {
        return new Beat.Prolonged(end);
      }
      var stored = CaseTable.find(tx, id);
      if (stored == null || !sight.reaches(stored.state())) {
        return new Beat.Refused(new Refusal.NotFound(id));
      }
      var state = stored.state();
      var claim = state.claim();
      var now = ClaimTable.ends(tx, List.of(id)).get(id);
      return new Beat.Refused(
          claim == null || now == null || now.isOver()
              ? new Refusal.ClaimLost(fence, claim == null ? state.assignee() : null, null)
              : new Refusal.ClaimLost(fence, claim.by(), now));
    });
  }
}
