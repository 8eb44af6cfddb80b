package dev.signalbox.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code signalbox audit verify}: recomputes every chain and every state of a running instance. */
@Command(
    name = "verify",
    description =
        "Recomputes every chain and every state, and names the first row that does not fit.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:Everything fits.",
      "1:Something does not fit, or it could not be verified.",
      "2:The command was not understood."
    },
    mixinStandardHelpOptions = true)
final class AuditVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ClientOptions client = new ClientOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return told(new AuditStream(client).last("/v1/audit/verify"));
  }

  private int told(JsonNode found) {
    var out = spec.commandLine().getOut();
    long misfits = found.path("misfits").asLong();
    out.println(
        "%d exceptions and %d rows of the journal recomputed: %s"
            .formatted(
                found.path("exceptions").asLong(),
                found.path("rows").asLong(),
                misfits == 0 ? "everything fits" : misfits + " do not fit"));
    if (misfits > 0) {
      var first = found.path("first");
      out.println(
          "the first: %s, row %d: %s"
              .formatted(
                  switch (first.path("chain").asText()) {
                    case "RULESETS" -> "what happened to the rules";
                    case "KEYS" -> "what happened to keys";
                    case "ROSTERS" -> "what happened to rosters";
                    default -> "exception " + first.path("id").asText();
                  },
                  first.path("seq").asLong(),
                  first.path("what").asText()));
    }
    return misfits == 0 ? 0 : 1;
  }
}
