package dev.signalbox.ops.author;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A ruleset to begin with: small, whole, and with scenarios that pass. */
public final class Scaffold {
  private static final String FROM = "scaffold/";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  /** In the order in which an author reads them. */
  private static final List<String> FILES =
      List.of(
          "README.md",
          "ruleset.yaml",
          "classify/severity.drl",
          "route/queues.drl",
          "route/desks.csv",
          "resolve/clean.drl",
          "gate/inference.drl",
          "approve/approvals.drl",
          "escalate/chain.drl",
          "scenarios/severity-and-route.yaml",
          "scenarios/settling.yaml");

  private Scaffold() {}

  /** Whether a ruleset can be called so. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Writes it into a folder that is not there, or is empty.
   *
   * @param name of the ruleset
   * @param owner who answers for its rules
   * @return the files
   */
  public static List<Path> write(Path folder, String name, String owner) {
    return FILES.stream().map(file -> write(folder.resolve(file), file, name, owner)).toList();
  }

  private static Path write(Path target, String file, String name, String owner) {
    try (var in = Scaffold.class.getResourceAsStream(FROM + file)) {
      if (in == null) {
        throw new IllegalStateException("This program lacks its file " + file + ".");
      }
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var parent = target.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      return Files.writeString(target, text.replace("${name}", name).replace("${owner}", owner));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
