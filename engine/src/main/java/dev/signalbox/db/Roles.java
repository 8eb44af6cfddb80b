package dev.signalbox.db;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The two roles: one owns the tables and migrates them, the other is the service, owns nothing, and
 * so cannot touch what it was not granted.
 */
public final class Roles {
  public static final String OWNER = "signalbox_owner";
  public static final String APP = "signalbox_app";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private Roles() {}

  /**
   * Makes both roles and the database on a server of our own; repeatable.
   *
   * @param superuser connected to any database of the server
   */
  public static void create(
      DatabaseSettings superuser, String database, String ownerPassword, String appPassword) {
    try (var connection = DataSources.of(superuser).getConnection()) {
      login(connection, OWNER, ownerPassword);
      login(connection, APP, appPassword);
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
        run(connection, "CREATE DATABASE " + quoted(database) + " OWNER " + OWNER);
      }
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  /**
   * Makes the service's role on a server that others run, where the one user we have may do that,
   * and lets the user become it.
   *
   * @throws DatabaseFailure when the user may not; the words say what an administrator has to run
   */
  public static void lend(DatabaseSettings user) {
    try (var connection = DataSources.of(user).getConnection()) {
      var grant = "GRANT %s TO %s;".formatted(APP, quoted(user.user()));
      if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", APP)) {
        arrange(connection, "CREATE ROLE %s NOLOGIN; %s".formatted(APP, grant), user);
      } else if (!exists(connection, "SELECT 1 WHERE pg_has_role(?, 'SET')", APP)) {
        arrange(connection, grant, user);
      }
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  private static void arrange(Connection connection, String sql, DatabaseSettings user)
      throws SQLException {
    try {
      run(connection, sql);
    } catch (SQLException e) {
      if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
        throw e;
      }
      throw new DatabaseFailure(
          "The user %s may not set up the role %s. Maybe have an administrator run: %s"
              .formatted(user.user(), APP, sql),
          e);
    }
  }

  private static void login(Connection connection, String role, String password)
      throws SQLException {
    var verb =
        exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role) ? "ALTER" : "CREATE";
    run(connection, "%s ROLE %s LOGIN PASSWORD '%s'".formatted(verb, role, escaped(password)));
  }

  private static boolean exists(Connection connection, String sql, String argument)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, argument);
      try (var result = statement.executeQuery()) {
        return result.next();
      }
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String escaped(String text) {
    return text.replace("'", "''");
  }
}
