package dev.signalbox.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.ops.load.Remote;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
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
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ClientOptions client = new ClientOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(client.url().resolve("/v1/audit/verify"))
            .header("Authorization", "Bearer " + client.key())
            .build();
    try (var http = HttpClient.newHttpClient()) {
      var response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        try (var body = response.body()) {
          throw Remote.refusal(client.url(), response.statusCode(), body.readAllBytes());
        }
      }
      try (var lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        return told(last(lines));
      }
    } catch (ConnectException e) {
      throw client.away(e);
    }
  }

  /** Follows the progress to its end. */
  private static JsonNode last(BufferedReader lines) throws IOException {
    try (var bar =
        new ProgressBarBuilder()
            .setTaskName("exceptions")
            .setInitialMax(-1)
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .build()) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var node = JSON.readTree(line);
        bar.stepTo(node.path("exceptions").asLong());
        if (node.path("done").asBoolean()) {
          return node;
        }
      }
    }
    throw new IOException("The instance broke off; maybe verify again.");
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
                  first.has("id")
                      ? "exception " + first.path("id").asText()
                      : "what happened to the rules",
                  first.path("seq").asLong(),
                  first.path("what").asText()));
    }
    return misfits == 0 ? 0 : 1;
  }
}
