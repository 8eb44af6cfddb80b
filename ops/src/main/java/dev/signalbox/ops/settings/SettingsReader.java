package dev.signalbox.ops.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.access.Authority;
import dev.signalbox.access.Permission;
import dev.signalbox.access.Role;
import dev.signalbox.adapters.settings.SecretReferences;
import dev.signalbox.db.DatabaseSettings;
import dev.signalbox.desk.StormGuard;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.intake.Intake;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings: the file, overridden by the environment. All that is wrong is told at once. A
 * variable that is set to nothing counts as not set.
 */
public final class SettingsReader {
  private static final int DISPATCHES = 600;
  private static final int CALLBACKS = 6_000;
  private static final int BUDGET_MAX = 1_000_000;
  private static final int PORT_MAX = 65_535;
  private static final int PORT = 8080;
  private static final int OPENED_MAX = 100_000_000;
  private static final int LANES_MAX = 64;
  private static final int BATCH_MAX = 1_000;

  private final List<String> problems = new ArrayList<>();
  private final Section settings;
  private final UnaryOperator<@Nullable String> environment;
  private final Path home;

  private SettingsReader(ConfigFile file, UnaryOperator<@Nullable String> environment, Path home) {
    settings =
        Section.root(file.yaml(), (path, sentence) -> problems.add(file.where(path) + sentence));
    this.environment = environment;
    this.home = home;
  }

  /**
   * Reads.
   *
   * @param file null for none
   * @param environment the variables, by name
   * @param home the folder of the program, for what it brings along
   * @throws BadSettings in words for the operator, one line for each problem
   */
  public static Settings read(
      @Nullable Path file, UnaryOperator<@Nullable String> environment, Path home) {
    var config = file == null ? ConfigFile.none() : ConfigFile.read(file);
    var reader = new SettingsReader(config, environment, home);
    var settings = reader.settings();
    if (!reader.problems.isEmpty()) {
      throw new BadSettings(reader.problems);
    }
    return settings;
  }

  private Settings settings() {
    settings.only(
        "host",
        "port",
        "data",
        "database",
        "ruleset",
        "rulesets",
        "contexts",
        "targets",
        "identity",
        "telemetry",
        "intake",
        "audit",
        "ledger",
        "evidence",
        "limits",
        "budgets");
    var host = settings.text("host");
    var data = set("SIGNALBOX_DATA", settings.text("data"));
    return new Settings(
        host == null ? "127.0.0.1" : host,
        port(),
        data == null ? home.resolve("data") : Path.of(data),
        database(),
        set("SIGNALBOX_ADMIN_KEY", null),
        journalKey(),
        RulesetSettings.read(settings, this::secret, home),
        storms(),
        targets(),
        IdentitySettings.read(settings),
        otlp(),
        intake(),
        audit(),
        LedgerSettings.read(settings),
        EvidenceSettings.read(settings, this::secret),
        authority(),
        budgets());
  }

  private @Nullable String secret(String reference) {
    return reference.startsWith("env:")
        ? environment.apply(reference.substring("env:".length()))
        : SecretReferences.in(Map.of()).apply(reference);
  }

  private int port() {
    var variable = set("SIGNALBOX_PORT", null);
    if (variable == null) {
      return settings.number("port", 0, PORT_MAX, PORT);
    }
    if (variable.matches("[0-9]{1,5}") && Integer.parseInt(variable) <= PORT_MAX) {
      return Integer.parseInt(variable);
    }
    problems.add(
        "SIGNALBOX_PORT is \"%s\"; a port is a whole number from 0 (any free one) to %d."
            .formatted(variable, PORT_MAX));
    return PORT;
  }

