package dev.signalbox.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.access.Role;
import dev.signalbox.ops.embedded.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code signalbox keys}: who may call, as what. */
@Command(
    name = "keys",
    description = "Lists, makes, replaces and revokes the keys of a running instance.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class KeysCommand implements Runnable {
  private static final String ROW = "%-36s  %-24s  %-11s  %-20s  %s";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: signalbox keys %s"
            .formatted(String.join(", ", spec.subcommands().keySet())));
  }

  @Command(
      name = "list",
      description = "Lists all keys that ever were, and until when each lets somebody in.",
      mixinStandardHelpOptions = true)
  void list(@Mixin ClientOptions client) throws IOException, InterruptedException {
    var found = new Calls(client).get("/v1/keys");
    say(ROW.formatted("id", "name", "role", "made", "ends"));
    for (var key : found.path("keys")) {
      say(
          ROW.formatted(
              key.path("id").asText(),
              key.path("name").asText(),
              key.path("role").asText(),
              seconds(key.path("createdAt")),
              key.has("endsAt") ? seconds(key.path("endsAt")) : "never"));
    }
  }

  @Command(
      name = "create",
      description = "Makes a key, and says it once: on the standard output, or into a file.",
      mixinStandardHelpOptions = true)
  void create(
      @Parameters(paramLabel = "NAME", description = "Whose it is, e.g. bank-a.") String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "One of ${COMPLETION-CANDIDATES}.")
          Role role,
      @Mixin Bounds bounds,
      @Mixin NewKey wanted,
      @Mixin ClientOptions client)
      throws IOException, InterruptedException {
    var body = wanted.body("Made from the command line.").put("name", name);
    body.put("role", role.name());
    bounds.into(body);
    make(client, "/v1/keys", body, wanted.to);
  }

  @Command(
      name = "rotate",
      description = "Makes a key in place of another, which goes on for a while.",
      mixinStandardHelpOptions = true)
  void rotate(
      @Parameters(paramLabel = "ID", description = "The key, as \"keys list\" shows it.") UUID id,
      @Option(
              names = "--overlap",
              paramLabel = "DURATION",
              description = "How long the old key goes on (default: ${DEFAULT-VALUE}).",
              defaultValue = "PT1H")
          Duration overlap,
      @Mixin NewKey wanted,
      @Mixin ClientOptions client)
      throws IOException, InterruptedException {
    var body = wanted.body("Rotated from the command line.").put("overlap", overlap.toString());
    make(client, "/v1/keys/" + id + "/rotate", body, wanted.to);
  }

  @Command(
      name = "revoke",
      description = "Takes a key back, at once; nodes notice within seconds.",
      mixinStandardHelpOptions = true)
  void revoke(
      @Parameters(paramLabel = "ID", description = "The key, as \"keys list\" shows it.") UUID id,
      @Mixin Reason reason,
      @Mixin ClientOptions client)
      throws IOException, InterruptedException {
    var key =
        new Calls(client)
            .post("/v1/keys/" + id + "/revoke", reason.body("Revoked from the command line."));
    spec.commandLine()
        .getErr()
        .println(
            "The key of %s ended at %s."
                .formatted(key.path("name").asText(), seconds(key.path("endsAt"))));
  }

  /** What commands that change something take. */
  static class Reason {
    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, for the journal.")
    private @Nullable String why;

    ObjectNode body(String otherwise) {
      return JsonNodeFactory.instance.objectNode().put("why", why == null ? otherwise : why);
    }
  }

  /** What a key does not reach. */
  static final class Bounds {
    @Option(
        names = "--ends-at",
        paramLabel = "INSTANT",
        description = "From when it lets nobody in (default: never).")
    private @Nullable Instant endsAt;

    @Option(
        names = "--context",
        paramLabel = "NAME",
        description = "It reaches this context only; may be repeated (default: all).")
    private List<String> contexts = List.of();

    @Option(
        names = "--queue",
        paramLabel = "NAME",
        description = "It reaches this queue only; may be repeated (default: all).")
    private List<String> queues = List.of();

    void into(ObjectNode body) {
      if (endsAt != null) {
        body.put("endsAt", endsAt.toString());
      }
      if (!contexts.isEmpty()) {
        contexts.forEach(body.putArray("contexts")::add);
      }
      if (!queues.isEmpty()) {
        queues.forEach(body.putArray("queues")::add);
      }
    }
  }

  /** What commands that make a key take. */
  static final class NewKey extends Reason {
    @Option(
        names = "--to",
        paramLabel = "FILE",
        description = "Where the new key is written, readable by its owner only.")
    private @Nullable Path to;
  }

  /** The key alone on the standard output, so that it can be piped; or in a file. */
  private void make(ClientOptions client, String path, ObjectNode body, @Nullable Path to)
      throws IOException, InterruptedException {
    if (to != null) {
      // A key that was made and cannot be written would be lost, and its name taken.
      PrivateFiles.probe(to);
    }
    var made = new Calls(client).post(path, body);
    var key = made.path("key").asText();
    if (to == null) {
      say(key);
    } else {
      PrivateFiles.write(to, key + "\n");
    }
    spec.commandLine()
        .getErr()
        .println(
            "A key for %s with the role %s (id %s)%s. It is not shown again."
                .formatted(
                    made.path("name").asText(),
                    made.path("role").asText(),
                    made.path("id").asText(),
                    to == null ? "" : " is in " + to));
  }

  private static String seconds(JsonNode instant) {
    return Instant.parse(instant.asText()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }
}
