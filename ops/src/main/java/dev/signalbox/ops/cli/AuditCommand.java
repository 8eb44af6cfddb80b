package dev.signalbox.ops.cli;

import picocli.CommandLine.Command;

/** {@code signalbox audit}: the auditor's commands. */
@Command(
    name = "audit",
    description = "Checks what is stored.",
    subcommands = AuditVerifyCommand.class,
    mixinStandardHelpOptions = true)
final class AuditCommand implements Runnable {
  @Override
  public void run() {
    throw new IllegalStateException("Say what to do: signalbox audit verify");
  }
}
