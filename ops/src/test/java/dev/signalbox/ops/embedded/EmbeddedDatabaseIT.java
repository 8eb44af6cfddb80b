package dev.signalbox.ops.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.db.Database;
import dev.signalbox.db.DatabaseSettings;
import dev.signalbox.db.Migrations;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EmbeddedDatabaseIT {
  @TempDir static Path program;
  @TempDir Path dir;
  private static Vertx vertx;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    vertx.close();
  }

  private EmbeddedDatabase start() {
    return EmbeddedDatabase.start(dir, program);
  }

  @Test
  void it_is_durable_listens_on_loopback_and_wants_passwords() {
    try (var embedded = start()) {
      assertThat(setting(embedded, "fsync")).isEqualTo("on");
      assertThat(setting(embedded, "synchronous_commit")).isEqualTo("on");
      assertThat(setting(embedded, "full_page_writes")).isEqualTo("on");
      assertThat(setting(embedded, "data_checksums")).isEqualTo("on");
      assertThat(setting(embedded, "listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(setting(embedded, "unix_socket_directories")).isEmpty();
      assertThatThrownBy(() -> one(embedded.app().withUser("signalbox_app", "guessed"), "SELECT 1"))
          .hasStackTraceContaining("password authentication failed");
    }
  }

  @Test
  void a_restart_keeps_the_data_and_is_quick() {
    try (var first = start()) {
      Migrations.migrate(first.owner());
      put(first, 1);
    }
    try (var second = start()) {
      assertThat(count(second)).isEqualTo(1);
      assertThat(second.startedIn()).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void a_second_start_in_the_same_directory_is_refused() throws IOException {
    try (var _ = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "The data directory %s is in use by process %d."
                      .formatted(dir.toRealPath(), ProcessHandle.current().pid())
                  + " Maybe stop that one, or choose another directory with --data.");
    }
  }

  @Test
  void passwords_data_and_program_are_for_their_owner_alone() throws IOException {
    try (var _ = start();
        var files = Files.list(dir.resolve("secrets"))) {
      assertThat(mode(dir.resolve("secrets"))).isEqualTo("rwx------");
      assertThat(mode(dir.resolve("postgres"))).isEqualTo("rwx------");
      assertThat(mode(program)).isEqualTo("rwx------");
      assertThat(files)
          .hasSize(3)
          .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
      assertThat(dir.resolve("initdb.password")).doesNotExist();
    }
  }

  @Test
  void the_postmaster_may_be_killed() throws Exception {
    try (var first = start()) {
      put(first, 1);
      kill(postmaster());
    }
    try (var second = start()) {
      assertThat(count(second)).isEqualTo(1);
    }
  }

  @Test
  void a_server_left_behind_by_a_killed_program_is_taken_over() throws Exception {
    start().close();
    var program = startProgram();
    var orphan = postmaster();
    kill(program);
    assertThat(orphan.isAlive()).isTrue();

    try (var successor = start()) {
      assertThat(orphan.isAlive()).isFalse();
      assertThat(count(successor)).isEqualTo(1);
    }
  }

  @Test
  void the_number_of_a_dead_server_may_meanwhile_belong_to_another_program() throws IOException {
    start().close();
    var ours = Long.toString(ProcessHandle.current().pid());
    Files.write(
        dir.resolve("postgres/postmaster.pid"),
        List.of(ours, dir.resolve("postgres").toRealPath().toString(), "0", "5432", "", "", ""));

    try (var second = start()) {
      assertThat(setting(second, "fsync")).isEqualTo("on");
    }
  }

  @Test
  void what_a_first_start_left_half_made_is_set_aside_and_not_deleted() throws IOException {
    Files.createDirectories(dir.resolve("postgres"));
    Files.writeString(dir.resolve("postgres/postgresql.conf"), "half");

    try (var embedded = start()) {
      assertThat(setting(embedded, "fsync")).isEqualTo("on");
      assertThat(dir.resolve("postgres.incomplete-1/postgresql.conf")).hasContent("half");
    }
  }

  @Test
  void data_of_another_version_is_refused() throws IOException {
    Files.createDirectories(dir.resolve("postgres"));
    Files.writeString(dir.resolve("postgres/PG_VERSION"), "16\n");
    Files.writeString(dir.resolve("postgres.complete"), "16");
    Files.createDirectories(dir.resolve("secrets"));
    Files.writeString(dir.resolve("secrets/superuser.password"), "secret");

    assertThatThrownBy(this::start)
        .hasMessage(
            "The data in %s was written by PostgreSQL 16; this program brings 18."
                    .formatted(dir.toRealPath().resolve("postgres"))
                + " Maybe dump it with the old version and load it with the new one.");
  }

  @Test
  void lost_passwords_are_said_to_be_lost() throws IOException {
    Files.writeString(dir.resolve("postgres.complete"), "18");

    assertThatThrownBy(this::start)
        .hasMessage(
            "The passwords of the database are missing in %s. Maybe restore them from a backup."
                .formatted(dir.toRealPath().resolve("secrets")));
  }

  @Test
  void a_refused_start_gives_the_directory_back() throws IOException {
    Files.writeString(dir.resolve("postgres.complete"), "18");
    assertThatThrownBy(this::start).isInstanceOf(IllegalStateException.class);
    Files.delete(dir.resolve("postgres.complete"));

    try (var embedded = start()) {
      assertThat(setting(embedded, "fsync")).isEqualTo("on");
    }
  }

  /** Another JVM that starts the database, puts one row there, and waits to be killed. */
  private ProcessHandle startProgram() throws IOException {
    try (var ready = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ready.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
      var java =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  KilledProgram.class.getName(),
                  dir.toString(),
                  program.toString(),
                  Integer.toString(ready.getLocalPort()))
              .redirectErrorStream(true)
              .redirectOutput(dir.resolve("program.log").toFile())
              .start();
      ready.accept().close();
      return java.toHandle();
    }
  }

  /** The program that is killed. */
  static final class KilledProgram {
    private KilledProgram() {}

    public static void main(String[] arguments) throws Exception {
      vertx = Vertx.vertx();
      var embedded = EmbeddedDatabase.start(Path.of(arguments[0]), Path.of(arguments[1]));
      put(embedded, 1);
      try (var ready =
          new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2]))) {
        ready.getOutputStream().flush();
      }
      new CountDownLatch(1).await();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private ProcessHandle postmaster() throws IOException {
    var pid = Files.readAllLines(dir.resolve("postgres/postmaster.pid")).getFirst().strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static void kill(ProcessHandle process) throws Exception {
    process.destroyForcibly();
    process.onExit().get(10, TimeUnit.SECONDS);
  }

  private static void put(EmbeddedDatabase embedded, long number) {
    try (var database = Database.open(vertx, embedded.owner())) {
      database.inTransaction(tx -> {
        tx.update("CREATE TABLE IF NOT EXISTS kept (number bigint PRIMARY KEY)");
        return tx.update("INSERT INTO kept VALUES (?)", number);
      });
    }
  }

  private static long count(EmbeddedDatabase embedded) {
    try (var database = Database.open(vertx, embedded.owner())) {
      return database
          .read(tx -> tx.query("SELECT count(*) AS count FROM kept"))
          .getFirst()
          .int64("count");
    }
  }

  private static String setting(EmbeddedDatabase embedded, String name) {
    return one(embedded.superuser(), "SELECT current_setting('%s') AS value".formatted(name));
  }

  private static String one(DatabaseSettings settings, String sql) {
    try (var database = Database.open(vertx, settings)) {
      return database.read(tx -> tx.query(sql)).getFirst().text("value");
    }
  }
}
