package dev.signalbox.talk;

import dev.signalbox.db.Changes;
import dev.signalbox.db.Row;
import dev.signalbox.db.SqlArray;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Sight;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code mention}: who is named in which comment that can be read. */
public final class MentionTable {

  private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");
  private static final UUID LAST = new UUID(-1, -1);

  private MentionTable() {}

  static void insert(Changes changes, List<Mention> mentions) {
    changes.change(
        """
        INSERT INTO mention (name, case_id, seq, at)
        SELECT * FROM unnest(?::text[], ?::uuid[], ?::bigint[], ?::timestamptz[])
        """,
        SqlArray.texts(mentions.stream().map(Mention::name).toList()),
        SqlArray.uuids(mentions.stream().map(m -> m.place().caseId().value()).toList()),
        SqlArray.longs(mentions.stream().map(m -> m.place().seq()).toList()),
        SqlArray.instants(mentions.stream().map(Mention::at).toList()));
  }

  static void delete(Changes changes, List<Mention.Place> places) {
    changes.change(
        """
        DELETE FROM mention USING unnest(?::uuid[], ?::bigint[]) AS gone (case_id, seq)
        WHERE mention.case_id = gone.case_id AND mention.seq = gone.seq
        """,
        SqlArray.uuids(places.stream().map(place -> place.caseId().value()).toList()),
        SqlArray.longs(places.stream().map(Mention.Place::seq).toList()));
  }

  /**
   * Where somebody is named, the newest first, as far as whoever asks sees it.
   *
   * @param before the last of the page before; null for the first page
   */
  public static List<Mention> of(
      Tx tx, String name, Sight sight, @Nullable Mention before, int limit) {
    return tx
        .query(
            """
            SELECT m.name, m.case_id, m.seq, m.at
            FROM mention AS m JOIN exception_case AS c ON c.id = m.case_id
            WHERE m.name = ? AND (m.at, m.case_id, m.seq) < (?, ?, ?)
              AND (?::text[] IS NULL OR c.context = ANY (?::text[]))
              AND (?::text[] IS NULL OR c.queue = ANY (?::text[]))
            ORDER BY m.at DESC, m.case_id DESC, m.seq DESC LIMIT ?
            """,
            name,
            before == null ? END : before.at(),
            before == null ? LAST : before.place().caseId().value(),
            before == null ? Long.MAX_VALUE : before.place().seq(),
            textsOrNull(sight.contexts()),
            textsOrNull(sight.contexts()),
            textsOrNull(sight.queues()),
            textsOrNull(sight.queues()),
            limit)
        .stream()
        .map(MentionTable::mention)
        .toList();
  }

  private static @Nullable SqlArray textsOrNull(@Nullable List<String> texts) {
    return texts == null ? null : SqlArray.texts(texts);
  }

  /** All of a range of cases. */
  public static List<Mention> between(Tx tx, CaseId from, CaseId to) {
    return tx
        .query(
            "SELECT name, case_id, seq, at FROM mention WHERE case_id BETWEEN ? AND ?",
            from.value(),
            to.value())
        .stream()
        .map(MentionTable::mention)
        .toList();
  }

  private static Mention mention(Row row) {
    return new Mention(
        row.text("name"),
        new Mention.Place(new CaseId(row.uuid("case_id")), row.int64("seq")),
        row.instant("at"));
  }
}
