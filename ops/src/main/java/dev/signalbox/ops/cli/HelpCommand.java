package dev.signalbox.ops.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code signalbox help audit verify}: the same as {@code signalbox audit verify --help}. */
@Command(
    name = "help",
    description = "Explains a command, or lists them all.",
    mixinStandardHelpOptions = true)
final class HelpCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command to explain.")
  private List<String> names = new ArrayList<>();

  @Override
  public void run() {
    CommandLine line = spec.root().commandLine();
    for (var name : names) {
      var below = line.getSubcommands().get(name);
      if (below == null) {
        throw new ParameterException(line, SignalboxCommand.unknown(name, line.getCommandSpec()));
      }
      line = below;
    }
    line.usage(spec.commandLine().getOut());
  }
}
