package dev.signalbox.ops.bench;

import dev.signalbox.db.DatabaseSettings;
import dev.signalbox.ops.embedded.EmbeddedDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/** The same PostgreSQL by its own driver, without anything of ours between. */
final class Postgres implements AutoCloseable {
  private final Connection connection;

  private Postgres(Connection connection) {
    this.connection = connection;
  }

  static Postgres open(EmbeddedDatabase database) throws SQLException {
    var settings = database.superuser();
    var properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", String.valueOf(settings.password()));
    return new Postgres(DriverManager.getConnection(url(settings), properties));
  }

  private static String url(DatabaseSettings settings) {
    return "jdbc:postgresql://%s:%d/%s"
        .formatted(settings.host(), settings.port(), settings.database());
  }

  void run(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** How many rows were changed, in a transaction of its own. */
  int update(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  String text(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }

  byte[] copyOut(String query) throws SQLException, IOException {
    var bytes = new ByteArrayOutputStream();
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyOut("COPY (%s) TO STDOUT (FORMAT binary)".formatted(query), bytes);
    return bytes.toByteArray();
  }

  void copyIn(String table, byte[] rows) throws SQLException, IOException {
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "COPY %s FROM STDIN (FORMAT binary)".formatted(table), new ByteArrayInputStream(rows));
  }

  /** Does it in one transaction. */
  Duration timed(Work work) throws SQLException, IOException {
    connection.setAutoCommit(false);
    try {
      long began = System.nanoTime();
      work.run();
      connection.commit();
      return Duration.ofNanos(System.nanoTime() - began);
    } finally {
      connection.setAutoCommit(true);
    }
  }

  interface Work {
    void run() throws SQLException, IOException;
  }

  /** The processor time of all its processes so far. */
  Duration processorTime() throws SQLException, IOException {
    var file = Path.of(text("SHOW data_directory"), "postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(file).getFirst());
    return ProcessHandle.of(pid).stream()
        .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** What makes its commits durable, in one line. */
  String durability() throws SQLException {
    var settings = new StringBuilder(text("SELECT split_part(version(), ' on ', 1)"));
    for (var name :
        new String[] {
          "fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "shared_buffers"
        }) {
      settings.append(", ").append(name).append('=').append(text("SHOW " + name));
    }
    return settings.toString();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
