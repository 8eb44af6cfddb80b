package dev.signalbox.ops.testkit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.access.Access;
import dev.signalbox.journal.MasterKey;
import dev.signalbox.journal.SubjectKeys;
import dev.signalbox.ops.demo.Demo;
import dev.signalbox.ops.settings.Settings;
import dev.signalbox.ops.settings.SettingsReader;
import dev.signalbox.testkit.Replays;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** A whole node on a database of its own, with the stand-ins around it, in this process. */
public final class LiveBox implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TestPostgres postgres;
  private final Path data;
  private final String key;
  private final Demo demo;
  private final Api api;

  private LiveBox(TestPostgres postgres, Path data, String key, Demo demo) {
    this.postgres = postgres;
    this.data = data;
    this.key = key;
    this.demo = demo;
    api = new Api(demo.node().url(), key);
  }

  /**
   * Starts on a fresh database.
   *
   * @param data where it keeps its secrets
   * @param environment further variables
   */
  public static LiveBox start(Path data, Map<String, String> environment) {
    return start(TestPostgres.freshDatabase(), data, environment);
  }

  public static LiveBox start(Path data) {
    return start(data, Map.of());
  }

  /** Starts on a database, which it closes in the end. */
  public static LiveBox start(TestPostgres postgres, Path data, Map<String, String> environment) {
    var key = Access.newKey();
    try {
      return new LiveBox(
          postgres, data, key, Demo.start(settings(postgres, key, data, environment), key));
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  /** The settings of a node without targets. */
  public static Settings settings(
      TestPostgres postgres, String key, Path data, Map<String, String> environment) {
    var variables = new HashMap<>(environment);
    variables.put("SIGNALBOX_DATABASE_URL", url(postgres));
    variables.put("SIGNALBOX_ADMIN_KEY", key);
    return SettingsReader.read(null, variables::get, root()).in(data).at(0);
  }

  /** As the server's superuser, so that a node may arrange its role. */
  public static String url(TestPostgres postgres) {
    var settings = postgres.settings();
    return "postgresql://postgres@%s:%d/%s"
        .formatted(settings.host(), settings.port(), settings.database());
  }

  /** The folder of the program. */
  public static Path root() {
    return Path.of(System.getProperty("signalbox.root", ".."));
  }

  public Demo demo() {
    return demo;
  }

  public String url() {
    return demo.node().url();
  }

  public String key() {
    return key;
  }

  public TestPostgres postgres() {
    return postgres;
  }

  /** A small young report that no target gets. */
  public static ObjectNode report(String sourceRef) {
    return JSON.createObjectNode()
        .put("source", "bank-a-mt940")
        .put("sourceRef", sourceRef)
        .put("reasonCode", "AMOUNT_OUTSIDE_TOLERANCE")
        .put("amount", "100.00")
        .put("currency", "EUR")
        .put("transactionDate", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** One that the stand-in of a webhook receiver gets. */
  public static ObjectNode reportForWebhook(String sourceRef) {
    return report(sourceRef).put("reasonCode", "MISSING_RECORD");
  }

  /** One that the stand-in of JIRA gets. */
  public static ObjectNode reportForJira(String sourceRef) {
    return report(sourceRef).put("reasonCode", "VALIDATION_FAILED");
  }

  /** How callers with the admin's key see it. */
  public Api api() {
    return api;
  }

  public HttpResponse<String> post(String path, String type, String body, String... headers) {
    return api.post(path, type, body, headers);
  }

  /** Posts a report, and gives back the id of the exception. */
  public String reported(ObjectNode report, String... headers) {
    return api.reported(report, headers);
  }

  public HttpResponse<String> get(String path) {
    return api.get(path);
  }

  /** Before it goes, what the standard ruleset decided here is decided again. */
  @Override
  public void close() {
    demo.close();
    try {
      Replays.check(
          postgres.database(),
          new SubjectKeys(postgres.database(), masterKey()),
          digest -> digest.equals(TestBox.rules().digest()) ? TestBox.rules() : null);
    } finally {
      postgres.close();
    }
  }

  private MasterKey masterKey() {
    try {
      var hex = Files.readString(data.resolve("secrets/journal.key")).strip();
      return new MasterKey(HexFormat.of().parseHex(hex));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
