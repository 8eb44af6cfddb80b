package dev.signalbox.journal;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Sha256;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row of the journal, as stored. */
public final class JournalRow {
  private final CaseId caseId;
  private final long seq;
  private final Instant at;
  private final String type;
  private final @Nullable Subject subject;
  private final byte[] facts;
  private final byte @Nullable [] sealed;
  private final Sha256 previous;
  private final Sha256 hash;

  JournalRow(
      JournalEntry entry,
      @Nullable Subject subject,
      byte[] facts,
      byte @Nullable [] sealed,
      Sha256 previous) {
    this(
        entry.caseId(),
        entry.seq(),
        entry.at(),
        EventJson.type(entry.event()),
        subject,
        facts,
        sealed,
        previous,
        Chain.hash(previous, facts, subject, sealed));
  }

  JournalRow(
      CaseId caseId,
      long seq,
      Instant at,
      String type,
      @Nullable Subject subject,
      byte[] facts,
      byte @Nullable [] sealed,
      Sha256 previous,
      Sha256 hash) {
    this.caseId = caseId;
    this.seq = seq;
    this.at = at;
    this.type = type;
    this.subject = subject;
    this.facts = facts;
    this.sealed = sealed;
    this.previous = previous;
    this.hash = hash;
  }

  public CaseId caseId() {
    return caseId;
  }

  public long seq() {
    return seq;
  }

  public Instant at() {
    return at;
  }

  public String type() {
    return type;
  }

  /** Whose key seals it; null when nothing is sealed. */
  @Nullable Subject subject() {
    return subject;
  }

  /** The public bytes: a JSON object. */
  public byte[] facts() {
    return facts;
  }

  byte @Nullable [] sealed() {
    return sealed;
  }

  /** Whether personal data is sealed beside the public bytes. */
  public boolean isSealed() {
    return sealed != null;
  }

  /** Whether it is sealed twice: with a key of its own, too. Evidence was not at first. */
  boolean hasOwnKey() {
    return switch (type) {
      case "CommentAdded" -> true;
      case "EvidenceGiven" -> !In.of(facts).text("type").equals("EvidenceGiven/1");
      default -> false;
    };
  }

  public Sha256 previous() {
    return previous;
  }

  public Sha256 hash() {
    return hash;
  }

  /** Whether the hash is that of the bytes beside it. */
  boolean isIntact() {
    return Chain.hash(previous, facts, subject, sealed).equals(hash);
  }
}
