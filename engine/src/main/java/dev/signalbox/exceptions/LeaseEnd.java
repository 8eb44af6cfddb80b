package dev.signalbox.exceptions;

import java.time.Instant;

/**
 * When a claim ends, unless a heartbeat comes before.
 *
 * @param at by the database's clock
 * @param secondsLeft rounded up, as it was read; 0 when it is over, and then it stays over
 */
public record LeaseEnd(Instant at, long secondsLeft) {
  public boolean isOver() {
    return secondsLeft <= 0;
  }
}
