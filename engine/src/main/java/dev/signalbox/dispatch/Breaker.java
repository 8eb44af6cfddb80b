package dev.signalbox.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * Stops asking a target that fails: closed, open after too many failures, half open with one probe
 * when the pause is over. A state machine over the instants it is given; one for each target.
 *
 * <p>A call is made under a permit of the state it began in, and what comes of it counts in that
 * state only: a late failure of an old call says nothing about a target that has recovered since,
 * and a late success does not stand for the probe.
 *
 * <p>Our own, since Vert.x's circuit breaker counts failures only: it knows no rate and no minimum
 * of calls, so one failure in a thousand calls and one in two look the same to it.
 */
public final class Breaker {

  /** Where it stands. */
  public enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  /**
   * When it opens and for how long.
   *
   * @param calls how many of the last calls count
   * @param minimum with fewer calls it stays closed
   * @param failureRate from 0 to 1; at this share of failures it opens
   * @param pause how long it stays open before a probe
   */
  public record Policy(int calls, int minimum, double failureRate, Duration pause) {
    public static final Policy STANDARD = new Policy(20, 5, 0.5, Duration.ofSeconds(15));
  }

  /**
   * The right to make calls.
   *
   * @param era which stay in which state it belongs to
   * @param calls how many
   * @param probe whether the call decides if the target is back
   */
  public record Permit(long era, int calls, boolean probe) {}

  private final Policy policy;
  private final ArrayDeque<Boolean> failures = new ArrayDeque<>();
  private State state = State.CLOSED;
  private long era;
  private Instant probeAt = Instant.MIN;
  private boolean probing;

  public Breaker(Policy policy) {
    this.policy = policy;
  }

  /** Where it stands at an instant. */
  public synchronized State state(Instant now) {
    if (state == State.OPEN && !now.isBefore(probeAt)) {
      enter(State.HALF_OPEN);
    }
    return state;
  }

  /**
   * Permits as many calls as wanted, none, or one probe. Each call that is made under it has to be
   * ended; what is not made is given back.
   */
  public synchronized Permit permit(int wanted, Instant now) {
    return switch (state(now)) {
      case CLOSED -> new Permit(era, wanted, false);
      case OPEN -> new Permit(era, 0, false);
      case HALF_OPEN -> {
        int calls = probing ? 0 : Math.min(1, wanted);
        probing = probing || calls > 0;
        yield new Permit(era, calls, calls > 0);
      }
    };
  }

  /** The calls of a permit were not made. */
  public synchronized void giveBack(Permit permit) {
    if (permit.era() == era && permit.probe()) {
      probing = false;
    }
  }

  /** A call ended. */
  public synchronized void end(Permit permit, boolean failed, Instant now) {
    if (permit.era() != era) {
      return;
    }
    if (permit.probe()) {
      if (failed) {
        open(now);
      } else {
        enter(State.CLOSED);
      }
      return;
    }
    failures.addLast(failed);
    if (failures.size() > policy.calls()) {
      failures.removeFirst();
    }
    long failedCalls = failures.stream().filter(failure -> failure).count();
    if (failures.size() >= policy.minimum()
        && failedCalls >= policy.failureRate() * failures.size()) {
      open(now);
    }
  }

  /** A call ended, and the target said that it is down: opens at once. */
  public synchronized void trip(Permit permit, Instant now) {
    if (permit.era() == era) {
      open(now);
    }
  }

  /** When a probe is worth while; in the past while it is not open. */
  public synchronized Instant probeAt() {
    return probeAt;
  }

  private void open(Instant now) {
    enter(State.OPEN);
    probeAt = now.plus(policy.pause());
  }

  private void enter(State next) {
    state = next;
    era++;
    probing = false;
    failures.clear();
  }
}
