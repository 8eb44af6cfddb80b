package dev.signalbox.adapters.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.adapters.http.Egress;
import dev.signalbox.adapters.settings.TargetFields;
import dev.signalbox.exceptions.TargetName;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A configured webhook.
 *
 * @param target its name
 * @param url where messages are posted
 * @param keys sign what goes out and check what comes back; several while one replaces another
 * @param timeout for one attempt; Standard Webhooks asks for 15 to 30 s
 * @param answerWithin until when its answer is awaited after it took an exception; null for ever
 * @param source says in {@code ce-source} which Signalbox speaks
 */
public record WebhookSettings(
    TargetName target,
    URI url,
    List<WebhookKey> keys,
    Duration timeout,
    @Nullable Duration answerWithin,
    String source,
    Egress egress) {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final String SOURCE = "/signalbox";
  private static final Set<String> FIELDS =
      Set.of("kind", "url", "secrets", "timeout", "answerWithin", "source");

  public WebhookSettings {
    keys = List.copyOf(keys);
  }

  /**
   * Reads the settings of one target.
   *
   * @param secrets looks up what {@code env:NAME} or {@code file:PATH} refers to
   * @throws dev.signalbox.adapters.settings.BadSettings when they cannot be used
   */
  public static WebhookSettings from(
      TargetName target, JsonNode node, Function<String, @Nullable String> secrets) {
    var known = new HashSet<>(FIELDS);
    known.addAll(Egress.FIELDS);
    var fields = TargetFields.of(target, node, known, secrets);
    return fields.complete(
        new WebhookSettings(
            target,
            fields.noting(TargetFields.NOWHERE, () -> fields.url("url")),
            fields.noting(List.of(), () -> keys(fields)),
            fields.noting(TIMEOUT, () -> fields.duration("timeout", TIMEOUT)),
            fields.noting(null, () -> fields.durationOrNull("answerWithin")),
            fields.noting(SOURCE, () -> source(fields)),
            Egress.from(fields)));
  }

  private static String source(TargetFields fields) {
    var source = fields.textOrNull("source");
    if (source != null && !source.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw fields.wrong("source", "is \"%s\"; it must be visible ASCII".formatted(source));
    }
    return source == null ? SOURCE : source;
  }

  private static List<WebhookKey> keys(TargetFields fields) {
    var secrets = fields.secrets("secrets");
    if (secrets.isEmpty()) {
      throw fields.wrong("secrets", "is missing; messages are signed with it");
    }
    try {
      return secrets.stream().map(WebhookKey::parse).toList();
    } catch (IllegalArgumentException e) {
      throw fields.wrong("secrets", "has an entry that " + e.getMessage());
    }
  }
}
