package dev.signalbox.db;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables to the shape this program needs, as their owner. */
public final class Migrations {

  private Migrations() {}

  /**
   * Runs what has not run yet; several nodes may try at once, one works and the others wait.
   *
   * @param owner settings of the user that owns the tables
   * @throws DatabaseFailure when a migration fails, or was changed after it had run
   */
  public static void migrate(DatabaseSettings owner) {
    try {
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(DataSources.of(owner))
          .locations("classpath:db/migration")
          .table("schema_history")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new DatabaseFailure("The database could not be brought up to date.", e);
    }
  }
}
