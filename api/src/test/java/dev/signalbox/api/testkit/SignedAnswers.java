package dev.signalbox.api.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.adapters.jira.JiraCallbacks;
import dev.signalbox.adapters.jira.JiraSettings;
import dev.signalbox.adapters.webhook.WebhookCallbacks;
import dev.signalbox.adapters.webhook.WebhookSettings;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.outside.CallbackReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Outside systems that answer: a webhook's receiver and JIRA, which sign as their manuals say. */
public final class SignedAnswers {
  private static final String WEBHOOK_KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String JIRA_SECRET = "It's a Secret to Everybody";

  private SignedAnswers() {}

  /** The real readers of both, under the names "webhook" and "jira". */
  public static Map<TargetName, CallbackReader> readers() {
    var secrets =
        Map.of("env:KEY", "whsec_" + WEBHOOK_KEY, "env:SECRET", JIRA_SECRET, "env:TOKEN", "t");
    var webhook = new TargetName("webhook");
    var jira = new TargetName("jira");
    return Map.of(
        webhook,
        new WebhookCallbacks(
            WebhookSettings.from(
                webhook,
                json("{'url': 'https://example.com/hook', 'secrets': 'env:KEY'}"),
                secrets::get)),
        jira,
        new JiraCallbacks(
            JiraSettings.from(
                jira,
                json(
                    "{'url': 'https://acme.atlassian.net', 'apiToken': 'env:TOKEN', 'project': 'REC',"
                        + " 'webhookSecrets': 'env:SECRET'}"),
                secrets::get)));
  }

  /** The body of a receiver's answer. */
  public static String webhookBody(String id, String status, String reference) {
    return text(
        """
        {'type': 'exception.answered', 'timestamp': '2026-03-02T10:00:00Z', 'data':
         {'exceptionId': '%s', 'status': '%s', 'externalReference': '%s', 'notes': 'Paid twice.'}}
        """
            .formatted(id, status, reference));
  }

  /** The client of a receiver that signs this body. */
  public static ApiClient webhook(ApiClient client, String messageId, Instant at, String body) {
    var timestamp = Long.toString(at.getEpochSecond());
    var signed = messageId + "." + timestamp + "." + body;
    return client
        .with("Content-Type", "application/json")
        .with("webhook-id", messageId)
        .with("webhook-timestamp", timestamp)
        .with(
            "webhook-signature",
            "v1,"
                + Base64.getEncoder()
                    .encodeToString(hmac(Base64.getDecoder().decode(WEBHOOK_KEY), signed)));
  }

  /** The body of JIRA's message that an issue went to a status. */
  public static String jiraBody(String id, Instant at, String status, String category) {
    return text(
        """
        {'timestamp': %d, 'webhookEvent': 'jira:issue_updated',
         'user': {'accountId': '5b10', 'displayName': 'Ana'},
         'issue': {'id': '10000', 'key': 'REC-24', 'fields': {
           'labels': ['signalbox', 'signalbox-case-%s'],
           'status': {'name': '%s', 'statusCategory': {'key': '%s'}}, 'resolution': {'name': 'Done'}}},
         'changelog': {'id': '1', 'items': [
           {'field': 'status', 'fieldId': 'status', 'fromString': 'To Do', 'toString': '%s'}]}}
        """
            .formatted(at.toEpochMilli(), id, status, category, status));
  }

  /** The client of a JIRA that signs this body. */
  public static ApiClient jira(ApiClient client, String messageId, String body) {
    return client
        .with("Content-Type", "application/json")
        .with("X-Atlassian-Webhook-Identifier", messageId)
        .with(
            "X-Hub-Signature",
            "sha256=" + HexFormat.of().formatHex(hmac(JIRA_SECRET.getBytes(UTF_8), body)));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** JSON that is written with single quotes. */
  private static String text(String quoted) {
    return quoted.replace('\'', '"');
  }

  private static JsonNode json(String quoted) {
    try {
      return JsonMapper.builder().build().readTree(text(quoted));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
