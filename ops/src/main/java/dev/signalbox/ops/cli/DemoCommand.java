package dev.signalbox.ops.cli;

import dev.signalbox.access.Access;
import dev.signalbox.ops.demo.Demo;
import dev.signalbox.ops.load.Loader;
import dev.signalbox.ops.load.Summary;
import dev.signalbox.ops.settings.Settings;
import dev.signalbox.ops.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code signalbox demo}: shows the whole story on a node of its own. */
@Command(
    name = "demo",
    description = "Routes 1,000 realistic exceptions before your eyes, with stand-ins around.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--exit", description = "End when the story is told.")
  private boolean exit;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep the data here (default: a temporary directory).")
  private @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen on (default: any free one).")
  private int port;

  @Override
  public Integer call() throws IOException, InterruptedException {
    // Before the first logger is made: what happens to the outside is a part of the story.
    System.setProperty("logback.configurationFile", "logback-plain.xml");
    var directory = data == null ? Files.createTempDirectory("signalbox-demo") : data;
    var key = Access.newKey();
    var settings =
        SettingsReader.read(
                null,
                name -> "SIGNALBOX_ADMIN_KEY".equals(name) ? key : null,
                SettingsOptions.home())
            .in(directory)
            .at(port);
    try (var demo = start(settings, key)) {
      var stopped = stopOnSignal(demo);
      boolean told = tell(demo, key);
      if (!exit) {
        say("Ctrl-C stops it.");
        stopped.await();
      }
      return told ? 0 : 1;
    } finally {
      if (data == null) {
        Directories.delete(directory);
      }
    }
  }

  private Demo start(Settings settings, String key) {
    say("Starting on an embedded PostgreSQL in " + settings.data());
    var demo = Demo.start(settings, key);
    say("signalbox ready on %s ruleset %s".formatted(demo.node().url(), demo.node().ruleset()));
    say("STAND-IN for JIRA on %s, misbehaving now and then".formatted(demo.jiraUrl()));
    say("STAND-IN for a webhook receiver on " + demo.receiverUrl());
    say("STAND-IN for an identity provider on " + demo.identityUrl());
    return demo;
  }

  private static CountDownLatch stopOnSignal(Demo demo) {
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  demo.close();
                  stopped.countDown();
                },
                "stop"));
    return stopped;
  }

  private boolean tell(Demo demo, String key) throws IOException, InterruptedException {
    var sample = SettingsOptions.home().resolve("ops/samples/exceptions.ndjson");
    var refused = SettingsOptions.home().resolve("ops/target/demo-refused.ndjson");
    var summary = load(demo, sample, refused);
    say("Waiting for the outside to take and answer its work …");
    boolean told = demo.awaitTheEnd();
    var story = demo.story(summary);
    say("");
    say(story.text());
    if (!told) {
      say("Some work still waits; see " + demo.node().url() + "/v1/status");
    }
    say("Refused lines and why: " + refused);
    say(
        "API: %s/openapi.yaml   metrics: %s/metrics"
            .formatted(demo.node().url(), demo.node().url()));
    say("Why is an exception what it is?");
    say(
        "  curl -s -H 'Authorization: Bearer %s' %s/v1/exceptions/%s/explanation"
            .formatted(key, demo.node().url(), story.worthALook()));
    say("Take one as Ann, an analyst; write-off, approve and the rest are in docs/reviewing.md.");
    say("  TOKEN=$(curl -s -d person=ann %s/token | cut -d'\"' -f4)".formatted(demo.identityUrl()));
    say(
        "  curl -s -X POST -H \"Authorization: Bearer $TOKEN\" %s/v1/exceptions/%s/review"
            .formatted(demo.node().url(), story.waiting()));
    return told;
  }

  private static Summary load(Demo demo, Path sample, Path refused) throws IOException {
    try (var bar =
        new ProgressBarBuilder()
            .setTaskName("reports")
            .setInitialMax(Loader.countLines(sample))
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .build()) {
      return demo.load(sample, refused, bar::stepTo);
    }
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }
}
