package dev.signalbox.desk;

import dev.signalbox.exceptions.CaseStatus;
import dev.signalbox.exceptions.Severity;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;

/** What a list of cases is ordered by; the id breaks ties, so that pages never overlap. */
public enum CaseSort {
  ID("id", "uuid"),
  CREATED_AT("opened_at", "timestamptz"),
  UPDATED_AT("updated_at", "timestamptz"),
  SEVERITY("severity", "case_severity"),
  STATUS("status", "case_status"),
  PRIORITY("priority", "smallint"),
  /** By an instant: the least urgent has the latest. */
  URGENCY("urgent_at", "timestamptz");

  /** Of an instant in microseconds, as {@link #shown} writes it. */
  private static final int INSTANT_LENGTH = "2026-03-02T10:00:00.000000Z".length();

  private final String column;
  private final String type;

  CaseSort(String column, String type) {
    this.column = column;
    this.type = type;
  }

  String column() {
    return column;
  }

  String type() {
    return type;
  }

  /** The value as text: what {@link #check} lets through, whatever PostgreSQL's settings are. */
  String shown() {
    return type.equals("timestamptz")
        ? "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')".formatted(column)
        : column + "::text";
  }

  /**
   * Checks a value that comes back from a caller.
   *
   * @throws IllegalArgumentException when it is none that this list is ordered by
   */
  void check(String value) {
    var _ = read(value);
  }

  private Object read(String value) {
    return switch (this) {
      case ID -> UUID.fromString(value);
      case CREATED_AT, UPDATED_AT, URGENCY -> instant(value);
      case SEVERITY -> Severity.valueOf(value);
      case STATUS -> CaseStatus.valueOf(value);
      case PRIORITY -> Short.valueOf(value);
    };
  }

  private static Instant instant(String value) {
    try {
      if (value.length() == INSTANT_LENGTH) {
        return Instant.parse(value);
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(value, e);
    }
    throw new IllegalArgumentException(value);
  }
}
