package dev.signalbox.ops.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The rulesets that a command is about. */
final class RulesetFolders {
  private static final String STANDARD = "rules-repo/rulesets/standard";

  @Parameters(
      paramLabel = "DIR",
      arity = "0..*",
      description = "Folders of rulesets (default: the one this program comes with).")
  private List<Path> folders = new ArrayList<>();

  /** Those that were named, or the one that decides where nothing else is configured. */
  List<Path> of(CommandSpec spec) {
    var named = folders.isEmpty() ? List.of(standard()) : folders;
    named.forEach(folder -> exists(spec, folder));
    return named;
  }

  /** The ruleset that decides where nothing else is configured. */
  static Path standard() {
    return SettingsOptions.home().resolve(STANDARD).normalize();
  }

  /** A folder that is not there is a mistake in the command. */
  static void exists(CommandSpec spec, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new ParameterException(
          spec.commandLine(), "There is no folder \"%s\".".formatted(folder));
    }
  }
}
