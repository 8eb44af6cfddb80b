package dev.signalbox.ops.cli;

import dev.signalbox.ops.author.Scaffold;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code signalbox rules new}: a ruleset to begin with. */
@Command(
    name = "new",
    description = "Writes a small ruleset that passes check and test, to begin with.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:It is written.",
      "1:It could not be written.",
      "2:The command was not understood, or there is something already."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  signalbox rules new payments",
      "  signalbox rules new rules-repo/rulesets/payments --owner payments-desk"
    },
    mixinStandardHelpOptions = true)
final class RulesNewCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "DIR",
      description = "The folder to write; its name is that of the ruleset.")
  private Path folder = Path.of(".");

  @Option(
      names = "--owner",
      paramLabel = "OWNER",
      description = "Who answers for its rules (default: ${DEFAULT-VALUE}).",
      defaultValue = "reconciliation-control")
  private String owner = "";

  @Override
  public void run() {
    var target = folder.toAbsolutePath().normalize();
    var name = String.valueOf(target.getFileName());
    if (!Scaffold.isName(name) || !Scaffold.isName(owner)) {
      throw new ParameterException(
          spec.commandLine(),
          "\"%s\" is no name: it has lower-case letters, digits and \"-\", up to 40"
              .formatted(Scaffold.isName(name) ? owner : name));
    }
    if (isSomething(target)) {
      throw new ParameterException(
          spec.commandLine(), "There is something in %s already.".formatted(folder));
    }
    var out = spec.commandLine().getOut();
    Scaffold.write(folder, name, owner).forEach(out::println);
    out.println("Next: signalbox rules test " + folder);
  }

  private static boolean isSomething(Path target) {
    if (!Files.isDirectory(target)) {
      return Files.exists(target);
    }
    try (var files = Files.list(target)) {
      return files.findAny().isPresent();
    } catch (IOException e) {
      return true;
    }
  }
}
