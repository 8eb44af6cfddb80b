package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.ops.testkit.Api;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.ops.testkit.Program;
import dev.signalbox.testkit.TestPostgres;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox up} as a process. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpIT {
  private static final String READY =
      "signalbox ready on http://127\\.0\\.0\\.1:\\d+ ruleset standard@[0-9a-f]{12}";

  @TempDir private Path directory;

  @Test
  void it_starts_with_nothing_keeps_its_secrets_and_starts_again_on_what_it_stored()
      throws Exception {
    var data = directory.resolve("data");
    var file = data.resolve("admin.key");
    String id;
    String key;
    try (var first = up(Map.of(), "--data", data.toString())) {
      assertThat(first.ready()).matches(READY);
      assertThat(first.out().lines().toList())
          .containsExactly("the admin's API key is in " + file, first.ready());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      key = Files.readString(file).strip();
      id = new Api(first.url(), key).reported(LiveBox.report("up-1"));
      assertThat(new Api(first.url(), "sbx_wrong").get("/v1/exceptions").statusCode())
          .isEqualTo(401);
      assertThat(new Api(first.url(), "sbx_wrong").get("/health/ready").statusCode())
          .isEqualTo(200);
      assertThat(reachable(outsideAddresses(), first)).as("bound to loopback only").isEmpty();
      assertThat(Program.workingIn(data)).isNotEmpty();
      assertThat(first.stop()).as("SIGTERM").isEqualTo(143);
      assertThat(Program.workingIn(data)).as("its PostgreSQL goes with it").isEmpty();
      assertThat(first.err()).isEmpty();
    }
    var kept = contents(data.resolve("rules"));
    assertThat(kept).as("compiled rules, for each of six decisions").hasSize(6);
    var damaged = data.resolve("rules").resolve(kept.firstKey());
    Files.write(damaged, new byte[] {1, 2, 3});
    long began = System.nanoTime();
    try (var second = up(Map.of(), "--data", data.toString())) {
      second.ready();
      System.out.printf(
          "up, warm: ready after %.1f s%n",
          Duration.ofNanos(System.nanoTime() - began).toMillis() / 1e3);
      assertThat(Files.readString(file).strip()).isEqualTo(key);
      assertThat(new Api(second.url(), key).get("/v1/exceptions/" + id).statusCode())
          .isEqualTo(200);
      assertThat(contents(data.resolve("rules")).keySet()).isEqualTo(kept.keySet());
      assertThat(Files.size(damaged)).isGreaterThan(1_000);
      var others = new TreeMap<>(kept);
      others.remove(kept.firstKey());
      assertThat(contents(data.resolve("rules")))
          .as("found, not compiled")
          .containsAllEntriesOf(others);
    }
  }

  /** Digests of the files in a folder. */
  private static SortedMap<String, String> contents(Path folder) throws IOException {
    var contents = new TreeMap<String, String>();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        contents.put(
            String.valueOf(file.getFileName()),
            Arrays.hashCode(Files.readAllBytes(file)) + " " + Files.size(file));
      }
    }
    return contents;
  }

  private static List<InetAddress> outsideAddresses() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && address instanceof Inet4Address)
        .toList();
  }

  private static List<InetAddress> reachable(List<InetAddress> addresses, Program program) {
    int port = URI.create(program.url()).getPort();
    return addresses.stream()
        .filter(address -> {
          try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 500);
            return true;
          } catch (IOException e) {
            return false;
          }
        })
        .toList();
  }

  @Test
  void variables_say_where_options_say_it_louder_and_an_outside_postgresql_will_do()
      throws Exception {
    var data = directory.resolve("elsewhere");
    try (var postgres = TestPostgres.freshDatabase();
        var program =
            up(
                Map.of(
                    "SIGNALBOX_PORT",
                    "1",
                    "SIGNALBOX_DATA",
                    data.toString(),
                    "SIGNALBOX_DATABASE_URL",
                    LiveBox.url(postgres),
                    "SIGNALBOX_ADMIN_KEY",
                    "a-key-of-my-own"))) {
      assertThat(program.ready()).matches(READY);
      assertThat(program.out().lines()).as("no file is named").hasSize(1);
      assertThat(data.resolve("admin.key")).doesNotExist();
      assertThat(Program.workingIn(data)).as("no PostgreSQL of its own").isEmpty();
      new Api(program.url(), "a-key-of-my-own").reported(LiveBox.report("up-2"));
      assertThat(
              postgres
                  .database()
                  .read(tx -> tx.query("SELECT count(*) AS count FROM exception_case"))
                  .getFirst()
                  .int64("count"))
          .isEqualTo(1);
    }
  }

  @Test
  void a_port_that_is_taken_is_said_in_a_line() throws Exception {
    try (var postgres = TestPostgres.freshDatabase();
        var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var program =
            start(
                Map.of("SIGNALBOX_DATABASE_URL", LiveBox.url(postgres)),
                "--port",
                Integer.toString(taken.getLocalPort()))) {
      assertThat(program.status()).isEqualTo(1);
      assertThat(program.err())
          .isEqualToIgnoringNewLines(
              "Nothing can listen on port %d of 127.0.0.1: Address already in use. Maybe choose"
                      .formatted(taken.getLocalPort())
                  + " another with --port.");
    }
  }

  @Test
  void a_database_that_is_away_is_said_in_a_line_without_its_password() throws Exception {
    try (var program =
        up(
            Map.of(
                "SIGNALBOX_DATABASE_URL", "postgresql://signalbox:s3cret@127.0.0.1:1/signalbox"))) {
      assertThat(program.status()).isEqualTo(1);
      assertThat(program.err())
          .isEqualToIgnoringNewLines(
              "The database postgresql://signalbox@127.0.0.1:1/signalbox cannot be used: PostgreSQL"
                  + " is not available (SQLSTATE 08001).");
    }
  }

  private Program up(Map<String, String> environment, String... arguments) throws IOException {
    var all = new ArrayList<>(List.of("--port", "0"));
    all.addAll(List.of(arguments));
    return start(environment, all.toArray(String[]::new));
  }

  private Program start(Map<String, String> environment, String... arguments) throws IOException {
    var variables = new HashMap<>(environment);
    variables.putIfAbsent("SIGNALBOX_DATA", directory.resolve("data").toString());
    // A slow machine is warned of, which is not what these are about.
    variables.putIfAbsent("SIGNALBOX_LOG_LEVEL", "ERROR");
    var all = new ArrayList<>(List.of("up"));
    all.addAll(List.of(arguments));
    return Program.start(directory, variables, all.toArray(String[]::new));
  }
}
