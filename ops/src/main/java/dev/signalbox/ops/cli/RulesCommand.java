package dev.signalbox.ops.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code signalbox rules}: the rule author's commands. Only the backtest may need a database. */
@Command(
    name = "rules",
    description = "What authors of rules do with a ruleset.",
    subcommands = {
      RulesCheckCommand.class,
      RulesTestCommand.class,
      RulesExplainCommand.class,
      RulesBacktestCommand.class,
      RulesShadowCommand.class,
      RulesDiffCommand.class,
      RulesNewCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class RulesCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: signalbox rules %s"
            .formatted(String.join(", ", spec.subcommands().keySet())));
  }
}
