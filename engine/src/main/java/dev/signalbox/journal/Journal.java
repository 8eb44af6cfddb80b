package dev.signalbox.journal;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Counterparty;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
   */
  public record Link(Sha256 head, List<JournalRow> rows) {
    public Link {
      rows = List.copyOf(rows);
    }
  }

  /**
   * The rows for a batch, case by case in the same order. Makes keys for subjects that have none,
   * which may take a small transaction of its own; else it needs no database.
   */
  public List<Link> chain(List<Page> pages) {
    var drafts = new ArrayList<List<EventJson>>(pages.size());
    var subjects = new HashMap<CaseId, Subject>();
    for (var page : pages) {
      var draft = page.entries().stream().map(EventJson::new).toList();
      drafts.add(draft);
      if (draft.stream().anyMatch(bytes -> bytes.personal() != null)) {
        subjects.put(page.state().id(), subject(page.state()));
      }
    }
    var sealing = keys.forSealing(new HashSet<>(subjects.values()));
    var links = new ArrayList<Link>(pages.size());
    for (int i = 0; i < pages.size(); i++) {
      var subject = subjects.get(pages.get(i).state().id());
      links.add(link(pages.get(i), drafts.get(i), subject, sealing));
    }
    return links;
  }

  private static Link link(
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
    return new Link(head, rows);
  }

  private static JournalRow sealedRow(
      JournalEntry entry,
      EventJson bytes,
      Subject subject,
      Map<Subject, SecretKey> sealing,
      Sha256 head) {
    var key = sealing.get(subject);
    if (key == null || bytes.personal() == null) {
      throw new IllegalStateException(
          "The case %s has no key to seal with.".formatted(entry.caseId()));
    }
    var sealed = Seal.close(key, bytes.personal(), context(entry.caseId(), entry.seq()));
    return new JournalRow(entry, subject, bytes.facts(), sealed, head);
  }

  /** A sealed part opens only at its own place. */
  static byte[] context(CaseId id, long seq) {
    return ByteBuffer.allocate(3 * Long.BYTES)
        .putLong(id.value().getMostSignificantBits())
        .putLong(id.value().getLeastSignificantBits())
        .putLong(seq)
        .array();
  }

  private Subject subject(ExceptionCase state) {
    @Nullable Counterparty counterparty = state.report().counterparty();
    var identity = counterparty == null ? null : counterparty.identity();
    return identity == null
        ? keys.master().subject("case", state.id().toString())
        : keys.master().subject("counterparty", identity);
  }
}
