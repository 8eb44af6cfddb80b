package dev.signalbox.ops.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.signalbox.access.Access;
import dev.signalbox.adapters.s3.TestS3;
import dev.signalbox.ops.settings.SettingsReader;
import dev.signalbox.ops.testkit.Api;
import dev.signalbox.ops.testkit.LiveBox;
import dev.signalbox.ops.testkit.MetricsPage;
import dev.signalbox.testkit.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose files go to a real S3 server, as its configuration says. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FilesInS3IT {
  private static final int MIB = 1 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String ADMIN = Access.newKey();

  @TempDir private static Path folder;
  private static TestPostgres postgres;
  private static TestS3 s3;
  private static Node node;
  private static String dispute;

  @BeforeAll
  static void open() throws IOException {
    postgres = TestPostgres.freshDatabase();
    s3 = TestS3.start();
    node = node("s3", s3.endpoint());
    var api = new Api(node.url(), ADMIN);
    var id = api.reported(LiveBox.report("disputed"));
    dispute =
        Api.json(
                api.post(
                    "/v1/exceptions/" + id + "/disputes",
                    "application/json",
                    "{\"category\": \"OTHER\", \"description\": \"Odd.\"}"))
            .path("id")
            .asText();
  }

  @AfterAll
  static void close() {
    node.close();
    s3.close();
    postgres.close();
  }

  private static Node node(String store, URI endpoint) throws IOException {
    var config =
        Files.writeString(
            folder.resolve(store + endpoint.getPort() + ".yaml"),
            """
            evidence:
              store: %s
              endpoint: %s
              bucket: %s
              accessKey: env:S3_KEY
              secretKey: env:S3_SECRET
              timeout: 15s
            """
                .formatted(store, endpoint, TestS3.BUCKET));
    var variables =
        Map.of(
            "S3_KEY",
            TestS3.KEY,
            "S3_SECRET",
            TestS3.SECRET,
            "SIGNALBOX_DATABASE_URL",
            LiveBox.url(postgres),
            "SIGNALBOX_ADMIN_KEY",
            ADMIN);
    return Node.start(SettingsReader.read(config, variables::get, LiveBox.root()).in(folder).at(0));
  }

  @Test
  void what_is_as_large_as_may_be_comes_back_and_what_is_larger_leaves_no_object()
      throws Exception {
    int before = s3.objects().size();
    long inDatabase = largeObjects();
    var content = content(25 * MIB, 1);

    var piece = uploaded(node, content);

    assertThat(s3.objects()).hasSize(before + 1);
    assertThat(download(node, piece).body()).isEqualTo(content);
    var larger = upload(node, content(25 * MIB + 1, 1));
    assertThat(larger.statusCode()).isEqualTo(413);
    assertThat(s3.objects()).hasSize(before + 1);
    assertThat(largeObjects()).isEqualTo(inDatabase);
  }

  @Test
  void what_somebody_changed_in_the_bucket_is_not_given_out() throws Exception {
    var before = s3.objects();
    var piece = uploaded(node, content(1_000, 2));
    var object = s3.objects().stream().filter(one -> !before.contains(one)).findFirst();
    var bytes = Files.readAllBytes(object.orElseThrow());
    bytes[500]++;
    Files.write(object.orElseThrow(), bytes);

    var damaged = download(node, piece);

    assertThat(damaged.statusCode()).isEqualTo(500);
    assertThat(JSON.readTree(damaged.body()).path("code").asText()).isEqualTo("DAMAGED");
    assertThat(counted("open", "damaged")).isPositive();
    Files.delete(object.orElseThrow());
    assertThat(JSON.readTree(download(node, piece).body()).path("code").asText())
        .isEqualTo("DAMAGED");
  }

  @Test
  void while_the_store_is_away_nothing_is_taken_and_all_else_goes_on() throws Exception {
    var gone = TestS3.start();
    var endpoint = gone.endpoint();
    var elsewhere = node("s3", endpoint);
    try {
      var piece = uploaded(elsewhere, content(1_000, 3));
      gone.close();
      long events = events();

      var refused = upload(elsewhere, content(1_000, 4));
      var unread = download(elsewhere, piece);

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(new String(refused.body(), UTF_8))
          .contains("The store of files is not available; nothing was stored.")
          .doesNotContain(endpoint.toString());
      assertThat(unread.statusCode()).isEqualTo(503);
      assertThat(events()).isEqualTo(events);
      assertThat(new Api(elsewhere.url(), ADMIN).get("/health/ready").statusCode()).isEqualTo(200);
    } finally {
      elsewhere.close();
    }
  }

  @Test
  void after_a_change_of_the_store_the_older_files_are_still_there() throws Exception {
    var inBucket = content(2_000, 5);
    var piece = uploaded(node, inBucket);
    int objects = s3.objects().size();
    var changed = node("postgresql", s3.endpoint());
    try {
      var inDatabase = content(2_000, 6);
      var later = uploaded(changed, inDatabase);

      assertThat(s3.objects()).hasSize(objects);
      assertThat(download(changed, piece).body()).isEqualTo(inBucket);
      assertThat(download(node, later).body()).isEqualTo(inDatabase);
    } finally {
      changed.close();
    }
  }

  /** The path of what was uploaded last. */
  private static String uploaded(Node at, byte[] content) throws Exception {
    var answer = upload(at, content);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    JsonNode evidence = JSON.readTree(answer.body()).path("evidence");
    return evidence.path(evidence.size() - 1).path("fileUrl").asText();
  }

  private static HttpResponse<byte[]> upload(Node at, byte[] content) throws Exception {
    return HTTP.send(
        request(at, "/v1/disputes/" + dispute + "/files?name=a")
            .POST(BodyPublishers.ofByteArray(content))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> download(Node at, String path) throws Exception {
    return HTTP.send(request(at, path).build(), BodyHandlers.ofByteArray());
  }

  private static HttpRequest.Builder request(Node at, String path) {
    return HttpRequest.newBuilder(URI.create(at.url() + path))
        .header("Authorization", "Bearer " + ADMIN);
  }

  private static double counted(String what, String outcome) {
    var page = MetricsPage.read(new Api(node.url(), ADMIN).get("/metrics").body());
    return page.samples().entrySet().stream()
        .filter(sample -> sample.getKey().startsWith("signalbox_file_moved_total"))
        .filter(sample -> sample.getKey().contains("what=\"" + what + "\""))
        .filter(sample -> sample.getKey().contains("outcome=\"" + outcome + "\""))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static long events() {
    return rows("journal");
  }

  private static long largeObjects() {
    return rows("pg_largeobject_metadata");
  }

  private static long rows(String table) {
    return postgres
        .asSuperuser()
        .read(tx -> tx.query("SELECT count(*) AS n FROM " + table))
        .getFirst()
        .int64("n");
  }

  private static byte[] content(int length, int seed) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
