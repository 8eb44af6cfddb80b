package dev.signalbox.db;

import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tables to the shape this program needs, as their owner. */
public final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private Migrations() {}

  /**
   * Runs what has not run yet; several nodes may try at once, one works and the others wait.
   *
   * @param owner settings of the user that owns the tables
   * @throws Unavailable when PostgreSQL is away
   * @throws DatabaseFailure when a migration fails, or was changed after it had run
   */
  public static void migrate(DatabaseSettings owner) {
    try {
      var done =
          Flyway.configure(Migrations.class.getClassLoader())
              .dataSource(DataSources.of(owner))
              .locations("classpath:db/migration")
              .table("schema_history")
              .load()
              .migrate();
      if (done.migrationsExecuted > 0) {
        LOG.info(
            "{} migrations brought the database to version {}.",
            done.migrationsExecuted,
            done.targetSchemaVersion);
      }
    } catch (FlywayException e) {
      throw failure(e);
    }
  }

  private static RuntimeException failure(FlywayException e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && Failures.of(sql) instanceof Unavailable away) {
        return away;
      }
    }
    return new DatabaseFailure(
        "The database could not be brought up to date. Maybe its cause says which migration"
            + " failed, or was changed after it had run.",
        e);
  }
}
