package dev.signalbox.adapters.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.adapters.http.Egress;
import dev.signalbox.adapters.settings.Secret;
import dev.signalbox.adapters.settings.TargetFields;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.exceptions.TargetName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A configured JIRA.
 *
 * @param target its name
 * @param url of the site, e.g. {@code https://acme.atlassian.net}
 * @param authorization the header of that name
 * @param project the key of the project that takes the issues
 * @param priorities the name of the priority for each severity; without one, JIRA's default
 * @param dueDates whether issues get a due date; a project whose screen lacks the field refuses it
 * @param webhookSecrets sign what comes back; several while one replaces another, none when nothing
 *     comes back
 * @param statuses what a change of status asks for
 * @param timeout for one attempt
 * @param answerWithin until when the issue is to be resolved; null for ever
 * @param settleWindow how long JIRA's search may take to show an issue; only then, after an unknown
 *     outcome, another one is created
 */
public record JiraSettings(
    TargetName target,
    URI url,
    Secret authorization,
    String project,
    String issueType,
    Map<Severity, String> priorities,
    boolean dueDates,
    List<Secret> webhookSecrets,
    JiraStatuses statuses,
    Duration timeout,
    @Nullable Duration answerWithin,
    Duration settleWindow,
    Egress egress) {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration SETTLE_WINDOW = Duration.ofSeconds(60);
  private static final String ISSUE_TYPE = "Task";
  private static final Secret NO_TOKEN = new Secret("none");
  private static final Map<String, String> PRIORITIES =
      Map.of("CRITICAL", "Highest", "HIGH", "High", "MEDIUM", "Medium", "LOW", "Low");
  private static final Set<String> FIELDS =
      Set.of(
          "kind",
          "url",
          "email",
          "apiToken",
          "project",
          "issueType",
          "priorities",
          "dueDates",
          "webhookSecrets",
          "timeout",
          "answerWithin",
          "settleWindow");

  public JiraSettings {
    priorities = Map.copyOf(priorities);
    webhookSecrets = List.copyOf(webhookSecrets);
  }

  /**
   * Reads the settings of one target.
   *
   * @param secrets looks up what {@code env:NAME} or {@code file:PATH} refers to
   * @throws dev.signalbox.adapters.settings.BadSettings when they cannot be used
   */
  public static JiraSettings from(
      TargetName target, JsonNode node, Function<String, @Nullable String> secrets) {
    var known = new HashSet<>(FIELDS);
    known.addAll(Egress.FIELDS);
    known.addAll(JiraStatuses.FIELDS);
    var fields = TargetFields.of(target, node, known, secrets);
    var issueType = fields.noting(null, () -> fields.textOrNull("issueType"));
    return fields.complete(
        new JiraSettings(
            target,
            fields.noting(TargetFields.NOWHERE, () -> site(fields)),
            authorization(fields),
            fields.noting("", () -> project(fields)),
            issueType == null ? ISSUE_TYPE : issueType,
            fields.noting(Map.of(), () -> priorities(fields)),
            fields.noting(true, () -> fields.flag("dueDates", true)),
            fields.noting(List.of(), () -> fields.secrets("webhookSecrets")),
            JiraStatuses.from(fields),
            fields.noting(TIMEOUT, () -> fields.duration("timeout", TIMEOUT)),
            fields.noting(null, () -> fields.durationOrNull("answerWithin")),
            fields.noting(SETTLE_WINDOW, () -> fields.duration("settleWindow", SETTLE_WINDOW)),
            Egress.from(fields)));
  }

  /** The address of a resource of the REST API. */
  URI at(String path) {
    return URI.create(url + path);
  }

  private static URI site(TargetFields fields) {
    var url = fields.url("url");
    if (url.getRawQuery() != null) {
      throw fields.wrong(
          "url", "is \"%s\", which has a query; it is that of the site".formatted(url));
    }
    var text = url.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
  }

  /** An API token belongs to an e-mail address; a token without one is a bearer's. */
  private static Secret authorization(TargetFields fields) {
    var token = fields.noting(NO_TOKEN, () -> fields.secret("apiToken")).reveal();
    var email = fields.noting(null, () -> fields.textOrNull("email"));
    if (email == null) {
      return new Secret("Bearer " + token);
    }
    var pair = (email + ":" + token).getBytes(StandardCharsets.UTF_8);
    return new Secret("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  private static String project(TargetFields fields) {
    var project = fields.text("project");
    if (!project.matches("[A-Z][A-Z0-9_]{1,254}")) {
      throw fields.wrong("project", "is \"%s\", which is no key such as REC".formatted(project));
    }
    return project;
  }

  private static Map<Severity, String> priorities(TargetFields fields) {
    var given = fields.words("priorities");
    var priorities = new EnumMap<Severity, String>(Severity.class);
    (given == null ? PRIORITIES : given)
        .forEach((severity, name) -> priorities.put(severity(fields, severity), name));
    return priorities;
  }

  private static Severity severity(TargetFields fields, String name) {
    try {
      return Severity.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw fields.wrong(
          "priorities",
          "names the severity %s; there is CRITICAL, HIGH, MEDIUM, LOW".formatted(name));
    }
  }
}
