package dev.signalbox.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.testkit.Until;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code signalbox} in a clone that is not built yet. Its JDK and its Maven are scripts
 * that say what they do; this Maven works in the clone until the file {@code go} is there.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScriptIT {
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$@" >> builds
      until [ -f go ]; do sleep 0.1; done
      mkdir -p ops/target
      """;

  @TempDir private Path clone;

  @BeforeEach
  void clones() throws IOException {
    Files.copy(LiveBox.root().resolve("signalbox"), clone.resolve("signalbox"));
    Files.createFile(clone.resolve("pom.xml"));
    Files.createDirectories(clone.resolve("ops/src/main"));
    Files.createDirectories(clone.resolve("jdk/bin"));
    Files.writeString(clone.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    executable("jdk/bin/javac", "#!/bin/sh\n");
    executable("jdk/bin/java", "#!/bin/sh\necho the program runs\n");
    executable("jdk/bin/mvn", MAVEN);
  }

  private void executable(String name, String text) throws IOException {
    assertThat(Files.writeString(clone.resolve(name), text).toFile().setExecutable(true)).isTrue();
  }

  @Test
  void two_at_the_same_time_build_once_and_the_second_says_that_it_waits() throws Exception {
    var first = signalbox("up");
    Until.holds(() -> Files.exists(clone.resolve("builds")));
    var second = signalbox("up");
    Until.holds(() -> said(second).contains("waiting"));
    go();

    assertThat(ended(first)).endsWith("the program runs");
    assertThat(ended(second))
        .containsExactly(
            "waiting for process %d, which builds signalbox (if it does not: rm %s)"
                .formatted(first.process().pid(), clone.resolve(".building")),
            "the program runs");
    assertThat(builds()).hasSize(1);
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void a_build_waits_for_the_tests_too() throws Exception {
    var tests = signalbox("test");
    Until.holds(() -> Files.exists(clone.resolve("builds")));
    var program = signalbox("up");
    Until.holds(() -> said(program).contains("waiting"));
    assertThat(builds()).singleElement().asString().contains("verify");
    go();

    ended(tests);
    assertThat(ended(program)).endsWith("the program runs");
    assertThat(builds()).hasSize(2);
  }

  @Test
  void the_lock_of_one_that_was_killed_holds_nobody_up() throws Exception {
    var killed = signalbox("up");
    Until.holds(() -> Files.exists(clone.resolve("builds")));
    killed.process().destroyForcibly().waitFor();
    assertThat(leftBehind()).hasSize(1);
    go();

    var crowd = List.of(signalbox("up"), signalbox("up"), signalbox("up"));
    for (var program : crowd) {
      assertThat(ended(program)).endsWith("the program runs");
    }
    assertThat(builds()).as("one was killed, one of three built").hasSize(2);
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void one_that_is_told_to_stop_gives_the_lock_back() throws Exception {
    var stopped = signalbox("up");
    Until.holds(() -> Files.exists(clone.resolve("builds")));
    stopped.process().destroy();
    go();
    assertThat(stopped.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(stopped.process().exitValue()).isEqualTo(143);
    assertThat(leftBehind()).isEmpty();
  }

  private record Run(Process process, Path out) {}

  private Run signalbox(String command) throws IOException {
    var out = Files.createTempFile(clone, "run", ".out");
    var builder = new ProcessBuilder("sh", clone.resolve("signalbox").toString(), command);
    builder.environment().put("JAVA_HOME", clone.resolve("jdk").toString());
    builder.environment().merge("PATH", clone + "/jdk/bin", (path, bin) -> bin + ":" + path);
    return new Run(builder.redirectErrorStream(true).redirectOutput(out.toFile()).start(), out);
  }

  private void go() throws IOException {
    Files.createFile(clone.resolve("go"));
  }

  private static String said(Run run) {
    try {
      return Files.readString(run.out(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> ended(Run run) throws InterruptedException {
    assertThat(run.process().waitFor(20, TimeUnit.SECONDS)).as(said(run)).isTrue();
    assertThat(run.process().exitValue()).as(said(run)).isZero();
    return said(run).lines().toList();
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(clone.resolve("builds"));
  }

  private List<Path> leftBehind() throws IOException {
    try (var files = Files.list(clone)) {
      return files.filter(file -> file.getFileName().toString().startsWith(".building")).toList();
    }
  }
}
