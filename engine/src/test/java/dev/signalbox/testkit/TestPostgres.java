package dev.signalbox.testkit;

import dev.signalbox.db.Database;
import dev.signalbox.db.DatabaseSettings;
import dev.signalbox.db.Roles;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * A real PostgreSQL for tests: one server for the whole run, and a fresh, migrated database for
 * whoever asks. A database is copied from a template, which takes a fraction of a second.
 */
public final class TestPostgres implements AutoCloseable {
  private final TestServer server;
  private final boolean isAlone;
  private final String name;
  private final Vertx vertx = Vertx.vertx();
  private final Database database;
  private final Database owner;
  private final Database superuser;

  private TestPostgres(TestServer server, boolean isAlone) {
    this.server = server;
    this.isAlone = isAlone;
    name = server.freshDatabase();
    database = Database.open(vertx, settings());
    owner = Database.open(vertx, ownerSettings());
    superuser = Database.open(vertx, server.superuser(name));
  }

  /** A new database with all tables, and nothing in them. */
  public static TestPostgres freshDatabase() {
    return new TestPostgres(TestServer.shared(), false);
  }

  /**
   * A new database on a server of its own, which can be killed and frozen.
   *
   * @param socketTimeout after so long without a byte the server counts as gone
   */
  public static TestPostgres onItsOwnServer(Duration socketTimeout) {
    return new TestPostgres(TestServer.alone(socketTimeout), true);
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
    return server.superuser(name).withUser(Roles.APP, TestServer.PASSWORD);
  }

  public DatabaseSettings ownerSettings() {
    return server.superuser(name).withUser(Roles.OWNER, TestServer.PASSWORD);
  }

  /** Ends every process of the server at once, as a crash does. */
  public void kill() {
    alone().kill();
  }

  /** Starts the server again after a {@link #kill}. */
  public void restart() {
    alone().restart();
  }

  /** Stops every process of the server where it is; connections stay open and nothing answers. */
  public void freeze() {
    alone().freeze();
  }

  /** Lets it go on after a {@link #freeze}. */
  public void thaw() {
    alone().thaw();
  }

  private TestServer alone() {
    if (!isAlone) {
      throw new IllegalStateException("Others use this server, too.");
    }
    return server;
  }

  @Override
  public void close() {
    database.close();
    owner.close();
    superuser.close();
    vertx.close();
    if (isAlone) {
      server.close();
    } else {
      server.run("DROP DATABASE %s WITH (FORCE)".formatted(name));
    }
  }
}
