package dev.signalbox.ops.cli;

import static dev.signalbox.rules.RulesetFolder.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.access.Access;
import dev.signalbox.ops.node.Node;
import dev.signalbox.ops.settings.SettingsReader;
import dev.signalbox.ops.testkit.Api;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.ops.testkit.MetricsPage;
import dev.signalbox.rules.RulesetFiles;
import dev.signalbox.rules.RulesetFolder;
import dev.signalbox.testkit.TestPostgres;
import dev.signalbox.testkit.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox rules shadow} against a running node. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulesShadowIT {
  @TempDir private Path home;
  private final String key = Access.newKey();
  private TestPostgres postgres;
  private RulesetFolder folder;
  private Node node;
  private Api api;
  private String keyFile;

  @BeforeEach
  void open() throws IOException {
    folder = RulesetFolder.in(home).with("scenarios/all.yaml", scenario("LOW"));
    var config = home.resolve("signalbox.yaml");
    Files.writeString(
        config,
        """
        ruleset: "%s"
        rulesets: {activate: by-hand, poll: 100ms}
        """
            .formatted(folder.path()));
    keyFile = Files.writeString(home.resolve("some.key"), key).toString();
    postgres = TestPostgres.freshDatabase();
    var variables =
        new HashMap<>(
            Map.of("SIGNALBOX_DATABASE_URL", LiveBox.url(postgres), "SIGNALBOX_ADMIN_KEY", key));
    node =
        Node.start(
            SettingsReader.read(config, variables::get, LiveBox.root())
                .in(home.resolve("data"))
                .at(0));
    api = new Api(node.url(), key);
  }

  @AfterEach
  void close() {
    node.close();
    postgres.close();
  }

  private static String scenario(String severity) {
    return """
    description: All of it.
    scenarios:
      - name: a small item
        expect: {severity: %s}
    """
        .formatted(severity);
  }

  private void admitCandidate() {
    folder
        .classify(rule("grave", "Item()", "classify.severity(Severity.HIGH);"))
        .with("scenarios/all.yaml", scenario("HIGH"));
    Until.holds(() -> kind(0).equals("ADMITTED") && event(0, "version").equals(digest()));
  }

  private String digest() {
    return RulesetFiles.of(folder.path()).digest().hex();
  }

  private String kind(int newest) {
    return event(newest, "kind");
  }

  private String event(int newest, String field) {
    return Api.json(api.get("/v1/rulesets")).at("/events/" + newest + "/" + field).asText();
  }

  private Said says(String... words) {
    var at = new String[] {"--url", node.url(), "--key-file", keyFile};
    var all = new String[2 + words.length + at.length];
    all[0] = "rules";
    all[1] = "shadow";
    System.arraycopy(words, 0, all, 2, words.length);
    System.arraycopy(at, 0, all, 2 + words.length, at.length);
    return Said.by(all);
  }

  private double metric(String name, String... labels) {
    return MetricsPage.read(api.get("/metrics").body()).sum(name, labels);
  }

  @Test
  void an_author_starts_it_sees_what_differs_and_stops_it() throws Exception {
    assertThat(says("show").err()).contains("No ruleset was ever asked beside another there.");
    admitCandidate();
    var candidate = folder.path().toString();

    var started = says("start", candidate, "--why", "To see.", "--for", "2h", "--share", "0.5");

    assertThat(started.err()).isEmpty();
    assertThat(started.status()).isZero();
    assertThat(started.out())
        .startsWith(digest().substring(0, 12) + " beside ")
        .contains("by person:admin: To see.")
        .contains("stop it with: signalbox rules shadow stop")
        .contains("0 decisions: 0 the same, 0 differ (0.00 %), 0 failed");
    Until.holds(() -> metric("signalbox_shadow_running") == 1);
    var id = api.reported(LiveBox.report("shadow-1"));
    Until.holds(() -> says("show").out().contains("1 differ (100.00 %)"));

    var shown = says("show", digest()).out();
    assertThat(shown)
        .containsPattern("Severity\\R  LOW → HIGH +1  e.g. " + id)
        .containsPattern("SLA\\R  168h → 72h +1  e.g. " + id)
        .containsPattern("Rules that fire with the candidate only\\R  grave +1  e.g. " + id)
        .containsPattern("Rules that fall silent with it\\R  low +1  e.g. " + id);
    var json = JsonMapper.builder().build().readTree(says("show", "--format", "json").out());
    assertThat(json.at("/decisions/differs").asLong()).isEqualTo(1);
    assertThat(metric("signalbox_shadow_seen_total", "outcome=\"differs\"")).isEqualTo(1);
    assertThat(metric("signalbox_shadow_rule_changed_total", "rule=\"grave\"", "kind=\"FIRES\""))
        .isEqualTo(1);
    assertThat(metric("signalbox_shadow_time_seconds_total")).isPositive();

    var stopped = says("stop", "--why", "Seen enough.");
    assertThat(stopped.status()).isZero();
    assertThat(stopped.out()).contains("by person:admin (STOPPED): Seen enough.");
    Until.holds(() -> metric("signalbox_shadow_running") == 0);
    assertThat(says("show").out()).contains("1 differ (100.00 %)");
    assertThat(kind(0)).isEqualTo("SHADOW_ENDED");
  }

  @Test
  void what_the_instance_refuses_is_status_1_and_what_is_not_understood_2() {
    admitCandidate();
    assertThat(says("start", digest(), "--why", "To see.").status()).isZero();

    var again = says("start", digest(), "--why", "Again.");
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("is asked already, by number");
    var tooLong = says("start", digest(), "--why", "To see.", "--for", "40d");
    assertThat(tooLong.status()).isEqualTo(1);
    assertThat(tooLong.err()).contains("within 31 days");
    assertThat(says("stop", "a".repeat(64), "--why", "x").err())
        .contains("is not asked beside another");

    assertThat(says("start", digest()).err()).contains("--why");
    assertThat(says("start", digest(), "--why", "x", "--for", "soon").err())
        .contains("it is a duration such as 24h");
    assertThat(
            says("start", digest(), "--why", "x", "--for", "1h", "--until", "2026-03-02T10:00:00Z"))
        .extracting(Said::status)
        .isEqualTo(2);
    var nowhere = says("show", home.resolve("nowhere").toString());
    assertThat(nowhere.status()).isEqualTo(2);
    assertThat(nowhere.err()).contains("There is no folder");
  }
}
