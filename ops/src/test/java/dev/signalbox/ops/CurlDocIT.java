package dev.signalbox.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.ops.testkit.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documents tell people to type into a shell with {@code curl}, typed against the running
 * program. A block takes the address from {@code URL} where that is set, and the key from where the
 * program left it; a comment above each call begins with the status it promises.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CurlDocIT {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
  private static final Pattern PROMISED = Pattern.compile("(?m)^# ([1-5][0-9]{2}) ");
  private static final Pattern CALL = Pattern.compile("(?m)^\\s*(?:[A-Z]+=\\$\\()?curl ");

  /** The block as it is written; beside it, curl tells the status of each answer. */
  private static final String TELLING_STATUS =
      "curl() { command curl -w '%{stderr}status %{http_code}\\n' \"$@\"; }\n";

  @TempDir private static Path directory;
  private static Program program;

  record Block(String file, String text) {
    @Override
    public String toString() {
      return file + ": " + text.lines().filter(line -> line.startsWith("# ")).toList();
    }
  }

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(hasCurl(), "Skipped, since there is no curl on this machine.");
    program = Program.start(directory, Map.of(), "up", "--port", "0", "--data", "data");
    program.ready();
  }

  @AfterAll
  static void stop() {
    if (program != null) {
      program.close();
    }
  }

  private static boolean hasCurl() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "curl")));
  }

  static List<Block> blocks() throws IOException {
    var files = new ArrayList<>(List.of(LiveBox.root().resolve("README.md")));
    try (var docs = Files.list(LiveBox.root().resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
    }
    var blocks = new ArrayList<Block>();
    for (var file : files) {
      BLOCK
          .matcher(Files.readString(file))
          .results()
          .map(match -> new Block(file.getFileName().toString(), match.group(1)))
          .filter(block -> block.text().contains("curl"))
          .forEach(blocks::add);
    }
    return blocks;
  }

  @Test
  void there_is_something_to_type() throws IOException {
    assertThat(blocks()).extracting(Block::file).contains("README.md", "operations.md");
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void every_call_ends_well_with_the_status_it_promises(Block block) throws Exception {
    var builder = new ProcessBuilder("sh", "-eu", "-c", TELLING_STATUS + block.text());
    builder.directory(directory.toFile());
    builder.environment().remove("KEY");
    builder.environment().put("URL", program.url());
    var shell = builder.start();
    shell.getOutputStream().close();
    var out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    var err = new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(shell.waitFor()).as(err).isZero();
    var promised =
        PROMISED.matcher(block.text()).results().map(m -> "status " + m.group(1)).toList();
    assertThat(promised).hasSize((int) CALL.matcher(block.text()).results().count());
    assertThat(err.lines().toList()).as(out).isEqualTo(promised);
  }
}
