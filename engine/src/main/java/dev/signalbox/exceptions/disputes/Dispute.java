package dev.signalbox.exceptions.disputes;

import java.time.Instant;
import java.util.UUID;

/**
 * A dispute as far as it matters for what may come next. What was said in it is in the journal.
 *
 * @param evidence how many pieces there are
 * @param entries how many entries its communication log has
 */
public record Dispute(
    UUID id,
    DisputeCategory category,
    DisputeState state,
    int evidence,
    int entries,
    Instant createdAt,
    Instant updatedAt) {

  /** One that begins. */
  public static Dispute opened(UUID id, DisputeCategory category, boolean draft, Instant at) {
    return new Dispute(id, category, draft ? DisputeState.DRAFT : DisputeState.OPEN, 0, 0, at, at);
  }

  /** Somewhere else. */
  public Dispute at(DisputeState next, Instant when) {
    return new Dispute(id, category, next, evidence, entries, createdAt, when);
  }

  /** With one piece more; what was waited for is there. */
  public Dispute withEvidence(Instant when) {
    var next = state == DisputeState.PENDING_EVIDENCE ? DisputeState.OPEN : state;
    return new Dispute(id, category, next, evidence + 1, entries, createdAt, when);
  }

  /** With one entry more in its log. */
  public Dispute logged(Instant when) {
    return new Dispute(id, category, state, evidence, entries + 1, createdAt, when);
  }
}
