package dev.signalbox.testkit;

import dev.signalbox.db.DatabaseSettings;
import dev.signalbox.db.Migrations;
import dev.signalbox.db.Roles;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server for tests, with a migrated template. One is shared by the whole run; whoever
 * wants to kill or freeze it starts one alone.
 */
final class TestServer implements AutoCloseable {
  static final String PASSWORD = "test";
  private static final String TEMPLATE = "signalbox_template";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final long PATIENCE_SECONDS = 20;

  private final Path data;
  private final Duration socketTimeout;
  private final boolean goesWithTheJvm;
  private final int port;
  private EmbeddedPostgres postgres;

  private TestServer(Path data, Duration socketTimeout, boolean goesWithTheJvm) {
    this.data = data;
    this.goesWithTheJvm = goesWithTheJvm;
    this.socketTimeout = socketTimeout;
    postgres = started(0);
    port = postgres.getPort();
    var superuser = superuser("postgres").withConnections(1);
    Roles.create(superuser, TEMPLATE, PASSWORD, PASSWORD);
    Migrations.migrate(superuser.withDatabase(TEMPLATE).withUser(Roles.OWNER, PASSWORD));
  }

  /** The one that everybody uses; it is gone with the JVM. */
  static TestServer shared() {
    return Shared.SERVER;
  }

  /**
   * One of its own.
   *
   * @param socketTimeout after so long without a byte the server counts as gone
   */
  static TestServer alone(Duration socketTimeout) {
    return new TestServer(directory(), socketTimeout, false);
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("signalbox-test-postgres");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private EmbeddedPostgres started(int wantedPort) {
    try {
      return EmbeddedPostgres.builder()
          .setPort(wantedPort)
          .setDataDirectory(data)
          .setCleanDataDirectory(goesWithTheJvm)
          .setServerConfig("max_connections", "200")
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("The PostgreSQL for tests did not start.", e);
    }
  }

  /** A new database, copied from the template. */
  String freshDatabase() {
    var name = "signalbox_" + COUNT.incrementAndGet();
    run("CREATE DATABASE %s TEMPLATE %s OWNER %s".formatted(name, TEMPLATE, Roles.OWNER));
    return name;
  }

  DatabaseSettings superuser(String database) {
    return new DatabaseSettings(
        "127.0.0.1", port, database, "postgres", null, 8, null, socketTimeout);
  }

  synchronized void run(String sql) {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Ends every process of the server at once, as a crash does. */
  void kill() {
    var processes = processes();
    processes.forEach(ProcessHandle::destroyForcibly);
    for (var process : processes) {
      process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  /** Starts it again after a {@link #kill}, on the same data and the same port. */
  void restart() {
    close(postgres);
    postgres = started(port);
  }

  /** Stops every process of the server where it is; connections stay open and nothing answers. */
  void freeze() {
    signal("-STOP");
  }

  void thaw() {
    signal("-CONT");
  }

  private void signal(String signal) {
    var command = new ArrayList<>(List.of("kill", signal));
    processes().forEach(process -> command.add(Long.toString(process.pid())));
    try {
      if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
        throw new AssertionError("The server did not take the signal " + signal + ".");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted.", e);
    }
  }

  /** The server and all it has started, the server first. */
  private List<ProcessHandle> processes() {
    try {
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
      var server = ProcessHandle.of(pid).orElseThrow();
      var processes = new ArrayList<>(List.of(server));
      processes.addAll(server.descendants().toList());
      return processes;
    } catch (IOException e) {
      throw new UncheckedIOException("The server does not run.", e);
    }
  }

  @Override
  public void close() {
    close(postgres);
    try (var files = Files.walk(data)) {
      for (var file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Started on first use. */
  private static final class Shared {
    static final TestServer SERVER = new TestServer(directory(), Duration.ofSeconds(30), true);
  }
}
