package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.ops.testkit.Program;
import dev.signalbox.testkit.Until;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox load} against a running node. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoadIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static LiveBox box;

  @TempDir private Path directory;

  @BeforeAll
  static void start(@TempDir Path data) {
    box = LiveBox.start(data);
  }

  @AfterAll
  static void stop() {
    box.close();
  }

  @Test
  void a_file_of_good_lines_is_taken_whole() throws Exception {
    var file = file(LiveBox.report("good-1"), LiveBox.report("good-2"), LiveBox.report("good-1"));
    var said = load(file, directory.resolve("refused.ndjson"));
    assertThat(said.status()).isZero();
    assertThat(said.out())
        .matches("3 lines in [0-9]+\\.[0-9] s: duplicate 1, recorded 2\\.\\R")
        .doesNotContain("efused");
    assertThat(directory.resolve("refused.ndjson")).doesNotExist();
  }

  @Test
  void refused_lines_lie_in_a_file_as_they_were_each_with_its_reason() throws Exception {
    var conflicting = LiveBox.report("bad-1").put("amount", "7.00").toString();
    var file =
        file(
            LiveBox.report("bad-1"),
            "",
            "{\"source\": 1",
            conflicting,
            LiveBox.report("bad-2").put("currency", "EURO"));
    var refused = directory.resolve("mine.ndjson");
    var said = load(file, refused);

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out())
        .matches(
            "4 lines in [0-9]+\\.[0-9] s: conflict 1, recorded 1, refused 2\\."
                + " Refused lines and their reasons are in .*mine\\.ndjson\\.\\R");
    var lines = json(refused);
    assertThat(lines).extracting(line -> line.path("line").asInt()).containsExactly(3, 4, 5);
    assertThat(lines.get(0).path("text").asText()).isEqualTo("{\"source\": 1");
    assertThat(lines.get(0).at("/problem/errors/0/code").asText()).isEqualTo("NOT_JSON");
    assertThat(lines.get(1).path("text").asText()).isEqualTo(conflicting);
    assertThat(lines.get(1).at("/problem/code").asText()).isEqualTo("CONFLICT");
    assertThat(lines.get(2).at("/problem/errors/0/pointer").asText()).isEqualTo("/currency");
  }

  @Test
  void the_file_of_an_earlier_load_goes_when_nothing_is_refused_now() throws Exception {
    var refused = directory.resolve("refused.ndjson");
    assertThat(load(file("no report"), refused).status()).isEqualTo(1);
    assertThat(json(refused)).hasSize(1);

    assertThat(load(file(LiveBox.report("mended-1")), refused).status()).isZero();
    assertThat(refused).doesNotExist();
  }

  @Test
  void the_file_that_is_loaded_is_not_the_one_for_refused_lines() throws Exception {
    var file = file(LiveBox.report("same-1"), "no report");
    var before = Files.readString(file);
    var said = load(file, directory.resolve(".").resolve(file.getFileName()));
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err()).endsWith("Maybe name another file with --refused.\n");
    assertThat(file).hasContent(before);
  }

  @Test
  void bytes_that_are_no_text_arrive_as_they_are_and_are_refused() throws Exception {
    var bytes =
        (LiveBox.report("bytes-1").put("reasonDetails", "?") + "\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xC3;
    var file = Files.write(directory.resolve("bytes.ndjson"), bytes);
    var refused = directory.resolve("refused.ndjson");
    assertThat(load(file, refused).status()).isEqualTo(1);
    assertThat(json(refused).getFirst().at("/problem/detail").asText()).contains("UTF-8");
  }

  @Test
  void a_stream_is_answered_while_it_goes_on_and_ctrl_c_leaves_what_came_of_it() throws Exception {
    try (var program = program("load", "-")) {
      for (int i = 0; i < 20; i++) {
        program.in().write((LiveBox.report("stream-" + i) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      program.in().write("{no json\n".getBytes(StandardCharsets.UTF_8));
      program.in().flush();
      Until.holds(() -> program.err().contains("21/?"));
      program.interrupt();

      assertThat(program.status()).as("as of every program that Ctrl-C ends").isEqualTo(130);
      assertThat(program.err().lines().toList().getLast())
          .matches(
              "Stopped\\. 21 lines in [0-9]+\\.[0-9] s: recorded 20, refused 1\\."
                  + " Refused lines and their reasons are in refused\\.ndjson\\."
                  + " Repeating the load is safe\\.");
      assertThat(json(directory.resolve("refused.ndjson"))).hasSize(1);
    }
  }

  @Test
  void the_standard_input_is_loaded_to_its_end_with_progress_rate_and_time() throws Exception {
    try (var program = program("load", "-", "--refused", "none.ndjson")) {
      program.in().write(LiveBox.report("input-1").toString().getBytes(StandardCharsets.UTF_8));
      program.in().close();
      assertThat(program.status()).isZero();
      assertThat(program.out()).matches("1 lines in [0-9]+\\.[0-9] s: recorded 1\\.\\R");
    }
    var file = file(LiveBox.report("input-2"), LiveBox.report("input-3"));
    try (var program = program("load", file.toString())) {
      assertThat(program.status()).isZero();
      assertThat(program.err())
          .containsPattern("reports 100% \\[=+] 2/2 \\(0:00:\\d\\d / 0:00:\\d\\d\\) [\\d.?]+/s");
    }
  }

  @Test
  void a_wrong_key_is_said_in_a_line() throws Exception {
    var key = Files.writeString(directory.resolve("other.key"), "sbx_not_the_key");
    var file = file(LiveBox.report("key-1"));
    for (var command : List.of(List.of("load", file.toString()), List.of("audit", "verify"))) {
      var line = new ArrayList<>(command);
      line.addAll(List.of("--url", box.url(), "--key-file", key.toString()));
      var said = Said.by(line.toArray(String[]::new));
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.out()).isEmpty();
      assertThat(said.err())
          .isEqualToIgnoringNewLines(
              box.url() + " does not know this key. Maybe give another with --key-file.");
    }
  }

  @RepeatedTest(5)
  void a_connection_that_breaks_leaves_what_was_answered() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerTwoLinesAndBreak(server));
      var said =
          Said.by(
              "load",
              file(LiveBox.report("a"), LiveBox.report("b"), LiveBox.report("c")).toString(),
              "--url",
              "http://127.0.0.1:" + server.getLocalPort(),
              "--key-file",
              key().toString());
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.err().lines().toList().getFirst())
          .matches(
              "The load broke off\\. 2 lines in [0-9]+\\.[0-9] s: recorded 2\\."
                  + " Repeating the load is safe\\.");
      assertThat(said.err().lines()).hasSize(2);
    }
  }

  private static void answerTwoLinesAndBreak(ServerSocket server) {
    try (var socket = server.accept()) {
      var line = "{\"line\":1,\"status\":\"recorded\"}\n{\"line\":2,\"status\":\"recorded\"}\n";
      // Whatever was left unread would break the connection before its end arrives.
      var request = new StringBuilder();
      for (var block = new byte[1 << 16]; request.indexOf("\r\n0\r\n\r\n") < 0; ) {
        int length = socket.getInputStream().read(block);
        request.append(new String(block, 0, Math.max(0, length), StandardCharsets.US_ASCII));
      }
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n"
                  .formatted(line.length(), line)
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Said load(Path file, Path refused) throws IOException {
    return Said.by(
        "load",
        file.toString(),
        "--url",
        box.url(),
        "--key-file",
        key().toString(),
        "--refused",
        refused.toString());
  }

  private Program program(String... arguments) throws IOException {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", box.url()));
    return Program.start(directory, Map.of("SIGNALBOX_KEY", box.key()), all.toArray(String[]::new));
  }

  private Path key() throws IOException {
    return Files.writeString(directory.resolve("box.key"), box.key() + "\n");
  }

  private Path file(Object... lines) throws IOException {
    return Files.write(
        directory.resolve("lines.ndjson"), List.of(lines).stream().map(Object::toString).toList());
  }

  private static List<JsonNode> json(Path file) throws IOException {
    var nodes = new ArrayList<JsonNode>();
    for (var line : Files.readAllLines(file)) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }
}
