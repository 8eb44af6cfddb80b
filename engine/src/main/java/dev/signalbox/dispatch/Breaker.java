package dev.signalbox.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/**
 * Stops asking a target that fails: closed, open after too many failures, half open with one probe
 * when the pause is over. A state machine over the instants it is given; one for each target.
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

  private final Policy policy;
  private final ArrayDeque<Boolean> failures = new ArrayDeque<>();
  private State state = State.CLOSED;
  private Instant probeAt = Instant.MIN;
  private boolean probing;

  public Breaker(Policy policy) {
    this.policy = policy;
  }

  /** Where it stands at an instant. */
  public synchronized State state(Instant now) {
    if (state == State.OPEN && !now.isBefore(probeAt)) {
      state = State.HALF_OPEN;
      probing = false;
    }
    return state;
  }

  /** How many calls may begin now, at most as many as wanted: all, none, or one probe. */
  public synchronized int permits(int wanted, Instant now) {
    return switch (state(now)) {
      case CLOSED -> wanted;
      case OPEN -> 0;
      case HALF_OPEN -> probing ? 0 : Math.min(1, wanted);
    };
  }

  /** A call begins. */
  public synchronized void begin(Instant now) {
    if (state(now) == State.HALF_OPEN) {
      probing = true;
    }
  }

  /** A call ended. */
  public synchronized void end(boolean failed, Instant now) {
    if (state(now) == State.HALF_OPEN) {
      probing = false;
      if (failed) {
        open(now);
      } else {
        state = State.CLOSED;
        failures.clear();
      }
      return;
    }
    failures.addLast(failed);
    if (failures.size() > policy.calls()) {
      failures.removeFirst();
    }
    long failedCalls = failures.stream().filter(failure -> failure).count();
    if (state == State.CLOSED
        && failures.size() >= policy.minimum()
        && failedCalls >= policy.failureRate() * failures.size()) {
      open(now);
    }
  }

  /** Opens at once: the target said that it is down. */
  public synchronized void trip(Instant now) {
    open(now);
  }

  /** When a probe is worth while; in the past while it is not open. */
  public synchronized Instant probeAt() {
    return probeAt;
  }

  private void open(Instant now) {
    state = State.OPEN;
    probing = false;
    probeAt = now.plus(policy.pause());
  }
}
