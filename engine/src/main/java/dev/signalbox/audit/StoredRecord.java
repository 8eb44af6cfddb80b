package dev.signalbox.audit;

import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.JournalRow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A case as it is stored, its columns and its journal, all of one instant. */
final class StoredRecord {
  final CaseId id;
  final Sha256 head;
  final byte[] body;
  final Map<String, @Nullable String> columns;
  final List<JournalRow> rows;

  StoredRecord(
      CaseId id,
      Sha256 head,
      byte[] body,
      Map<String, @Nullable String> columns,
      List<JournalRow> rows) {
    this.id = id;
    this.head = head;
    this.body = body;
    this.columns = columns;
    this.rows = rows;
  }
}