  private @Nullable String database() {
    var url = set("SIGNALBOX_DATABASE_URL", settings.text("database"));
    if (url != null) {
      try {
        DatabaseSettings.parse(url);
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return url;
  }

  private @Nullable String journalKey() {
    var key = set("SIGNALBOX_JOURNAL_KEY", null);
    if (key != null && !key.matches("[0-9a-fA-F]{64}")) {
      problems.add("SIGNALBOX_JOURNAL_KEY is not a key: it has 64 hexadecimal digits.");
    }
    return key;
  }

  private Authority authority() {
    var limits = new EnumMap<Role, BigDecimal>(Role.class);
    var section = settings.section("limits");
    for (var word : section.names()) {
      var role = Role.of(word).orElse(null);
      var amount = section.amount(word);
      if (role == null
          || !(Permission.REVIEW.isOf(Set.of(role)) || Permission.APPROVE.isOf(Set.of(role)))) {
        section.wrong(word, "of no role that settles or approves");
      } else if (amount != null) {
        limits.put(role, amount);
      }
    }
    return new Authority(limits);
  }

  private Map<String, Integer> budgets() {
    var section = settings.section("budgets").only("dispatch", "callback");
    var budgets = new HashMap<String, Integer>();
    budgets.put("dispatch", section.number("dispatch", 0, BUDGET_MAX, DISPATCHES));
    budgets.put("callback", section.number("callback", 0, BUDGET_MAX, CALLBACKS));
    budgets.values().removeIf(most -> most == 0);
    return budgets;
  }

  private Map<String, StormGuard.Cap> storms() {
    var caps = new HashMap<String, StormGuard.Cap>();
    var contexts = settings.section("contexts");
    for (var name : contexts.names()) {
      var context = contexts.section(name).only("stormGuard");
      if (context.has("stormGuard")) {
        var guard = context.section("stormGuard").only("opened", "window");
        int opened = guard.number("opened", 1, OPENED_MAX, 0);
        var window = guard.duration("window", Duration.ZERO);
        if (guard.has("opened") && guard.has("window")) {
          if (opened > 0 && window.isPositive()) {
            caps.put(name, new StormGuard.Cap(opened, window));
          }
        } else {
          context.wrong("stormGuard", "not whole: it has \"opened\" and \"window\"");
        }
      }
    }
    return caps;
  }

  private Map<TargetName, JsonNode> targets() {
    var targets = new HashMap<TargetName, JsonNode>();
    var section = settings.section("targets");
    for (var name : section.names()) {
      if (name.equals(LedgerOrder.LEDGER.value())) {
        section.wrong(name, "not the name of a target: the ledger is set up under \"ledger\"");
        continue;
      }
      try {
        targets.put(new TargetName(name), section.raw(name));
      } catch (IllegalArgumentException e) {
        section.wrong(name, "not the name of a target: " + e.getMessage());
      }
    }
    return targets;
  }

  private Intake.Shape intake() {
    var intake = settings.section("intake").only("lanes", "batch");
    return new Intake.Shape(
        intake.number("lanes", 1, LANES_MAX, Intake.Shape.USUAL.lanes()),
        intake.number("batch", 1, BATCH_MAX, Intake.Shape.USUAL.batch()));
  }

  private AuditSettings audit() {
    var audit = settings.section("audit");
    var url = set("SIGNALBOX_HEARTBEAT_URL", audit.text("heartbeat"));
    if (url != null && !isWeb(url)) {
      // It may hold a secret, so it is not shown.
      problems.add("The heartbeat is not an address like https://status.example.com/beat/7.");
      url = null;
    }
    return AuditSettings.read(audit, url);
  }

  private @Nullable String otlp() {
    var url =
        set(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            settings.section("telemetry").only("otlpEndpoint").text("otlpEndpoint"));
    if (url != null && !isWeb(url)) {
      problems.add(
          "The OTLP endpoint \"%s\" is not an address like http://localhost:4318.".formatted(url));
    }
    return url;
  }

  private static boolean isWeb(String url) {
    try {
      var uri = URI.create(url);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private @Nullable String set(String variable, @Nullable String otherwise) {
    var value = environment.apply(variable);
    return value == null || value.isBlank() ? otherwise : value;
  }
}
