package dev.signalbox.exceptions;

import java.time.Duration;

/**
 * Somebody holds a case for a while, to work on it or to approve what is proposed. Until when is
 * not in the journal: heartbeats move it, and it runs by the database's clock.
 *
 * @param by who holds it
 * @param fence the version of the case at which it was claimed: every claim of a case has a higher
 *     one than those before
 * @param at the status it is held at; the claim ends when the case leaves it
 * @param lease how long it lasts from the claim, and from each heartbeat
 */
public record Claim(String by, long fence, CaseStatus at, Duration lease) {
  /** How long a claim lasts when nobody says. */
  public static final Duration USUAL = Duration.ofMinutes(15);

  public static final Duration SHORTEST = Duration.ofSeconds(10);
  public static final Duration LONGEST = Duration.ofHours(8);

  /** Whether it goes on when the case is at a status, in somebody's hands. */
  boolean holds(CaseDraft draft) {
    return draft.status == at && (at == CaseStatus.PENDING_APPROVAL || by.equals(draft.assignee));
  }
}
