package dev.signalbox.journal;

import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into rows: bytes, seal and chain. Everything that costs time happens here, before
 * the commit; the commit only copies rows.
 */
public final class Journal {
  private final SubjectKeys keys;

  public Journal(SubjectKeys keys) {
    this.keys = keys;
  }

  /**
   * What one case adds to its journal.
   *
   * @param state the case after the last of them
   * @param head the hash of the row before the first of them
   * @param entries in their order
   */
  public record Page(ExceptionCase state, Sha256 head, List<JournalEntry> entries) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /**
   * The rows of one case.
   *
   * @param head the hash of the last of them
   * @param forgotten whose keys go with them, so that what these seal cannot be read any more
   */
  public record Link(Sha256 head, List<JournalRow> rows, List<Subject> forgotten) {
    public Link {
      rows = List.copyOf(rows);
      forgotten = List.copyOf(forgotten);
    }
  }

  /**
   * The rows for a batch, case by case in the same order. Makes keys for subjects that have none,
   * which may take a small transaction of its own; else it needs no database.
   */
  public List<Link> chain(List<Page> pages) {
    return chain(pages, null);
  }

  /**
   * The same, with keys that were had before: within a transaction, where no other can begin.
   *
   * @param ahead of the same cases and comments, by {@link #ahead}; null to get them now
   */
  public List<Link> chain(List<Page> pages, @Nullable Sealing ahead) {
    var drafts = new ArrayList<List<EventJson>>(pages.size());
    var subjects = new HashMap<CaseId, Subject>();
    for (var page : pages) {
      var draft = page.entries().stream().map(EventJson::new).toList();
      drafts.add(draft);
      if (draft.stream().anyMatch(bytes -> bytes.personal() != null)) {
        subjects.put(page.state().id(), keys.master().about(page.state()));
      }
    }
    var sealing = ahead == null ? sealing(new HashSet<>(subjects.values()), pages) : ahead.keys;
    var links = new ArrayList<Link>(pages.size());
    for (int i = 0; i < pages.size(); i++) {
      var subject = subjects.get(pages.get(i).state().id());
      links.add(link(pages.get(i), drafts.get(i), subject, sealing));
    }
    return links;
  }

  /** The keys that the journals of some cases are sealed with. */
  public static final class Sealing {
    private final Map<Subject, SecretKey> keys;

    private Sealing(Map<Subject, SecretKey> keys) {
      this.keys = keys;
    }
  }

  /** The keys for these pages, and for more that may be added to them; missing ones are made. */
  public Sealing ahead(List<Page> pages) {
    var subjects = new HashSet<Subject>();
    for (var page : pages) {
      subjects.add(keys.master().about(page.state()));
    }
    return new Sealing(sealing(subjects, pages));
  }

  private Map<Subject, SecretKey> sealing(Set<Subject> subjects, List<Page> pages) {
    var sealing = keys.forSealing(subjects);
    sealing.putAll(keys.forOneUse(words(pages)));
    return sealing;
  }

  /**
   * Each comment, and each piece of evidence, has a key of its own beside that of its subject, so
   * that it can go alone.
   */
  private List<Subject> words(List<Page> pages) {
    return pages.stream()
        .flatMap(page -> page.entries().stream())
        .filter(entry -> hasOwnKey(entry.event()))
        .map(entry -> keys.master().words(entry.caseId(), entry.seq()))
        .toList();
  }

  private static boolean hasOwnKey(CaseEvent event) {
    return event instanceof CaseEvent.CommentAdded || event instanceof CaseEvent.EvidenceGiven;
  }

  private Link link(
      Page page,
      List<EventJson> drafts,
      @Nullable Subject subject,
      Map<Subject, SecretKey> sealing) {
    var rows = new ArrayList<JournalRow>(drafts.size());
    var head = page.head();
    for (int i = 0; i < drafts.size(); i++) {
      var entry = page.entries().get(i);
      var bytes = drafts.get(i);
      var row =
          bytes.personal() == null || subject == null
              ? new JournalRow(entry, null, bytes.facts(), null, head)
              : sealedRow(entry, bytes, subject, sealing, head);
      rows.add(row);
      head = row.hash();
    }
    return new Link(head, rows, forgotten(page));
  }

  private List<Subject> forgotten(Page page) {
    var forgotten = new ArrayList<Subject>();
    for (var entry : page.entries()) {
      switch (entry.event()) {
        case CaseEvent.CommentRedacted e ->
            forgotten.add(keys.master().words(entry.caseId(), e.comment()));
        case CaseEvent.EvidenceRedacted e -> {
          forgotten.add(keys.master().words(entry.caseId(), e.piece()));
          if (e.file() != null) {
            forgotten.add(keys.master().file(e.file()));
          }
        }
        default -> {}
      }
    }
    return forgotten;
  }

  private JournalRow sealedRow(
      JournalEntry entry,
      EventJson bytes,
      Subject subject,
      Map<Subject, SecretKey> sealing,
      Sha256 head) {
    var personal = bytes.personal();
    if (personal == null) {
      throw new IllegalStateException("Nothing is to be sealed of " + entry.caseId() + ".");
    }
    var context = context(entry.caseId(), entry.seq());
    var inner =
        hasOwnKey(entry.event())
            ? Seal.close(
                key(sealing, keys.master().words(entry.caseId(), entry.seq())), personal, context)
            : personal;
    var sealed = Seal.close(key(sealing, subject), inner, context);
    return new JournalRow(entry, subject, bytes.facts(), sealed, head);
  }

  private static SecretKey key(Map<Subject, SecretKey> sealing, Subject subject) {
    var key = sealing.get(subject);
    if (key == null) {
      throw new IllegalStateException("There is no key to seal with.");
    }
    return key;
  }

  /**
   * Opens what is sealed of a row; null when a key it takes is gone.
   *
   * @param opening gives the key of a subject; null when it was destroyed
   * @throws Corrupt when it does not open
   */
  static byte @Nullable [] open(
      JournalRow row, MasterKey master, Function<Subject, @Nullable SecretKey> opening) {
    var sealed = row.sealed();
    var key = row.subject() == null ? null : opening.apply(row.subject());
    if (sealed == null || key == null) {
      return null;
    }
    var context = context(row.caseId(), row.seq());
    if (!row.hasOwnKey()) {
      return Seal.open(key, sealed, context);
    }
    var own = opening.apply(master.words(row.caseId(), row.seq()));
    return own == null ? null : Seal.open(own, Seal.open(key, sealed, context), context);
  }

  /** A sealed part opens only at its own place. */
  static byte[] context(CaseId id, long seq) {
    return ByteBuffer.allocate(3 * Long.BYTES)
        .putLong(id.value().getMostSignificantBits())
        .putLong(id.value().getLeastSignificantBits())
        .putLong(seq)
        .array();
  }
}
