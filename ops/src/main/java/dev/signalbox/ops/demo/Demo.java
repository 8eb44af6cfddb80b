package dev.signalbox.ops.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.adapters.identity.OidcSettings;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.ops.load.Loader;
import dev.signalbox.ops.load.Summary;
import dev.signalbox.ops.node.Node;
import dev.signalbox.ops.settings.IdentitySettings;
import dev.signalbox.ops.settings.Settings;
import dev.signalbox.ops.standin.StandInIdentity;
import dev.signalbox.ops.standin.StandInJira;
import dev.signalbox.ops.standin.StandInReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** A node with stand-ins around it, and the sample that is streamed into it. */
public final class Demo implements AutoCloseable {
  private static final long SEED = 42;
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(90);

  private final StandInJira jira;
  private final StandInReceiver receiver;
  private final StandInIdentity identity;
  private final Node node;
  private final String key;

  private Demo(
      StandInJira jira, StandInReceiver receiver, StandInIdentity identity, Node node, String key) {
    this.jira = jira;
    this.receiver = receiver;
    this.identity = identity;
    this.node = node;
    this.key = key;
  }

  /** Starts the stand-ins and the node. */
  public static Demo start(Settings settings, String key) {
    var jira = new StandInJira(SEED);
    var receiver = new StandInReceiver(SEED);
    var identity = new StandInIdentity();
    try {
      var node =
          Node.start(
              settings
                  .lettingIn(people(identity))
                  .with(
                      Map.of(
                          new TargetName("jira"), jiraSettings(jira, settings.data()),
                          new TargetName("webhook"), webhookSettings(receiver, settings.data()))));
      jira.answersTo(node.url());
      receiver.answersTo(node.url());
      return new Demo(jira, receiver, identity, node, key);
    } catch (RuntimeException e) {
      jira.close();
      receiver.close();
      identity.close();
      throw e;
    }
  }

  public Node node() {
    return node;
  }

  public String jiraUrl() {
    return jira.url();
  }

  public String identityUrl() {
    return identity.issuer();
  }

  private static IdentitySettings people(StandInIdentity identity) {
    var claims = new OidcSettings.Claims("sub", "roles", null, null, null);
    return new IdentitySettings(
        new OidcSettings(
            URI.create(identity.issuer()),
            StandInIdentity.AUDIENCE,
            null,
            claims,
            Duration.ofMinutes(1)),
        Map.of());
  }

  public String receiverUrl() {
    return receiver.url();
  }

  /** Streams the sample in. */
  public Summary load(Path sample, Path refused, LongConsumer progress) throws IOException {
    try (var lines = Sample.asOf(sample, Instant.now())) {
      return new Loader(URI.create(node.url()), key).load(lines, refused, progress);
    }
  }

  /**
   * Waits until all work is done and answered.
   *
   * @return false when it still is not after a while
   */
  public boolean awaitTheEnd() throws InterruptedException {
    long end = System.nanoTime() + TOLD_WITHIN.toNanos();
    while (System.nanoTime() < end) {
      if (jira.isQuiet()
          && receiver.isQuiet()
          && node.database().read(StoryTable::waitingWork) == 0) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return false;
  }

  /** What it came to. */
  public Story story(Summary summary) {
    return node.database()
        .read(tx ->
            new Story(
                summary,
                StoryTable.bySeverity(tx),
                StoryTable.byQueueAndLane(tx),
                StoryTable.byStatus(tx),
                StoryTable.attempts(tx),
                StoryTable.events(tx),
                StoryTable.deadLetters(tx),
                StoryTable.worthALook(tx),
                StoryTable.waiting(tx)));
  }

  private static JsonNode jiraSettings(StandInJira jira, Path data) {
    var node =
        target("jira", jira.url())
            .put("email", "demo@example.org")
            .put("apiToken", secret(data, "jira-token", "stand-in"))
            .put("project", "REC")
            .put("settleWindow", "1s");
    node.putArray("webhookSecrets").add(secret(data, "jira-webhook", StandInJira.SECRET));
    return node;
  }

  private static JsonNode webhookSettings(StandInReceiver receiver, Path data) {
    var node = target("webhook", receiver.url());
    node.putArray("secrets").add(secret(data, "webhook", StandInReceiver.SECRET));
    return node;
  }

  /** Settings refer to secrets, and never hold one. */
  private static String secret(Path data, String name, String value) {
    try {
      var file = Files.createDirectories(data).resolve("demo-" + name + ".secret");
      return "file:" + Files.writeString(file, value).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException("The demo's secrets cannot be written.", e);
    }
  }

  private static ObjectNode target(String kind, String url) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", kind)
            .put("url", url)
            .put("timeout", "2s")
            .put("answerWithin", "72h");
    node.putArray("allowedNetworks").add("127.0.0.0/8");
    var dispatch =
        node.putObject("dispatch").put("attempts", 8).put("base", "200ms").put("cap", "5s");
    dispatch
        .putObject("breaker")
        .put("calls", 10)
        .put("minimum", 4)
        .put("failurePercent", 50)
        .put("pause", "2s");
    return node;
  }

  @Override
  public void close() {
    node.close();
    jira.close();
    receiver.close();
    identity.close();
  }
}
