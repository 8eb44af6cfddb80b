package dev.signalbox.db;

import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Statements on one connection, within one transaction where {@link Database#inTransaction} gave
 * it. A "?" stands for an argument: String, UUID, Integer, Long, Boolean, BigDecimal, Instant (cut
 * to microseconds), byte[] or {@link SqlArray}. Not for use by several threads at once, nor after
 * the function it was given to has returned. A statement that fails ends its transaction, whatever
 * the function makes of the exception.
 */
public final class Tx implements Changes {
  static final String COMMIT = "COMMIT";

  private final SqlConnection connection;
  private final boolean transaction;
  private @Nullable RuntimeException failure;
  private boolean fit = true;
  private boolean over;

  private Tx(SqlConnection connection, boolean transaction) {
    this.connection = connection;
    this.transaction = transaction;
  }

  static Tx begun(SqlConnection connection) {
    return new Tx(connection, true);
  }

  static Tx reading(SqlConnection connection) {
    return new Tx(connection, false);
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

  @Override
  public void change(String sql, @Nullable Object... arguments) {
    update(sql, arguments);
  }

  @Override
  public void changeExactly(int rows, String sql, @Nullable Object... arguments) {
    if (update(sql, arguments) != rows) {
      throw new MissedRows();
    }
  }

  /** A transaction of its own. */
  void run(Bundle bundle) {
    try {
      run(bundle.sql(), bundle.arguments());
    } catch (Unavailable e) {
      throw e.withOutcomeUnknown();
    } catch (RuntimeException e) {
      rollBack(e);
      throw e;
    }
  }

  /** Work after BEGIN, and COMMIT or ROLLBACK. */
  <T extends @Nullable Object> T committed(Function<Tx, T> work) {
    try {
      T result = work.apply(this);
      if (failure != null) {
        // The work swallowed it. COMMIT would be answered by a ROLLBACK that looks like success.
        throw failure;
      }
      commit();
      return result;
    } catch (RuntimeException | Error e) {
      rollBack(e);
      throw e;
    }
  }

  /** No more statements; answers whether the connection is fit for others. */
  boolean end() {
    over = true;
    return fit;
  }

  private void commit() {
    try {
      say(COMMIT);
    } catch (Unavailable e) {
      throw e.withOutcomeUnknown();
    }
  }

  private void rollBack(Throwable cause) {
    if (!fit) {
      return;
    }
    try {
      say("ROLLBACK");
    } catch (RuntimeException e) {
      fit = false;
      cause.addSuppressed(e);
    }
  }

  private void say(String sql) {
    try {
      Answer.to(connection, sql, Tuple.tuple());
    } catch (Unavailable e) {
      fit = false;
      throw e;
    }
  }

  private RowSet<io.vertx.sqlclient.Row> run(String sql, @Nullable Object... arguments) {
    if (over) {
      throw new IllegalStateException("This transaction is over. Maybe use it only where given.");
    }
    if (failure != null) {
      throw failure;
    }
    var tuple = Tuple.tuple(new ArrayList<>(arguments.length));
    for (var argument : arguments) {
      tuple.addValue(bound(argument));
    }
    try {
      return Answer.to(connection, sql, tuple);
    } catch (Unavailable | Violation | DatabaseFailure | Contention | MissedRows e) {
      if (e instanceof Unavailable) {
        fit = false;
      }
      if (transaction || !fit) {
        failure = e;
      }
      throw e;
    }
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
