package dev.signalbox.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.ops.testkit.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.api.Git;

/** A folder in which a rule author types commands; the program is a process of its own. */
final class RulesHome {

  private RulesHome() {}

  static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        var target = to.resolve(from.relativize(path));
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
  }

  /** Makes a repository of it; gives the commit. */
  static String commit(Path folder) throws Exception {
    try (var git = Git.init().setDirectory(folder.toFile()).call()) {
      git.add().addFilepattern(".").call();
      return git.commit().setMessage("base").setAuthor("a", "a@b").setSign(false).call().name();
    }
  }

  /** The script {@code signalbox} of a folder. */
  static void program(Path home) throws IOException {
    Files.createDirectories(home);
    var script = home.resolve("signalbox");
    Files.writeString(
        script,
        """
        #!/bin/sh
        exec "%s/bin/java" %s -Dlogback.configurationFile=logback-plain.xml \\
          -Dsignalbox.home="%s" -cp "%s" dev.signalbox.ops.Main "$@"
        """
            .formatted(
                System.getProperty("java.home"),
                Program.SHORT_LIVED,
                home,
                System.getProperty("java.class.path")));
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  /** Runs lines in a shell, and gives the status; what they say is shown. */
  static int run(Path folder, Map<String, String> environment, String lines) throws Exception {
    var builder =
        new ProcessBuilder("bash", "-eo", "pipefail", "-c", lines)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("NO_COLOR", "1");
    var process = builder.start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    System.out.printf("%s: status %d%n%s%n", lines.strip(), status, said);
    return status;
  }
}
