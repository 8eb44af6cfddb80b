package dev.signalbox.ops.embedded;

import dev.signalbox.db.DatabaseSettings;
import dev.signalbox.db.Durability;
import dev.signalbox.db.Roles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own, which keeps its data in a directory and survives us: killed at any
 * instant, the next start finds everything that was committed. Durable settings are switched on,
 * and checked. Listens on the loopback address only, with passwords.
 *
 * <p>Nothing stops it when the JVM ends without {@link #close}; the next start then takes over.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String HOST = "127.0.0.1";
  private static final String SUPERUSER = "postgres";
  private static final String DATABASE = "signalbox";
  private static final int CONNECTIONS = 16;

  /** Of PostgreSQL's note about itself, from 0. */
  private static final int PORT_LINE = 3;

  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);

  private final DirectoryLock lock;
  private final Secrets secrets;
  private final EmbeddedPostgres server;
  private final Duration startedIn;

  private EmbeddedDatabase(
      DirectoryLock lock, Secrets secrets, EmbeddedPostgres server, Duration startedIn) {
    this.lock = lock;
    this.secrets = secrets;
    this.server = server;
    this.startedIn = startedIn;
  }

  /**
   * Starts the server, makes the roles and the database when they are missing, and takes over from
   * a predecessor that was killed. Blocks: about a second, some more the first time.
   *
   * @param dir where data, passwords and the unpacked program live; made when missing
   * @throws IllegalStateException in words for the operator: in use by another process, of another
   *     version, not durable, or does not start
   */
  public static EmbeddedDatabase start(Path dir) {
    return start(dir, dir.resolve("program"));
  }

  /** Like {@link #start(Path)}, with the program unpacked elsewhere, where several may share it. */
  static EmbeddedDatabase start(Path dir, Path program) {
    long begun = System.nanoTime();
    try {
      var home = PrivateFiles.directory(dir).toRealPath();
      var lock = DirectoryLock.take(home);
      try {
        return started(home, program, lock, begun);
      } catch (RuntimeException | IOException | Error e) {
        lock.release();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The data directory %s cannot be used.".formatted(dir), e);
    }
  }

  /**
   * How to reach, as the service does, the server that a program runs in a directory; null when
   * none runs there.
   *
   * @throws IllegalStateException when there never was a database
   */
  public static @Nullable DatabaseSettings running(Path dir) {
    try {
      if (!Files.exists(dir.resolve("postgres.complete"))) {
        throw new IllegalStateException(
            "There is no database in %s. Maybe name another directory with --data.".formatted(dir));
      }
      var note = dir.resolve("postgres/postmaster.pid");
      var lines = Files.exists(note) ? Files.readAllLines(note) : List.<String>of();
      if (lines.size() <= PORT_LINE
          || ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).isEmpty()) {
        return null;
      }
      int port = Integer.parseInt(lines.get(PORT_LINE).strip());
      return settings(port, Roles.APP, Secrets.in(dir).app());
    } catch (IOException | NumberFormatException e) {
      throw new IllegalStateException("The database in %s cannot be found.".formatted(dir), e);
    }
  }

  private static EmbeddedDatabase started(Path home, Path program, DirectoryLock lock, long begun)
      throws IOException {
    var secrets = Secrets.in(home);
    var server = new ServerProcess(home, program).start(secrets.superuser());
    try {
      var superuser = settings(server, SUPERUSER, SUPERUSER, secrets.superuser());
      Durability.verify(superuser);
      Roles.create(superuser, DATABASE, secrets.owner(), secrets.app());
      DataDirectory.in(home).markComplete();
    } catch (RuntimeException | IOException | Error e) {
      server.close();
      throw e;
    }
    var startedIn = Duration.ofNanos(System.nanoTime() - begun);
    LOG.info(
        "PostgreSQL runs on {}:{} with its data in {}, started in {} ms, fsync on.",
        HOST,
        server.getPort(),
        home,
        startedIn.toMillis());
    return new EmbeddedDatabase(lock, secrets, server, startedIn);
  }

  /** For migrations: owns the tables. */
  public DatabaseSettings owner() {
    return settings(server, DATABASE, Roles.OWNER, secrets.owner());
  }

  /** For the service: owns nothing, and may do what it was granted. */
  public DatabaseSettings app() {
    return settings(server, DATABASE, Roles.APP, secrets.app());
  }

  /** For the operator in need, and for tests that tamper. */
  public DatabaseSettings superuser() {
    return settings(server, DATABASE, SUPERUSER, secrets.superuser());
  }

  /** From the call to a server that is ready for migrations. */
  public Duration startedIn() {
    return startedIn;
  }

  private static DatabaseSettings settings(
      EmbeddedPostgres server, String database, String user, String password) {
    return settings(server.getPort(), user, password).withDatabase(database);
  }

  private static DatabaseSettings settings(int port, String user, String password) {
    return new DatabaseSettings(
        HOST, port, DATABASE, user, password, CONNECTIONS, null, SOCKET_TIMEOUT);
  }

  /** Ends all sessions, writes a checkpoint and stops the server. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not stop.", e);
    } finally {
      lock.release();
    }
  }
}
