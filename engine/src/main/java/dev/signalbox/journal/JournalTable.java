package dev.signalbox.journal;

import dev.signalbox.db.Changes;
import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code journal}: appended to in batches, read case by case, never changed. */
public final class JournalTable {
  private static final String COLUMNS =
      "case_id, seq, (CASE WHEN isfinite(at) THEN extract(epoch FROM at) ELSE 0 END"
          + " * 1000000)::bigint AS at_micros, type, subject, public, sealed, prev_hash, hash";

  private JournalTable() {}

  /**
   * Appends rows.
   *
   * @throws dev.signalbox.db.Violation when a case already has a row with that sequence
   */
  public static void append(Changes changes, List<JournalRow> rows) {
    var ids = new ArrayList<UUID>(rows.size());
    var seqs = new ArrayList<Long>(rows.size());
    var ats = new ArrayList<Instant>(rows.size());
    var types = new ArrayList<String>(rows.size());
    var subjects = new ArrayList<byte @Nullable []>(rows.size());
    var facts = new ArrayList<byte[]>(rows.size());
    var sealed = new ArrayList<byte @Nullable []>(rows.size());
    var previous = new ArrayList<byte[]>(rows.size());
    var hashes = new ArrayList<byte[]>(rows.size());
    for (var row : rows) {
      ids.add(row.caseId().value());
      seqs.add(row.seq());
      ats.add(row.at());
      types.add(row.type());
      subjects.add(row.subject() == null ? null : row.subject().bytes());
      facts.add(row.facts());
      sealed.add(row.sealed());
      previous.add(row.previous().bytes());
      hashes.add(row.hash().bytes());
    }
    changes.change(
        """
        INSERT INTO journal (case_id, seq, at, type, subject, public, sealed, prev_hash, hash)
        SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::timestamptz[], ?::text[], ?::bytea[],
          ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[])
        """,
        SqlArray.uuids(ids),
        SqlArray.longs(seqs),
        SqlArray.instants(ats),
        SqlArray.texts(types),
        SqlArray.bytesOrNulls(subjects),
        SqlArray.bytes(facts),
        SqlArray.bytesOrNulls(sealed),
        SqlArray.bytes(previous),
        SqlArray.bytes(hashes));
  }

  /** Destroys keys: what they seal can never be read again, and its rows stay as they are. */
  public static void forget(Changes changes, List<Subject> subjects) {
    if (!subjects.isEmpty()) {
      SubjectKeyTable.destroy(changes, subjects);
    }
  }

  /** A stretch of the journal of one case, in order. */
  public static List<JournalRow> history(Tx tx, CaseId id, long afterSeq, int limit) {
    return tx
        .query(
            "SELECT "
                + COLUMNS
                + " FROM journal WHERE case_id = ? AND seq > ? ORDER BY seq LIMIT ?",
            id.value(),
            afterSeq,
            limit)
        .stream()
        .map(JournalTable::row)
        .toList();
  }

  /** The journal of some cases, case by case. */
  public static List<JournalRow> histories(Tx tx, List<CaseId> ids) {
    return tx
        .query(
            "SELECT "
                + COLUMNS
                + " FROM journal WHERE case_id = ANY (?::uuid[]) ORDER BY case_id, seq",
            SqlArray.uuids(ids.stream().map(CaseId::value).toList()))
        .stream()
        .map(JournalTable::row)
        .toList();
  }

  /** The first rows of a range of cases, in the order of case and sequence. */
  public static List<JournalRow> scan(Tx tx, CaseId from, CaseId to, int limit) {
    return tx
        .query(
            "SELECT "
                + COLUMNS
                + " FROM journal WHERE case_id BETWEEN ? AND ? ORDER BY case_id, seq LIMIT ?",
            from.value(),
            to.value(),
            limit)
        .stream()
        .map(JournalTable::row)
        .toList();
  }

  /** The rows that follow one, in the same order. */
  public static List<JournalRow> scanAfter(Tx tx, JournalRow last, CaseId to, int limit) {
    return tx
        .query(
            "SELECT "
                + COLUMNS
                + " FROM journal WHERE (case_id, seq) > (?, ?) AND case_id <= ?"
                + " ORDER BY case_id, seq LIMIT ?",
            last.caseId().value(),
            last.seq(),
            to.value(),
            limit)
        .stream()
        .map(JournalTable::row)
        .toList();
  }

  /**
   * What rules saw and said of some cases, case by case: reports and decisions, and nothing else
   * that happened.
   *
   * @param last the row to go on after; null for the first
   */
  public static List<JournalRow> decisions(
      Tx tx, List<CaseId> ids, @Nullable JournalRow last, int limit) {
    return tx
        .query(
            "SELECT "
                + COLUMNS
                + " FROM journal WHERE case_id = ANY (?::uuid[]) AND (case_id, seq) > (?, ?)"
                + " AND type = ANY (?::text[]) ORDER BY case_id, seq LIMIT ?",
            SqlArray.uuids(ids.stream().map(CaseId::value).toList()),
            last == null ? new UUID(0, 0) : last.caseId().value(),
            last == null ? 0L : last.seq(),
            SqlArray.texts(EventJson.DECISIONS),
            limit)
        .stream()
        .map(JournalTable::row)
        .toList();
  }

  /** What was said about some cases: comments and disputes, case by case. */
  public static List<JournalRow> talk(Tx tx, Collection<CaseId> ids) {
    return tx
        .query(
            "SELECT "
                + COLUMNS
                + " FROM journal WHERE case_id = ANY (?::uuid[]) AND type = ANY (?::text[])"
                + " ORDER BY case_id, seq",
            SqlArray.uuids(ids.stream().map(CaseId::value).toList()),
            SqlArray.texts(TalkFields.TYPES))
        .stream()
        .map(JournalTable::row)
        .toList();
  }

  /** Single rows, by their places. */
  public static List<JournalRow> at(Tx tx, List<CaseId> ids, List<Long> seqs) {
    return tx
        .query(
            "SELECT "
                + COLUMNS
                + " FROM journal JOIN unnest(?::uuid[], ?::bigint[]) AS asked (case_id, seq)"
                + " USING (case_id, seq) ORDER BY case_id, seq",
            SqlArray.uuids(ids.stream().map(CaseId::value).toList()),
            SqlArray.longs(seqs))
        .stream()
        .map(JournalTable::row)
        .toList();
  }

  private static JournalRow row(Row row) {
    var subject = row.bytesOrNull("subject");
    return new JournalRow(
        new CaseId(row.uuid("case_id")),
        row.int64("seq"),
        at(row.int64("at_micros")),
        row.text("type"),
        subject == null ? null : Subject.of(subject),
        row.bytes("public"),
        row.bytesOrNull("sealed"),
        Sha256.of(row.bytes("prev_hash")),
        Sha256.of(row.bytes("hash")));
  }

  private static Instant at(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }
}
