package dev.signalbox.ops.node;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.signalbox.access.Access;
import dev.signalbox.ops.settings.SettingsReader;
import dev.signalbox.ops.testkit.Api;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.testkit.TestPostgres;
import dev.signalbox.testkit.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead letter whose issue JIRA had created all the same. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedriveIT {
  private static final String ISSUE = "/rest/api/3/issue";
  private static final String SEARCH = "/rest/api/3/search/jql";

  private final String key = Access.newKey();
  private WireMockServer jira;
  private TestPostgres postgres;
  private Node node;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    jira = new WireMockServer(options().dynamicPort());
    jira.start();
    postgres = TestPostgres.freshDatabase();
    node =
        Node.start(
            SettingsReader.read(config(directory), variables()::get, LiveBox.root())
                .in(directory)
                .at(0));
  }

  @AfterEach
  void close() {
    node.close();
    postgres.close();
    jira.stop();
  }

  @Test
  void a_redrive_adopts_the_issue_that_an_unanswered_attempt_created() {
    var api = new Api(node.url(), key);
    jira.stubFor(post(urlEqualTo(SEARCH)).willReturn(aResponse().withBody("{\"issues\":[]}")));
    jira.stubFor(
        post(urlEqualTo(ISSUE))
            .willReturn(
                aResponse().withStatus(201).withBody("{\"key\":\"REC-1\"}").withFixedDelay(8_000)));
    var id = api.reported(LiveBox.reportForJira("redrive-1"));
    Until.holds(() -> !created().isEmpty());
    Until.holds(() -> letters(api).size() == 1);
    jira.stubFor(
        post(urlEqualTo(SEARCH))
            .withRequestBody(containing(marker()))
            .willReturn(aResponse().withBody("{\"issues\":[{\"key\":\"REC-1\"}]}")));
    jira.stubFor(
        post(urlEqualTo(ISSUE))
            .willReturn(aResponse().withStatus(201).withBody("{\"key\":\"REC-2\"}")));

    var redriven = api.post("/v1/dead-letters/redrive", "application/json", "{}");

    assertThat(Api.json(redriven).path("redriven").asInt()).as(redriven.body()).isEqualTo(1);
    Until.holds(() -> dispatch(api, id).has("deliveredAt"));
    assertThat(dispatch(api, id).path("externalReference").asText()).isEqualTo("REC-1");
    assertThat(created()).hasSize(1);
    assertThat(letters(api)).isEmpty();
  }

  private List<LoggedRequest> created() {
    return jira.findAll(postRequestedFor(urlEqualTo(ISSUE)));
  }

  /** The label by which the issue is found that was created. */
  private String marker() {
    return created()
        .getFirst()
        .getBodyAsString()
        .replaceAll("(?s).*\"(signalbox-[0-9a-f]{8}-[0-9a-f-]{27})\".*", "$1");
  }

  private static JsonNode letters(Api api) {
    return Api.json(api.get("/v1/dead-letters")).path("items");
  }

  private static JsonNode dispatch(Api api, String id) {
    return Api.json(api.get("/v1/exceptions/" + id)).path("dispatch");
  }

  private Map<String, String> variables() {
    return Map.of("SIGNALBOX_DATABASE_URL", LiveBox.url(postgres), "SIGNALBOX_ADMIN_KEY", key);
  }

  /** One attempt, and one that is over before the issue's answer. */
  private Path config(Path directory) throws IOException {
    var secret = Files.writeString(directory.resolve("jira.secret"), "stand-in");
    return Files.writeString(
        directory.resolve("signalbox.yaml"),
        """
        targets:
          jira:
            kind: jira
            url: %s
            apiToken: file:%s
            project: REC
            timeout: 3s
            settleWindow: 1s
            allowedNetworks: [127.0.0.0/8]
            dispatch: {attempts: 1}
        """
            .formatted(jira.baseUrl(), secret));
  }
}
