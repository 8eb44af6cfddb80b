package dev.signalbox.api.routes;

import static dev.signalbox.api.testkit.ReportText.report;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.access.Role;
import dev.signalbox.api.testkit.ApiBox;
import dev.signalbox.api.testkit.ApiClient;
import dev.signalbox.api.testkit.Reply;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.testkit.Until;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Files as evidence: what goes in comes out, and what is broken off leaves nothing behind. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileIT {
  private static final int MIB = 1 << 20;
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static ApiBox box;

  @BeforeAll
  static void open() {
    box = ApiBox.open();
  }

  @AfterAll
  static void close() {
    box.close();
  }

  @Test
  void what_goes_in_comes_out_as_an_attachment_with_its_type_and_digest() {
    var path = disputed();
    var content = content(3 * MIB + 17);

    var given =
        upload(path, "?name=Kontoauszug%20%C3%BC.pdf&comment=Page%203", content, "application/pdf")
            .is(200);

    var piece = given.json().at("/evidence/0");
    assertThat(piece.path("comment").asText()).isEqualTo("Page 3");
    var file = piece.path("file");
    assertThat(file.path("name").asText()).isEqualTo("Kontoauszug ü.pdf");
    assertThat(file.path("mediaType").asText()).isEqualTo("application/pdf");
    assertThat(file.path("bytes").asLong()).isEqualTo(content.length);
    assertThat(file.path("sha256").asText()).isEqualTo(sha256(content));
    var back = client().get(piece.path("fileUrl").asText()).is(200);
    assertThat(back.body()).isEqualTo(new String(content, US_ASCII));
    assertThat(back.header("Content-Type")).isEqualTo("application/pdf");
    assertThat(back.header("Content-Disposition"))
        .isEqualTo("attachment; filename*=UTF-8''Kontoauszug%20%C3%BC.pdf");
    assertThat(back.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(back.header("Repr-Digest")).startsWith("sha-256=:");
    client().get(path + "/evidence/" + UUID.randomUUID() + "/file").isProblem(404, "NOT_FOUND");
  }

  @Test
  void what_is_too_large_is_refused_and_leaves_nothing() {
    var path = disputed();
    long before = stored();

    upload(path, "?name=a", new byte[25 * MIB + 1], "text/plain")
        .isProblem(
            413,
            "TOO_LARGE",
            "A file has at most 26214400 bytes. Maybe give a link to it instead.");
    upload(path, "?name=a", new byte[25 * MIB], "text/plain").is(200);

    assertThat(stored()).isEqualTo(before + 1);
  }

  @Test
  void what_is_not_what_was_meant_is_refused_and_leaves_nothing() {
    var path = disputed();
    long before = stored();
    var content = content(1_000);

    upload(path, "?name=a&sha256=" + "0".repeat(64), content, "text/plain")
        .isProblem(
            400,
            "DIGEST",
            "The file's SHA-256 is %s, not %s. Maybe it was damaged on its way; send it again."
                .formatted(sha256(content), "0".repeat(64)));
    upload(path, "", content, "text/plain").isProblem(400, "INVALID");
    upload(path, "?name=a", content, "no type").isProblem(400, "INVALID");
    upload("/v1/disputes/" + UUID.randomUUID(), "?name=a", content, "text/plain")
        .isProblem(404, "NOT_FOUND");
    upload(path, "?name=a&sha256=" + sha256(content), content, "text/plain").is(200);

    assertThat(stored()).isEqualTo(before + 1);
  }

  @Test
  void what_was_changed_in_the_store_is_not_given_out() {
    var piece = upload(disputed(), "?name=a", content(1_000), "text/plain").is(200).json();
    var url = piece.at("/evidence/0/fileUrl").asText();
    client().get(url).is(200);

    box.box()
        .postgres()
        .asSuperuser()
        .inTransaction(tx -> tx.query("SELECT lo_put(content, 500, 'X') FROM evidence_file"));

    client()
        .get(url)
        .isProblem(
            500,
            "DAMAGED",
            "The file is not the one that was taken in, and is not given out; the log says more.");
  }

  @Test
  void an_upload_that_is_broken_off_leaves_nothing_behind() throws IOException {
    var path = disputed();
    long before = stored();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), box.port())) {
      var head =
          "POST %s/files?name=a HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nContent-Length: 9000000\r\n\r\n"
              .formatted(path, client().headers().get("Authorization"));
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().write(new byte[MIB]);
      socket.getOutputStream().flush();
      Until.holds(() -> coming() == 1);
    }

    Until.holds(() -> coming() == 0);
    assertThat(stored()).isEqualTo(before);
    assertThat(box.rows("evidence_file", "true")).isEqualTo(before);
  }

  @Test
  void a_repeat_under_its_key_gives_the_first_answer_and_keeps_one_file() {
    var path = disputed();
    long before = stored();
    var keyed = client().with("Idempotency-Key", "file-" + path);

    var first = upload(keyed, path, "?name=a", content(10), "text/plain").is(200);
    var again = upload(keyed, path, "?name=a", content(10), "text/plain").is(200);

    assertThat(again.json()).isEqualTo(first.json());
    upload(keyed, path, "?name=b", content(10), "text/plain").isProblem(422, "KEY_REUSED");
    assertThat(stored()).isEqualTo(before + 1);
  }

  @Test
  void a_file_whose_node_died_is_swept_after_a_while_and_one_that_is_evidence_stays() {
    upload(disputed(), "?name=a", content(10), "text/plain").is(200);
    long before = stored();
    var now = box.box().clock().instant();
    try (var file = box.files().incoming(state())) {
      file.add(content(10));
      file.end();
      box.files().store(file);
    }

    int early = box.files().sweep(now, 100);
    int swept = box.files().sweep(now.plus(Duration.ofSeconds(1)), 100);

    assertThat(early).isZero();
    assertThat(swept).isEqualTo(1);
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void what_lies_in_the_store_is_sealed_and_what_was_stored_before_still_opens() {
    var content = content(100_000);
    var given = upload(disputed(), "?name=a", content, "text/plain").is(200);
    var url = given.json().at("/evidence/0/fileUrl").asText();
    var words = new String(content, 0, 40, US_ASCII);
    assertThat(box.rows("pg_largeobject", "position('" + words + "'::bytea in data) > 0")).isZero();

    box.box()
        .postgres()
        .database()
        .inTransaction(tx -> {
          var sealed =
              tx.query(
                  "SELECT id, lo_unlink(content) FROM evidence_file"
                      + " WHERE length(lo_get(content)) BETWEEN 100000 AND 100100");
          return tx.update(
              "UPDATE evidence_file SET content = lo_from_bytea(0, ?) WHERE id = ?",
              content,
              sealed.getFirst().uuid("id"));
        });
    box.box()
        .postgres()
        .asSuperuser()
        .inTransaction(tx ->
            tx.update(
                "UPDATE evidence_file SET subject = NULL WHERE length(lo_get(content)) = 100000"));
    assertThat(client().get(url).is(200).body()).isEqualTo(new String(content, US_ASCII));
  }

  @Test
  void redacted_evidence_keeps_its_digest_and_nothing_that_can_be_read() {
    var path = disputed();
    long before = stored();
    var content = content(1_000);
    var given = upload(path, "?name=secret.txt&comment=Secret", content, "text/plain").is(200);
    var id = given.json().at("/evidence/0/id").asText();
    var piece = path + "/evidence/" + id;
    assertThat(stored()).isEqualTo(before + 1);

    delete(Role.SENIOR, piece).isProblem(403, "ROLE_NEEDED");
    delete(Role.COMPLIANCE, piece).is(204);

    assertThat(stored()).as("its bytes are gone").isEqualTo(before);
    var shown = client().get(path).is(200).json().at("/evidence/0");
    assertThat(shown.toString()).doesNotContainIgnoringCase("secret");
    assertThat(shown.at("/redacted/by").asText()).isEqualTo("compliance");
    assertThat(shown.at("/redacted/reason").asText()).isEqualTo("A card number.");
    assertThat(shown.at("/file/sha256").asText()).isEqualTo(sha256(content));
    client().get(piece + "/file").isProblem(404, "NOT_FOUND");
    delete(Role.ANALYST, piece).isProblem(404, "NOT_FOUND");
  }

  private static Reply delete(Role role, String piece) {
    return box.as(role)
        .client()
        .with("Content-Type", "application/json")
        .send(HttpMethod.DELETE, piece, "{\"reason\": \"A card number.\"}".getBytes(UTF_8));
  }

  private static ExceptionCase state() {
    var id = box.reporter().reports(report("file-" + COUNT.incrementAndGet())).is(201).text("id");
    return box.box().state(CaseId.parse(id));
  }

  private static String disputed() {
    var id = box.reporter().reports(report("file-" + COUNT.incrementAndGet())).is(201).text("id");
    return "/v1/disputes/"
        + box.as(Role.ANALYST)
            .posts(
                "/v1/exceptions/" + id + "/disputes",
                "{\"category\": \"OTHER\", \"description\": \"Odd.\"}")
            .is(201)
            .text("id");
  }

  private static ApiClient client() {
    return box.as(Role.ANALYST).client();
  }

  private static Reply upload(String path, String query, byte[] content, String type) {
    return upload(client(), path, query, content, type);
  }

  private static Reply upload(
      ApiClient client, String path, String query, byte[] content, String type) {
    return client.with("Content-Type", type).post(path + "/files" + query, content);
  }

  /** How many uploads are on their way. */
  private static long coming() {
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(fd -> target(fd).endsWith(".upload")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }

  /** How many large objects there are. */
  private static long stored() {
    return box.rows("pg_largeobject_metadata", "true");
  }

  private static byte[] content(int length) {
    var bytes = new byte[length];
    var random = new Random(length);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(26));
    }
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
