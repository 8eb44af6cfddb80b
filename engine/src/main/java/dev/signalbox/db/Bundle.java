package dev.signalbox.db;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are sent together with their BEGIN and COMMIT, in one round trip. How many rows a
 * statement changed is compared by the server, since nobody is asked in between.
 */
final class Bundle implements Changes {
  private final StringBuilder sql = new StringBuilder(Line.BEGIN);
  private final List<@Nullable Object> arguments = new ArrayList<>();
  private boolean empty = true;

  @Override
  public void change(String statement, @Nullable Object... some) {
    empty = false;
    sql.append(";\n").append(statement.strip());
    Collections.addAll(arguments, some);
  }

  @Override
  public void changeExactly(int rows, String statement, @Nullable Object... some) {
    change(
        "WITH done AS (%s RETURNING 1) SELECT expect_rows(count(*), ?) FROM done"
            .formatted(statement.strip()),
        some);
    arguments.add((long) rows);
  }

  boolean isEmpty() {
    return empty;
  }

  String sql() {
    return sql + ";\n" + Tx.COMMIT;
  }

  @Nullable Object[] arguments() {
    return arguments.toArray();
  }
}
