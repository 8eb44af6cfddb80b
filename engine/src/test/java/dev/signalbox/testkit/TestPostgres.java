package dev.signalbox.testkit;

import dev.signalbox.db.Database;
import dev.signalbox.db.DatabaseSettings;
import dev.signalbox.db.Migrations;
import dev.signalbox.db.Roles;
import io.vertx.core.Vertx;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL for tests: one server for the whole run, and a fresh, migrated database for
 * whoever asks. A database is copied from a template, which takes a fraction of a second.
 */
public final class TestPostgres implements AutoCloseable {
  private static final String PASSWORD = "test";
  private static final String TEMPLATE = "signalbox_template";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name;
  private final Vertx vertx = Vertx.vertx();
  private final Database database;
  private final Database owner;
  private final Database superuser;

  private TestPostgres(String name) {
    this.name = name;
    database = Database.open(vertx, settings());
    owner = Database.open(vertx, ownerSettings());
    superuser = Database.open(vertx, superuserSettings(name));
  }

  /** A new database with all tables, and nothing in them. */
  public static TestPostgres freshDatabase() {
    var name = "signalbox_" + COUNT.incrementAndGet();
    Server.run("CREATE DATABASE %s TEMPLATE %s OWNER %s".formatted(name, TEMPLATE, Roles.OWNER));
    return new TestPostgres(name);
  }

  /** The database, as the service sees it. */
  public Database database() {
    return database;
  }

  /** The database, as migrations see it. */
  public Database asOwner() {
    return owner;
  }

  /** The database, as an intruder with all rights sees it. */
  public Database asSuperuser() {
    return superuser;
  }

  public Vertx vertx() {
    return vertx;
  }

  /** How the service connects. */
  public DatabaseSettings settings() {
    return superuserSettings(name).withUser(Roles.APP, PASSWORD);
  }

  public DatabaseSettings ownerSettings() {
    return superuserSettings(name).withUser(Roles.OWNER, PASSWORD);
  }

  private static DatabaseSettings superuserSettings(String database) {
    return new DatabaseSettings(
        "127.0.0.1",
        Server.POSTGRES.getPort(),
        database,
        "postgres",
        null,
        8,
        null,
        Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    database.close();
    owner.close();
    superuser.close();
    vertx.close();
    Server.run("DROP DATABASE %s WITH (FORCE)".formatted(name));
  }

  /** Started on first use, gone with the JVM. */
  private static final class Server {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        var postgres =
            EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        var superuser =
            new DatabaseSettings(
                "127.0.0.1",
                postgres.getPort(),
                "postgres",
                "postgres",
                null,
                1,
                null,
                Duration.ofSeconds(30));
        Roles.create(superuser, TEMPLATE, PASSWORD, PASSWORD);
        Migrations.migrate(superuser.withDatabase(TEMPLATE).withUser(Roles.OWNER, PASSWORD));
        return postgres;
      } catch (IOException e) {
        throw new UncheckedIOException("The PostgreSQL for tests did not start.", e);
      }
    }

    static synchronized void run(String sql) {
      try (var connection = POSTGRES.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }
  }
}
