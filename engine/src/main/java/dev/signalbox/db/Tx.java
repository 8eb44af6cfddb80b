package dev.signalbox.db;

import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements on one connection, within one transaction where {@link Database#inTransaction} gave
 * it. A "?" stands for an argument: String, UUID, Integer, Long, Boolean, BigDecimal, Instant (cut
 * to microseconds), byte[] or {@link SqlArray}.
 */
public final class Tx {
  private final Database database;
  private final SqlConnection connection;

  Tx(Database database, SqlConnection connection) {
    this.database = database;
    this.connection = connection;
  }

  /** Rows in the order in which PostgreSQL gives them; the statement bounds how many. */
  public List<Row> query(String sql, @Nullable Object... arguments) {
    var result = run(sql, arguments);
    var rows = new ArrayList<Row>(Math.max(0, result.size()));
    for (var row : result) {
      rows.add(new Row(row));
    }
    return rows;
  }

  /** How many rows were changed. */
  public int update(String sql, @Nullable Object... arguments) {
    return run(sql, arguments).rowCount();
  }

  private RowSet<io.vertx.sqlclient.Row> run(String sql, @Nullable Object... arguments) {
    var tuple = Tuple.tuple(new ArrayList<>(arguments.length));
    for (var argument : arguments) {
      tuple.addValue(bound(argument));
    }
    return database.await(connection.preparedQuery(sql).execute(tuple));
  }

  private static @Nullable Object bound(@Nullable Object argument) {
    return switch (argument) {
      case SqlArray array -> array.bound();
      case Instant instant -> instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
      case null -> null;
      default -> argument;
    };
  }
}
