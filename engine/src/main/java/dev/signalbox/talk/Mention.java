package dev.signalbox.talk;

import dev.signalbox.exceptions.CaseId;
import java.time.Instant;

/**
 * Somebody is named in a comment.
 *
 * @param at when it was written
 */
public record Mention(String name, Place place, Instant at) {

  /** The comment's place in a journal. */
  public record Place(CaseId caseId, long seq) {}
}
