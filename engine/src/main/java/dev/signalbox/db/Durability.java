package dev.signalbox.db;

import java.sql.SQLException;

/** Whether a server keeps what it has acknowledged when the power fails. */
public final class Durability {
  private static final String WEAK =
      "SELECT name, setting FROM pg_settings"
          + " WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')"
          + " AND setting = 'off' ORDER BY name LIMIT 1";

  private Durability() {}

  /**
   * Asks the server for the settings that matter, as they are for the user that will connect.
   *
   * @throws IllegalStateException naming the setting that would lose acknowledged work
   */
  public static void verify(DatabaseSettings settings) {
    try (var connection = DataSources.of(settings).getConnection();
        var statement = connection.createStatement();
        var weak = statement.executeQuery(WEAK)) {
      if (weak.next()) {
        throw new IllegalStateException(
            ("PostgreSQL at %s:%d runs with %s = %s and may lose acknowledged work."
                    + " Maybe switch it on.")
                .formatted(
                    settings.host(),
                    settings.port(),
                    weak.getString("name"),
                    weak.getString("setting")));
      }
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }
}
