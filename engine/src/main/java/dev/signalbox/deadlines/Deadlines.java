package dev.signalbox.deadlines;

import dev.signalbox.db.Database;
import dev.signalbox.db.Unavailable;
import dev.signalbox.desk.Ask;
import dev.signalbox.desk.Desk;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Overdue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the next timer of any case and lets it happen. Several nodes may do the same: the desk
 * lets one of them win, and the others find nothing left to do. After a sleep it works off all that
 * has come due since, in batches, in the order of their instants. An exception whose timer cannot
 * happen, e.g. because its row is damaged, is set aside for a while and holds up no other.
 */
public final class Deadlines implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
  private static final Actor ACTOR = new Actor.Component("deadlines");
  private static final int BATCH_MAX = 200;

  /** Bounds how late a timer is noticed that another node set and then died. */
  private static final Duration NAP_MAX = Duration.ofSeconds(5);

  /** How soon a timer is looked at again that another node is just working on; then doubled. */
  private static final Duration NAP_MIN = Duration.ofMillis(20);

  /** How long an exception is left alone whose timer could not happen. */
  private static final Duration SET_ASIDE = Duration.ofMinutes(1);

  private final Database database;
  private final Desk desk;
  private final InstantSource clock;
  private final Semaphore doorbell = new Semaphore(0);
  private final Map<CaseId, Instant> setAside = new ConcurrentHashMap<>();
  private Duration patience = NAP_MIN;
  private volatile Instant awaited = Instant.MAX;
  private final Phaser running = new Phaser(1);
  private volatile boolean stopping;

  public Deadlines(Database database, Desk desk, InstantSource clock) {
    this.database = database;
    this.desk = desk;
    this.clock = clock;
  }

  /** Says that time has moved; does not block. */
  public void ring() {
    if (doorbell.availablePermits() == 0) {
      doorbell.release();
    }
  }

  /** Says that a timer was set; does not block. A later one than the next wakes nobody. */
  public void ring(Instant timer) {
    if (timer.isBefore(awaited)) {
      ring();
    }
  }

  /** Works until {@link #close}; a failure is logged, and the next round tries again. */
  public void run() {
    running.register();
    try {
      while (!stopping) {
        round();
      }
    } finally {
      running.arriveAndDeregister();
    }
  }

  private void round() {
    try {
      nap(catchUp() ? Duration.ZERO : untilNext());
    } catch (Unavailable e) {
      nap(NAP_MAX);
    } catch (RuntimeException e) {
      LOG.error("Timers go on after a failure.", e);
      nap(NAP_MAX);
    }
  }

  /** Stops, and waits for the round that is under way. */
  @Override
  public void close() {
    stopping = true;
    doorbell.release();
    running.arriveAndAwaitAdvance();
  }

  /**
   * Lets a batch of what is due happen.
   *
   * @return whether it moved anything, so that it is worth to look again at once
   */
  public boolean catchUp() {
    var now = clock.instant();
    setAside.values().removeIf(until -> !until.isAfter(now));
    return happened(
        database.read(tx -> TimerTable.due(tx, now, setAside.keySet(), BATCH_MAX)), now);
  }

  private boolean happened(List<TimerTable.Due> due, Instant now) {
    try {
      return moved(desk.handle(due.stream().map(Deadlines::request).toList()));
    } catch (Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      boolean moved = false;
      for (var timer : due) {
        moved |= happenedAlone(timer, now);
      }
      return moved;
    }
  }

  private boolean happenedAlone(TimerTable.Due timer, Instant now) {
    try {
      return moved(List.of(desk.handle(request(timer))));
    } catch (Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("The timer {} of {} is set aside.", timer.action(), timer.id(), e);
      setAside.put(timer.id(), now.plus(SET_ASIDE));
      return false;
    }
  }

  private static boolean moved(List<Receipt> receipts) {
    return receipts.stream()
        .anyMatch(receipt -> receipt instanceof Receipt.Done done && !done.events().isEmpty());
  }

  private static Request request(TimerTable.Due due) {
    var ask =
        switch (due.action()) {
          case RECLASSIFY -> new Ask.Redecide();
          case MARK_SLA_BREACHED -> new Ask.Say(new CaseCommand.MarkOverdue(Overdue.RESOLUTION));
          case MARK_ANSWER_OVERDUE -> new Ask.Say(new CaseCommand.MarkOverdue(Overdue.ANSWER));
          case REMIND -> new Ask.Say(new CaseCommand.Remind());
          case REASSIGN -> new Ask.Say(new CaseCommand.Reassign());
          case DEAD_LETTER -> new Ask.Say(new CaseCommand.DeadLetter());
          case WAKE -> new Ask.Say(new CaseCommand.Wake(null));
        };
    return Request.of(due.id(), ask, ACTOR).tracedBy(due.traceParent());
  }

  private Duration untilNext() {
    // Whatever is set from here on may be sooner than what the database says.
    awaited = Instant.MAX;
    var next = database.read(tx -> TimerTable.next(tx, setAside.keySet()));
    var now = clock.instant();
    if (next != null && !next.isAfter(now)) {
      patience = atMost(patience.multipliedBy(2));
      return patience;
    }
    patience = NAP_MIN;
    if (next == null) {
      return NAP_MAX;
    }
    awaited = next;
    return atMost(Duration.between(now, next));
  }

  private static Duration atMost(Duration length) {
    return length.compareTo(NAP_MAX) < 0 ? length : NAP_MAX;
  }

  private void nap(Duration length) {
    if (stopping) {
      return;
    }
    try {
      if (doorbell.tryAcquire(length.toNanos(), TimeUnit.NANOSECONDS)) {
        doorbell.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }
}
