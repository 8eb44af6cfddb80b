package dev.signalbox.ops.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code signalbox audit}: the auditor's commands. */
@Command(
    name = "audit",
    description = "Checks what is stored.",
    subcommands = {AuditVerifyCommand.class, AuditReplayCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: signalbox audit verify or replay");
  }
}
