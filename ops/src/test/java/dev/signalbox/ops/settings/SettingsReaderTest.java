package dev.signalbox.ops.settings;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.access.Authority;
import dev.signalbox.access.Role;
import dev.signalbox.desk.StormGuard;
import dev.signalbox.exceptions.Chart;
import dev.signalbox.exceptions.Resolution.AdjustmentType;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.intake.Intake;
import dev.signalbox.review.BatchLimits;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettingsReaderTest {
  private static final Path HOME = Path.of("/opt/signalbox");

  @TempDir private Path directory;

  @Test
  void a_limit_is_an_amount_of_a_role_that_settles_or_approves() {
    var settings = read("limits: {analyst: 10000, senior: \"250000.50\"}");
    assertThat(settings.authority().limits())
        .containsOnly(
            Map.entry(Role.ANALYST, new BigDecimal("10000")),
            Map.entry(Role.SENIOR, new BigDecimal("250000.50")));
    assertThat(problems("limits: {viewer: 1, analyst: much}"))
        .containsExactly(
            "signalbox.yaml, line 1: The setting \"limits.viewer\" is of no role that settles or approves.",
            "signalbox.yaml, line 1: The setting \"limits.analyst\" is an amount like 1000 or \"1000.00\", not much.");
  }

  @Test
  void a_budget_is_a_number_a_minute_and_none_where_it_is_0() {
    assertThat(read("budgets: {dispatch: 20, callback: 0}").budgets())
        .containsExactly(Map.entry("dispatch", 20));
    assertThat(problems("budgets: {dispatch: much}"))
        .singleElement()
        .asString()
        .contains("budgets.dispatch");
  }

  @Test
  void without_anything_it_runs_on_loopback_with_its_own_database_and_sends_nothing() {
    var settings = SettingsReader.read(null, Map.<String, String>of()::get, HOME);
    assertThat(settings)
        .isEqualTo(
            new Settings(
                "127.0.0.1",
                8080,
                HOME.resolve("data"),
                null,
                null,
                null,
                RulesetSettings.usual(HOME.resolve("rules-repo/rulesets/standard")),
                Map.of(),
                Map.of(),
                null,
                null,
                Intake.Shape.USUAL,
                AuditSettings.USUAL,
                LedgerSettings.USUAL,
                EvidenceSettings.USUAL,
                Authority.UNLIMITED,
                Map.of("dispatch", 600, "callback", 6000)));
  }

  @Test
  void a_file_says_everything_that_the_documentation_names() {
    var settings =
        read(
            """
            host: 0.0.0.0
            port: 9090
            data: /var/lib/signalbox
            database: postgresql://signalbox:secret@db.example.org:5432/signalbox
            ruleset: /etc/signalbox/rules
            contexts:
              default:
                stormGuard: {opened: 5000, window: 1h}
            targets:
              partner:
                kind: webhook
            telemetry:
              otlpEndpoint: http://collector:4318
            """);
    assertThat(settings.host()).isEqualTo("0.0.0.0");
    assertThat(settings.port()).isEqualTo(9090);
    assertThat(settings.data()).isEqualTo(Path.of("/var/lib/signalbox"));
    assertThat(settings.databaseUrl())
        .isEqualTo("postgresql://signalbox:secret@db.example.org:5432/signalbox");
    assertThat(settings.rulesets().folder()).isEqualTo(Path.of("/etc/signalbox/rules"));
    assertThat(settings.storms())
        .isEqualTo(Map.of("default", new StormGuard.Cap(5000, Duration.ofHours(1))));
    assertThat(settings.targets()).containsOnlyKeys(new TargetName("partner"));
    assertThat(settings.otlpEndpoint()).isEqualTo("http://collector:4318");
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void the_environment_overrides_the_file_and_what_is_set_to_nothing_is_not_set() {
    var settings =
        read(
            """
            port: 9090
            data: /var/lib/signalbox
            database: postgresql://signalbox@db/signalbox
            """,
            Map.of(
                "SIGNALBOX_PORT", "0",
                "SIGNALBOX_DATA", "",
                "SIGNALBOX_DATABASE_URL", "postgresql://other@db/signalbox",
                "SIGNALBOX_ADMIN_KEY", " ",
                "OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.example.org"));
    assertThat(settings.port()).isZero();
    assertThat(settings.data()).isEqualTo(Path.of("/var/lib/signalbox"));
    assertThat(settings.databaseUrl()).isEqualTo("postgresql://other@db/signalbox");
    assertThat(settings.adminKey()).as("an empty key would let everybody in").isNull();
    assertThat(settings.otlpEndpoint()).isEqualTo("https://collector.example.org");
  }

  @Test
  void all_problems_are_told_at_once_each_with_its_line_and_the_nearest_match() {
    assertThat(
            problems(
                """
                prot: 9090
                host: [localhost]
                contexts:
                  default:
                    stormGaurd: {opened: 5, window: 1h}
                  other:
                    stormGuard: {opened: many, window: 1 hour}
                  third:
                    stormGuard: {opened: 5}
                targets: jira
                telemetry:
                  otlpEndpoint: collector
                """))
        .containsExactly(
            "signalbox.yaml, line 1: There is no setting \"prot\". Maybe \"port\".",
            "signalbox.yaml, line 2: The setting \"host\" is a text, not a list.",
            "signalbox.yaml, line 5: There is no setting \"contexts.default.stormGaurd\"."
                + " Maybe \"contexts.default.stormGuard\".",
            "signalbox.yaml, line 7: The setting \"contexts.other.stormGuard.opened\" is a whole"
                + " number from 1 to 100000000, not \"many\".",
            "signalbox.yaml, line 7: The setting \"contexts.other.stormGuard.window\" is a duration"
                + " like 90s, 15m or 4h, not \"1 hour\".",
            "signalbox.yaml, line 9: The setting \"contexts.third.stormGuard\" is not whole: it has"
                + " \"opened\" and \"window\".",
            "signalbox.yaml, line 10: The setting \"targets\" is a table of names with values, not"
                + " \"jira\".",
            "The OTLP endpoint \"collector\" is not an address like http://localhost:4318.");
  }

  @Test
  void a_name_that_is_near_to_none_gets_the_list() {
    assertThat(problems("colour: blue"))
        .containsExactly(
            "signalbox.yaml, line 1: There is no setting \"colour\"; there are audit, budgets,"
                + " contexts, data, database, evidence, host, identity, intake, ledger, limits, port, ruleset, rulesets, targets, telemetry.");
  }

  @Test
  void variables_are_checked_too() {
    assertThatThrownBy(() ->
            read(
                "",
                Map.of(
                    "SIGNALBOX_PORT", "70000",
                    "SIGNALBOX_DATABASE_URL", "mysql://root:s3cret@db/x",
                    "SIGNALBOX_JOURNAL_KEY", "abc")))
        .isInstanceOf(BadSettings.class)
        .hasMessage(
            """
            SIGNALBOX_PORT is "70000"; a port is a whole number from 0 (any free one) to 65535.
            The database URL cannot be used: it does not begin with postgresql://. It has the form \
            postgresql://user:password@host:port/database.
            SIGNALBOX_JOURNAL_KEY is not a key: it has 64 hexadecimal digits.\
            """);
  }

  @Test
  void what_is_no_yaml_is_told_with_its_line() {
    assertThat(problems("port: 8080\nhost: \"open"))
        .singleElement()
        .asString()
        .startsWith("The configuration file " + directory.resolve("signalbox.yaml"))
        .contains("is not YAML, in line 2");
    assertThat(problems("port: 8080\nport: 9090")).singleElement().asString().contains("line 2");
    assertThat(problems("- port"))
        .containsExactly("signalbox.yaml: The configuration is a table of names with values.");
    assertThatThrownBy(
            () -> SettingsReader.read(directory.resolve("none.yaml"), name -> null, HOME))
        .hasMessage(
            "The configuration file %s does not exist.".formatted(directory.resolve("none.yaml")));
  }

  private List<String> problems(String yaml) {
    try {
      read(yaml);
    } catch (BadSettings e) {
      return String.valueOf(e.getMessage()).lines().toList();
    }
    throw new AssertionError("The settings were accepted.");
  }

  private Settings read(String yaml) {
    return read(yaml, Map.of());
  }

  private Settings read(String yaml, Map<String, String> environment) {
    try {
      var file = Files.writeString(directory.resolve("signalbox.yaml"), yaml);
      return SettingsReader.read(file, environment::get, HOME);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void the_accounts_of_the_book_have_names_and_an_outside_ledger_knows_only_what_is_named() {
    var book =
        read(
            """
            ledger:
              accounts:
                adjustments: {BANK_FEE: "6855"}
                contexts: {emea: {suspense: "1998"}}
            """);
    assertThat(book.ledger().outside()).isNull();
    var chart = requireNonNull(book.ledger().chart());
    assertThat(chart.everywhere().suspense()).isEqualTo("suspense");
    assertThat(chart.everywhere().adjustments())
        .containsEntry(AdjustmentType.BANK_FEE, "6855")
        .containsEntry(AdjustmentType.ROUNDING, "roundings");
    assertThat(requireNonNull(chart.contexts().get("emea")).suspense()).isEqualTo("1998");

    var outside =
        read(
            """
            ledger:
              kind: http
              url: https://ledger.example.org/v1
              token: env:LEDGER_TOKEN
              accounts: {writeOff: "6900"}
            """);
    assertThat(requireNonNull(outside.ledger().chart()).everywhere())
        .isEqualTo(new Chart.Accounts(null, "6900", Map.of()));
    assertThat(requireNonNull(outside.ledger().outside()).properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("url", "token");

    assertThat(read("ledger: {kind: none}").ledger())
        .isEqualTo(new LedgerSettings(null, null, BatchLimits.USUAL));
    assertThat(
            read("ledger: {batches: {items: 50, limits: {EUR: 1000}, accounts: {\"6900\": {EUR: 5}}}}")
                .ledger()
                .batches())
        .isEqualTo(
            new BatchLimits(
                50,
                Map.of("EUR", new BigDecimal("1000")),
                Map.of("6900", Map.of("EUR", new BigDecimal("5")))));
  }

  @Test
  void no_target_is_called_like_the_ledger() {
    assertThatThrownBy(() -> read("targets: {ledger: {kind: webhook}}"))
        .hasMessageContaining(
            "The setting \"targets.ledger\" is not the name of a target: the ledger is set up"
                + " under \"ledger\".");
  }
}
