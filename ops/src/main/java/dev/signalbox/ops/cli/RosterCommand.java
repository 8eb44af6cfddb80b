package dev.signalbox.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.access.Role;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code signalbox roster}: who is chosen by rule for the exceptions of a queue. */
@Command(
    name = "roster",
    description = "Shows and changes who is chosen by rule for the exceptions of a queue.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
final class RosterCommand implements Runnable {
  private static final String ROW = "%-32s  %5s  %-5s  %-20s  %-24s  %s";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: signalbox roster %s"
            .formatted(String.join(", ", spec.subcommands().keySet())));
  }

  @Command(
      name = "list",
      description = "Lists who is on the roster of a queue, and how many exceptions each has.",
      mixinStandardHelpOptions = true)
  void list(
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String queue,
      @Mixin ClientOptions client)
      throws IOException, InterruptedException {
    var found = new Calls(client).get(path(queue));
    say(ROW.formatted("reviewer", "has", "away", "roles", "skills", "contexts"));
    for (var seat : found.path("reviewers")) {
      say(
          ROW.formatted(
              seat.path("reviewer").asText(),
              seat.path("held").asText(),
              seat.path("away").asBoolean() ? "away" : "",
              words(seat.path("roles")),
              words(seat.path("skills")),
              seat.has("contexts") ? words(seat.path("contexts")) : "all"));
    }
  }

  @Command(
      name = "put",
      description = "Puts a reviewer on the roster of a queue, or says anew what is so there.",
      mixinStandardHelpOptions = true)
  void put(
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String queue,
      @Parameters(paramLabel = "REVIEWER", description = "The name by which journals know him.")
          String reviewer,
      @Mixin Known known,
      @Mixin ClientOptions client)
      throws IOException, InterruptedException {
    var seat = new Calls(client).put(path(queue) + "/" + encoded(reviewer), known.body());
    tell(
        "%s is on the roster of %s%s."
            .formatted(reviewer, queue, seat.path("away").asBoolean() ? ", and away" : ""));
  }

  @Command(
      name = "remove",
      description = "Takes a reviewer off the roster of a queue; what he has he keeps.",
      mixinStandardHelpOptions = true)
  void remove(
      @Parameters(paramLabel = "QUEUE", description = "The queue.") String queue,
      @Parameters(paramLabel = "REVIEWER", description = "The name by which journals know him.")
          String reviewer,
      @Mixin ClientOptions client)
      throws IOException, InterruptedException {
    new Calls(client).delete(path(queue) + "/" + encoded(reviewer));
    tell("%s is not on the roster of %s any more.".formatted(reviewer, queue));
  }

  /** What is said of a reviewer. */
  static final class Known {
    @Option(
        names = "--skill",
        paramLabel = "WORD",
        description = "What the reviewer knows, in the words of rules; may be repeated.")
    private List<String> skills = List.of();

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        description = "A role of the reviewer, as far as no key says it; may be repeated.")
    private List<Role> roles = List.of();

    @Option(
        names = "--context",
        paramLabel = "NAME",
        description = "The reviewer sees this context only; may be repeated (default: all).")
    private List<String> contexts = List.of();

    @Option(names = "--away", description = "The reviewer is not there.")
    private boolean away;

    @Option(names = "--back", description = "The reviewer is there again.")
    private boolean back;

    ObjectNode body() {
      var body = JsonNodeFactory.instance.objectNode();
      skills.forEach(body.putArray("skills")::add);
      var named = body.putArray("roles");
      roles.forEach(role -> named.add(role.name()));
      if (!contexts.isEmpty()) {
        contexts.forEach(body.putArray("contexts")::add);
      }
      if (away || back) {
        body.put("away", away);
      }
      return body;
    }
  }

  private static String path(String queue) {
    return "/v1/queues/" + encoded(queue) + "/reviewers";
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String words(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(","));
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }

  private void tell(String line) {
    spec.commandLine().getErr().println(line);
  }
}
