package dev.signalbox.ops.cli;

import dev.signalbox.ops.node.Node;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code signalbox up}: runs the service until it is told to stop. */
@Command(
    name = "up",
    description = "Runs the service, on an embedded PostgreSQL unless another is configured.",
    footerHeading = "%nVariables override the file, and options override both:%n",
    footer = {
      "  SIGNALBOX_PORT, SIGNALBOX_DATA, SIGNALBOX_DATABASE_URL, SIGNALBOX_ADMIN_KEY,",
      "  SIGNALBOX_JOURNAL_KEY, SIGNALBOX_LOG_LEVEL, OTEL_EXPORTER_OTLP_ENDPOINT",
      "  All settings are in docs/configuration.md."
    },
    mixinStandardHelpOptions = true)
final class UpCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SettingsOptions options = new SettingsOptions();

  @Override
  public void run() {
    var node = Node.start(options.settings());
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  node.close();
                  stopped.countDown();
                },
                "stop"));
    var out = spec.commandLine().getOut();
    if (node.keyFile() != null) {
      out.println("the admin's API key is in " + node.keyFile());
    }
    out.println("signalbox ready on %s ruleset %s".formatted(node.url(), node.ruleset()));
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
