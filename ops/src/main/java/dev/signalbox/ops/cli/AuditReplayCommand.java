package dev.signalbox.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code signalbox audit replay}: decides recorded decisions of a running instance again. */
@Command(
    name = "replay",
    description =
        "Decides recorded decisions again, each under its archived ruleset from the facts that it saw, "
            + "and names those that come out otherwise.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:Every decision came out as it did.",
      "1:One did not, or could not be made again.",
      "2:The command was not understood."
    },
    mixinStandardHelpOptions = true)
final class AuditReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ClientOptions client = new ClientOptions();
  @ArgGroup private Which which = new Which();

  /** One of them. */
  static final class Which {
    @Option(names = "--case", paramLabel = "ID", description = "The decisions of one exception.")
    private @Nullable UUID exception;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description =
            "Exceptions first reported since then: an instant such as 2026-03-02T06:00:00Z, or how"
                + " long ago, such as 24h or 7d.")
    private @Nullable String since;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return told(new AuditStream(client).last("/v1/audit/replay" + query()));
  }

  private String query() {
    if (which.exception != null) {
      return "?exception=" + which.exception;
    }
    return which.since == null ? "" : "?since=" + Since.of(which.since, Instant.now());
  }

  private int told(JsonNode found) {
    var out = spec.commandLine().getOut();
    long differing = found.path("differing").asLong();
    out.println(
        "%d decisions on %d exceptions made again: %s"
            .formatted(
                found.path("decisions").asLong(),
                found.path("exceptions").asLong(),
                differing == 0
                    ? "%d the same".formatted(found.path("same").asLong())
                    : "%d the same, %d differ".formatted(found.path("same").asLong(), differing)));
    if (found.path("erased").asLong() > 0) {
      out.println(
          "%d could not be made again, since what they saw was erased"
              .formatted(found.path("erased").asLong()));
    }
    for (var missing : found.path("missing")) {
      out.println(
          "%d could not be made again: %s"
              .formatted(missing.path("decisions").asLong(), missing.path("why").asText()));
    }
    for (var difference : found.path("first")) {
      out.println(
          "exception %s, row %d, %s%n  was %s%n  is  %s"
              .formatted(
                  difference.path("id").asText(),
                  difference.path("seq").asLong(),
                  difference.path("point").asText(),
                  difference.path("was").asText(),
                  difference.path("is").asText()));
    }
    return differing == 0 && found.path("missing").isEmpty() ? 0 : 1;
  }
}
