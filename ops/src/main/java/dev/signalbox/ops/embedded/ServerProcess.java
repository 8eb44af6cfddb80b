package dev.signalbox.ops.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Gets the server of one directory to run. */
final class ServerProcess {
  /** Recovery after a crash replays up to {@code max_wal_size} before it lets anyone in. */
  private static final Duration RECOVERY_MAX = Duration.ofMinutes(2);

  private static final long LOG_BYTES_MAX = 10_000_000;

  /** The wrapper's own defaults trade durability for the speed of tests: all of them are named. */
  private static final Map<String, String> CONFIG =
      Map.ofEntries(
          Map.entry("fsync", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("full_page_writes", "on"),
          // These binaries are built without lz4 and zstd.
          Map.entry("wal_compression", "pglz"),
          Map.entry("shared_buffers", "256MB"),
          Map.entry("max_wal_size", "4GB"),
          Map.entry("min_wal_size", "256MB"),
          Map.entry("checkpoint_timeout", "15min"),
          Map.entry("max_connections", "100"),
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("jit", "off"),
          Map.entry("idle_in_transaction_session_timeout", "60s"),
          Map.entry("timezone", "UTC"));

  private final Path home;
  private final UnpackedProgram program;
  private final DataDirectory data;

  ServerProcess(Path home, Path program) {
    this.home = home;
    this.program = new UnpackedProgram(program);
    data = DataDirectory.in(home);
  }

  /** Starts the server, on a port that is free, once nobody else is at work in its directory. */
  EmbeddedPostgres start(String superuserPassword) throws IOException {
    LeftScripts.sweep(Path.of(System.getProperty("java.io.tmpdir")), Instant.now());
    data.makeUsable();
    program.makeUsable();
    var passwordFile = PrivateFiles.write(home.resolve("initdb.password"), superuserPassword);
    try {
      var server = builder(superuserPassword, passwordFile).start();
      program.keep();
      return server;
    } catch (IOException e) {
      throw notStarted(e);
    } catch (IllegalStateException e) {
      // A program that it called failed.
      throw notStarted(e);
    } finally {
      Files.delete(passwordFile);
    }
  }

  private EmbeddedPostgres.Builder builder(String password, Path passwordFile) throws IOException {
    var log = Redirect.appendTo(log().toFile());
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data.path())
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(program.path().toFile())
            .setRegisterShutdownHook(false)
            .setPGStartupWait(RECOVERY_MAX)
            .setOutputRedirector(log)
            .setErrorRedirector(log)
            .setConnectConfig("password", password)
            // These become long options of initdb. The first two ask for passwords.
            .setLocaleConfig("pwfile", passwordFile.toString())
            .setLocaleConfig("auth-host", "scram-sha-256")
            // One order of text on every machine, whatever its own language.
            .setLocaleConfig("locale-provider", "builtin")
            .setLocaleConfig("builtin-locale", "C.UTF-8")
            .setLocaleConfig("locale", "C");
    CONFIG.forEach(builder::setServerConfig);
    return builder;
  }

  private Path log() throws IOException {
    var log = home.resolve("postgres.log");
    if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
      Files.move(log, home.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  private IllegalStateException notStarted(Exception cause) {
    return new IllegalStateException(
        "PostgreSQL did not start in %s. Maybe %s says why."
            .formatted(home, home.resolve("postgres.log")),
        cause);
  }
}
