package dev.signalbox.ops.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.signalbox.desk.StormGuard;
import dev.signalbox.exceptions.TargetName;
import dev.signalbox.intake.Intake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads settings, strictly: a name that means nothing is a mistake, not a wish. */
public final class SettingsReader {
  private static final Set<String> FIELDS =
      Set.of(
          "host",
          "port",
          "data",
          "database",
          "ruleset",
          "contexts",
          "targets",
          "telemetry",
          "intake");
  private static final int PORT_MAX = 65_535;
  private static final int PORT = 8080;
  private static final int COUNT_MAX = 1_000;

  private final JsonNode yaml;
  private final UnaryOperator<@Nullable String> environment;
  private final Path home;

  private SettingsReader(JsonNode yaml, UnaryOperator<@Nullable String> environment, Path home) {
    this.yaml = yaml;
    this.environment = environment;
    this.home = home;
  }

  /**
   * Reads.
   *
   * @param file null for none
   * @param environment the variables, by name
   * @param home the folder of the program, for what it brings along
   * @throws BadSettings in words for the operator
   */
  public static Settings read(
      @Nullable Path file, UnaryOperator<@Nullable String> environment, Path home) {
    var yaml = file == null ? JsonNodeFactory.instance.objectNode() : yaml(file);
    return new SettingsReader(yaml, environment, home).settings();
  }

  private static JsonNode yaml(Path file) {
    try {
      var node = new YAMLMapper().readTree(Files.readString(file));
      return node == null || node.isMissingNode() || node.isNull()
          ? JsonNodeFactory.instance.objectNode()
          : node;
    } catch (NoSuchFileException e) {
      throw new BadSettings("The configuration file %s does not exist.".formatted(file));
    } catch (JsonProcessingException e) {
      throw new BadSettings(
          "The configuration file %s is not YAML, in line %d."
              .formatted(file, e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
    } catch (IOException e) {
      throw new BadSettings("The configuration file %s cannot be read.".formatted(file));
    }
  }

  private Settings settings() {
    if (!yaml.isObject()) {
      throw new BadSettings("The configuration is a list of names with values.");
    }
    check("", yaml, FIELDS);
    return new Settings(
        text("host", "127.0.0.1"),
        port(),
        Path.of(overridden("SIGNALBOX_DATA", text("data", home.resolve("data").toString()))),
        environment.apply("SIGNALBOX_DATABASE_URL") != null
            ? environment.apply("SIGNALBOX_DATABASE_URL")
            : yaml.path("database").textValue(),
        environment.apply("SIGNALBOX_ADMIN_KEY"),
        environment.apply("SIGNALBOX_JOURNAL_KEY"),
        Path.of(text("ruleset", home.resolve("rules-repo/rulesets/standard").toString())),
        storms(),
        targets(),
        otlp(),
        intake());
  }

  private int port() {
    var text = overridden("SIGNALBOX_PORT", yaml.path("port").asText(Integer.toString(PORT)));
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= PORT_MAX) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw wrongPort(text);
    }
    throw wrongPort(text);
  }

  private static BadSettings wrongPort(String text) {
    return new BadSettings(
        "\"%s\" is not a port; it is a number from 0 (any free one) to %d."
            .formatted(text, PORT_MAX));
  }

  private Map<String, StormGuard.Cap> storms() {
    var caps = new HashMap<String, StormGuard.Cap>();
    yaml.path("contexts")
        .properties()
        .forEach(context -> {
          var path = "contexts." + context.getKey();
          check(path + ".", context.getValue(), Set.of("stormGuard"));
          var guard = context.getValue().path("stormGuard");
          if (!guard.isMissingNode()) {
            check(path + ".stormGuard.", guard, Set.of("opened", "window"));
            caps.put(
                context.getKey(),
                new StormGuard.Cap(
                    guard.path("opened").asInt(),
                    duration(path + ".stormGuard.window", guard.path("window").asText())));
          }
        });
    return caps;
  }

  private Map<TargetName, JsonNode> targets() {
    var targets = new HashMap<TargetName, JsonNode>();
    yaml.path("targets")
        .properties()
        .forEach(target -> targets.put(new TargetName(target.getKey()), target.getValue()));
    return targets;
  }

  private Intake.Shape intake() {
    var intake = yaml.path("intake");
    check("intake.", intake, Set.of("lanes", "batch"));
    return new Intake.Shape(
        count(intake, "lanes", Intake.Shape.USUAL.lanes()),
        count(intake, "batch", Intake.Shape.USUAL.batch()));
  }

  private static int count(JsonNode intake, String field, int absent) {
    var value = intake.path(field);
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isInt() || value.intValue() < 1 || value.intValue() > COUNT_MAX) {
      throw new BadSettings(
          "The setting \"intake.%s\" is a whole number from 1 to %d.".formatted(field, COUNT_MAX));
    }
    return value.intValue();
  }

  private @Nullable String otlp() {
    check("telemetry.", yaml.path("telemetry"), Set.of("otlpEndpoint"));
    var set = environment.apply("OTEL_EXPORTER_OTLP_ENDPOINT");
    return set != null ? set : yaml.path("telemetry").path("otlpEndpoint").textValue();
  }

  /** Reads {@code 90s}, {@code 15m} or {@code 4h}. */
  public static Duration duration(String path, String text) {
    if (text.matches("[1-9][0-9]{0,6}(ms|s|m|h)")) {
      return Duration.parse(
          text.endsWith("ms")
              ? "PT%sS".formatted(Double.parseDouble(text.replace("ms", "")) / 1000)
              : "PT" + text.toUpperCase(Locale.ROOT));
    }
    throw new BadSettings(
        "The setting \"%s\" is a duration like 90s, 15m or 4h, not \"%s\".".formatted(path, text));
  }

  private String text(String field, String absent) {
    var value = yaml.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isTextual()) {
      throw new BadSettings("The setting \"%s\" is a text.".formatted(field));
    }
    return value.textValue();
  }

  private String overridden(String variable, String value) {
    var set = environment.apply(variable);
    return set == null ? value : set;
  }

  private static void check(String path, JsonNode node, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            throw new BadSettings(
                "There is no setting \"%s%s\"; there are %s."
                    .formatted(path, name, String.join(", ", new TreeSet<>(known))));
          }
        });
  }
}
