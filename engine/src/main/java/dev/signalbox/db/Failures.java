package dev.signalbox.db;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Sorts what the driver throws by its SQLSTATE (PostgreSQL documentation, appendix A). Messages of
 * the server may quote values, so they stay in the cause and out of our words.
 */
final class Failures {
  /** What {@code expect_rows} raises. */
  private static final String MISSED_ROWS = "SB001";

  private Failures() {}

  static RuntimeException of(Throwable cause) {
    if (cause instanceof SQLException sql) {
      return of(sql);
    }
    return cause instanceof IOException
        ? new Unavailable("The connection to PostgreSQL broke.", cause, false)
        : new DatabaseFailure("The database client failed.", cause);
  }

  private static RuntimeException of(SQLException sql) {
    var state = sql.getSQLState() == null ? "" : sql.getSQLState();
    if (state.equals("40001") || state.equals("40P01")) {
      return new Contention(sql);
    }
    if (state.equals(MISSED_ROWS)) {
      return new MissedRows();
    }
    if (isAway(state)) {
      return new Unavailable("PostgreSQL is not available (SQLSTATE " + state + ").", sql, false);
    }
    return state.startsWith("23")
        ? new Violation(constraint(sql), sql)
        : new DatabaseFailure("PostgreSQL refused a statement (SQLSTATE " + state + ").", sql);
  }

  /**
   * Connection trouble (08), out of resources (53, the full disk among them), operator intervention
   * (57, shutdown and cancel), system errors (58), and single states: a server that became a
   * standby (25006), a session that it ended for idling (25P03, 25P04), a password that is being
   * changed (28P01).
   */
  private static boolean isAway(String state) {
    return switch (state) {
      case "25006", "25P03", "25P04", "28P01" -> true;
      default ->
          state.startsWith("08")
              || state.startsWith("53")
              || state.startsWith("57")
              || state.startsWith("58");
    };
  }

  private static String constraint(SQLException sql) {
    @Nullable String name =
        sql instanceof PSQLException psql && psql.getServerErrorMessage() != null
            ? psql.getServerErrorMessage().getConstraint()
            : null;
    return name == null ? "unnamed" : name;
  }
}
