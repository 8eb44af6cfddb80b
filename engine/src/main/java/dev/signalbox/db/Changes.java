package dev.signalbox.db;

import org.jspecify.annotations.Nullable;

/** Takes statements that change something, and whose answers nobody needs. */
public interface Changes {
  /** Changes rows, however many. Arguments are as with {@link Tx}. */
  void change(String sql, @Nullable Object... arguments);

  /**
   * Changes so many rows, or nothing at all: else all of it ends with {@link MissedRows}.
   *
   * @param sql without a RETURNING clause
   */
  void changeExactly(int rows, String sql, @Nullable Object... arguments);
}
