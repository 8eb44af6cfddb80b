package dev.signalbox.adapters.jira;

import static dev.signalbox.adapters.TestSettings.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.adapters.settings.SecretReferences;
import dev.signalbox.exceptions.TargetName;
import java.util.Map;

/** A configured JIRA for tests. */
final class TestJira {
  static final String TOKEN = "ATATT3xFfGF0-token";
  static final String EMAIL = "bot@example.com";
  static final String SECRET = "It's a Secret to Everybody";
  static final String NEXT_SECRET = "the one that comes next";

  private TestJira() {}

  /**
   * @param more fields beside the address and the token, each followed by a comma
   */
  static JiraSettings settings(String url, String more) {
    return JiraSettings.from(
        new TargetName("jira"),
        json(
            """
            {%s 'url': '%s', 'apiToken': 'env:TOKEN', 'project': 'REC',
             'allowedNetworks': '127.0.0.0/8'}
            """
                .formatted(more, url)),
        SecretReferences.in(
            Map.of("TOKEN", TOKEN, "SECRET", SECRET, "NEXT", NEXT_SECRET, "EMPTY", "")));
  }

  /** All text that people see in a document, in order. */
  static String textOf(JsonNode node) {
    var text = new StringBuilder();
    if (node.path("type").asText().equals("text")) {
      text.append(node.path("text").asText());
    }
    node.path("content").forEach(child -> text.append(textOf(child)));
    return text.toString();
  }
}
