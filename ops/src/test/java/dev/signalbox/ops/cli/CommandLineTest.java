package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What people see who mistype, or ask for help. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandLineTest {

  /** Every command there is, so that a new one is covered when it comes. */
  static Stream<CommandLine> commands() {
    return below(SignalboxCommand.line(new SignalboxCommand()));
  }

  private static Stream<CommandLine> below(CommandLine line) {
    return Stream.concat(
        Stream.of(line), line.getSubcommands().values().stream().flatMap(CommandLineTest::below));
  }

  private static String[] words(CommandLine command, String last) {
    var name = command.getCommandSpec().qualifiedName().replaceFirst("^signalbox ?", "");
    return (name.isEmpty() ? last : name + " " + last).split(" ", -1);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_explains_itself_and_each_of_its_options(CommandLine command) {
    var spec = command.getCommandSpec();
    var said = Said.by(words(command, "--help"));

    assertThat(said.status()).isZero();
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).startsWith("Usage: " + spec.qualifiedName());
    assertThat(said.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(spec.usageMessage().description()).isNotEmpty();
    assertThat(spec.options())
        .allSatisfy(
            option -> assertThat(option.description()).as(option.longestName()).isNotEmpty());
    assertThat(spec.positionalParameters())
        .allSatisfy(parameter -> assertThat(parameter.description()).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_refuses_an_unknown_option_in_one_line(CommandLine command) {
    var said = Said.by(words(command, "--helpp"));
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.err())
        .isEqualToIgnoringNewLines(
            "There is no option \"--helpp\". Maybe --help. See: %s --help"
                .formatted(command.getCommandSpec().qualifiedName()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lod | There is no command \"lod\". Maybe load. See: signalbox --help",
        "audit verfy | There is no command \"verfy\". Maybe verify. See: signalbox audit --help",
        "xyzzyxyzzy | There is no command \"xyzzyxyzzy\". See: signalbox --help",
        "up --prot=80 | There is no option \"--prot\". Maybe --port. See: signalbox up --help",
        "help lod | There is no command \"lod\". Maybe load. See: signalbox --help",
        "load --urll=x | There is no option \"--urll\". Maybe --url. See: signalbox load --help",
        "up now | \"now\" is one argument too many. See: signalbox up --help",
        "up --port x | Invalid value for option '--port': 'x' is not an int. See: signalbox up --help",
        "load | Missing required parameter: 'FILE'. See: signalbox load --help",
        "audit | Say what to do: signalbox audit verify or replay. See: signalbox audit --help",
        "generate --count 0 | The option --count is 1 or more, not 0. See: signalbox generate --help",
        "generate --now soon | Invalid value for option '--now': \"soon\" is not an instant like"
            + " 2026-03-02T06:00:00Z. See: signalbox generate --help",
      })
  void a_mistake_is_one_line_and_status_2(String line, String error) {
    var said = Said.by(line.split(" ", -1));
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).isEqualToIgnoringNewLines(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "load none.ndjson --key-file KEY | The file none.ndjson does not exist.",
        "load . --key-file KEY | . is a directory.",
        "load pom.xml --key-file none.key | There is no API key in none.key. Maybe give one with"
            + " --key-file or SIGNALBOX_KEY.",
        "load pom.xml --key-file KEY --url local | \"local\" is not the address of an instance;"
            + " it is like http://127.0.0.1:8080.",
        "load pom.xml --key-file KEY --url http://127.0.0.1:1/ | Nobody answers at"
            + " http://127.0.0.1:1. Maybe start an instance: signalbox up",
        "audit verify --key-file KEY --url http://127.0.0.1:1 | Nobody answers at"
            + " http://127.0.0.1:1. Maybe start an instance: signalbox up",
        "audit replay --since soon --key-file KEY | \"soon\" is neither an instant such as"
            + " 2026-03-02T06:00:00Z nor a duration such as 24h, 7d or 23h59m.",
        "audit replay --since 2990-01-01T00:00:00Z --key-file KEY | \"2990-01-01T00:00:00Z\" lies"
            + " ahead; there is nothing since then.",
        "load pom.xml --key-file pom.xml | The file pom.xml holds no API key: a key is one word of"
            + " at most 200 characters.",
        "up --config none.yaml | The configuration file none.yaml does not exist.",
        "up --port 70000 | --port is 70000; a port is a whole number from 0 (any free one) to"
            + " 65535.",
        "test | The tests run with the script: ./signalbox test",
      })
  void what_cannot_be_done_is_said_in_a_sentence_with_status_1(
      String line, String error, @TempDir Path directory) throws Exception {
    var key = Files.writeString(directory.resolve("some.key"), "sbx_whatever\n");
    var said = Said.by(line.replace("KEY", key.toString()).split(" ", -1));
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err().strip()).endsWith(error);
    assertThat(said.err()).doesNotContain("Exception");
  }

  @Test
  void bad_configuration_is_a_sentence_for_each_problem(@TempDir Path directory) throws Exception {
    var file =
        Files.writeString(
            directory.resolve("box.yaml"), "prot: 1\nport: many\ntelemetry: {otlpEndpoint: x}\n");
    var said = Said.by("up", "--config", file.toString());
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err().lines())
        .containsExactly(
            "box.yaml, line 1: There is no setting \"prot\". Maybe \"port\".",
            "box.yaml, line 2: The setting \"port\" is a whole number from 0 to 65535, not"
                + " \"many\".",
            "The OTLP endpoint \"x\" is not an address like http://localhost:4318.");
  }

  @Test
  void bad_targets_are_a_sentence_each_and_no_database_is_started(@TempDir Path directory)
      throws Exception {
    var file =
        Files.writeString(
            directory.resolve("box.yaml"),
            """
            ruleset: %s/rules-repo/rulesets/standard
            targets:
              books: {kind: webhook, ulr: "https://x"}
              tickets: {kind: jria}
              other: {kind: webhook, url: "http://x", secrets: [file:none], dispatch: {attempts: 0}}
            """
                .formatted(System.getProperty("signalbox.root", "..")));
    var data = directory.resolve("data");
    var said = Said.by("up", "--config", file.toString(), "--data", data.toString());
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err().lines())
        .containsExactlyInAnyOrder(
            "There is no setting \"targets.books.ulr\". Maybe \"targets.books.url\".",
            "targets.books.url is missing.",
            "targets.books.secrets is missing; messages are signed with it.",
            "The target \"tickets\" is of the kind \"jria\"; there are jira, manual and webhook.",
            "targets.other.secrets refers to file:none, where there is nothing.",
            "The setting \"targets.other.dispatch.attempts\" is a whole number from 1 to 10000,"
                + " not 0.");
    assertThat(data).doesNotExist();
  }

  @Test
  void without_a_command_and_with_help_it_lists_them_all() {
    var said = Said.by();
    assertThat(said.status()).isZero();
    assertThat(said.out())
        .contains("up ", "demo ", "load ", "generate ", "audit ", "bench ", "test ", "help ")
        .isEqualTo(Said.by("help").out());
    assertThat(Said.by("help", "audit", "verify")).isEqualTo(Said.by("audit", "verify", "--help"));
  }

  @Test
  void the_version_is_the_same_everywhere() {
    assertThat(Said.by("--version").out())
        .matches("signalbox [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?( \\([0-9a-f]+(-dirty)?\\))?\\R");
    assertThat(SignalboxCommand.Version.text("1.2.3", "abc1234"))
        .isEqualTo("signalbox 1.2.3 (abc1234)");
    assertThat(Said.by("audit", "verify", "--version")).isEqualTo(Said.by("--version"));
  }

  @Test
  void generate_writes_as_many_lines_as_asked_the_same_for_the_same_seed(@TempDir Path directory)
      throws Exception {
    var first = generated(directory.resolve("first.ndjson"), "7");
    assertThat(Files.readAllLines(first)).hasSize(25);
    assertThat(generated(directory.resolve("again.ndjson"), "7")).hasSameBinaryContentAs(first);
    assertThat(Files.readAllBytes(generated(directory.resolve("other.ndjson"), "8")))
        .isNotEqualTo(Files.readAllBytes(first));
    var said = Said.by("generate", "--out", directory.resolve("none/x.ndjson").toString());
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err())
        .isEqualToIgnoringNewLines(
            "The file %s does not exist.".formatted(directory.resolve("none/x.ndjson")));
  }

  private static Path generated(Path file, String seed) {
    var said =
        Said.by(
            "generate",
            "--count",
            "25",
            "--seed",
            seed,
            "--now",
            "2026-03-02T06:00:00Z",
            "--out",
            file.toString());
    assertThat(said).isEqualTo(new Said(0, "", ""));
    return file;
  }
}
