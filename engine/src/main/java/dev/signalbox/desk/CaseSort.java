package dev.signalbox.desk;

/** What a list of cases is ordered by; the id breaks ties, so that pages never overlap. */
public enum CaseSort {
  ID("id", "uuid"),
  CREATED_AT("opened_at", "timestamptz"),
  UPDATED_AT("updated_at", "timestamptz"),
  SEVERITY("severity", "case_severity"),
  STATUS("status", "case_status"),
  PRIORITY("priority", "smallint");

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
}
