package dev.signalbox.adapters.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.outside.FileStore;
import dev.signalbox.outside.StoreAway;
import dev.signalbox.testkit.FileStoreContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class S3StoreIT extends FileStoreContract {
  private static final int MIB = 1 << 20;
  private static final UUID ID = UUID.fromString("0190a5c6-1f7e-4c31-9d53-6a0f1f2e3d4c");

  private static TestS3 server;
  private static S3Store store;

  @BeforeAll
  static void open() {
    server = TestS3.start();
    store = new S3Store(server.settings());
  }

  @AfterAll
  static void close() {
    store.close();
    server.close();
  }

  @Override
  protected FileStore store() {
    return store;
  }

  @Test
  void a_file_stays_found_when_new_ones_go_to_another_bucket() throws Exception {
    var place = place();
    put(place, content(10, 1));

    try (var moved = new S3Store(TestS3.settings(server.endpoint(), "another", TestS3.SECRET))) {
      var read = inVirtualThread(() -> Objects.requireNonNull(moved.open(place)).readAllBytes());
      assertThat(read).isEqualTo(content(10, 1));
    }
  }

  @Test
  void a_wrong_secret_is_told_without_showing_it() {
    refuses(
        TestS3.settings(server.endpoint(), TestS3.BUCKET, "wr0ng"),
        "The bucket %s of the S3 store at %s cannot be used: it refuses the access key and its"
            + " secret (SignatureDoesNotMatch).");
  }

  @Test
  void a_missing_bucket_is_told() {
    refuses(
        TestS3.settings(server.endpoint(), "nowhere", TestS3.SECRET),
        "The bucket %s of the S3 store at %s cannot be used: there is no such bucket"
            + " (NoSuchBucket).");
  }

  private void refuses(S3Settings settings, String told) {
    var sentence = told.formatted(settings.bucket(), settings.endpoint());
    try (var refused = new S3Store(settings)) {
      var place = refused.placeOf(ID);
      assertThatThrownBy(() -> put(refused, place, 10))
          .isInstanceOf(StoreAway.class)
          .hasMessage(sentence);
      assertThatThrownBy(() -> inVirtualThread(() -> refused.open(place)))
          .isInstanceOf(StoreAway.class)
          .hasMessage(sentence);
    }
  }

  @Test
  void a_store_that_is_away_is_told() throws IOException {
    URI nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    try (var away = new S3Store(TestS3.settings(nobody, TestS3.BUCKET, TestS3.SECRET))) {
      assertThatThrownBy(() -> put(away, away.placeOf(ID), 10))
          .isInstanceOf(StoreAway.class)
          .hasMessageContaining("it does not answer (java.net.ConnectException");
    }
  }

  @Test
  @Timeout(15)
  void a_store_that_never_answers_is_not_waited_for() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var slow = new S3Store(within(silent.getLocalPort(), Duration.ofSeconds(2)))) {
      assertThatThrownBy(() -> put(slow, slow.placeOf(ID), 20 * MIB))
          .isInstanceOf(StoreAway.class)
          .hasMessageContaining("it does not answer");
      assertThatThrownBy(() -> inVirtualThread(() -> slow.open(slow.placeOf(ID))))
          .isInstanceOf(StoreAway.class);
    }
  }

  @Test
  void an_upload_that_is_cut_leaves_no_object_and_is_tried_again() throws Exception {
    int before = server.objects().size();
    try (var line = new CutLine(server.endpoint().getPort(), 2 * MIB, Integer.MAX_VALUE);
        var cut = new S3Store(within(line.port(), Duration.ofSeconds(10)))) {
      assertThatThrownBy(() -> put(cut, cut.placeOf(ID), 5 * MIB)).isInstanceOf(StoreAway.class);
      assertThat(line.calls()).isGreaterThan(1);
      assertThat(server.objects()).hasSize(before);

      line.heal();
      put(cut, cut.placeOf(ID), 5 * MIB);
      assertThat(server.objects()).hasSize(before + 1);
    }
  }

  @Test
  void a_download_that_is_cut_is_no_end() throws Exception {
    var place = place();
    put(place, content(5 * MIB, 1));
    try (var line = new CutLine(server.endpoint().getPort(), Integer.MAX_VALUE, 2 * MIB);
        var cut = new S3Store(within(line.port(), Duration.ofSeconds(10)))) {
      assertThatThrownBy(
              () -> inVirtualThread(() -> Objects.requireNonNull(cut.open(place)).readAllBytes()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  @Timeout(20)
  void a_store_that_gives_a_byte_now_and_then_is_not_listened_to_for_ever() throws Exception {
    try (var dripping = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var slow = new S3Store(within(dripping.getLocalPort(), Duration.ofSeconds(2)))) {
      Thread.ofVirtual().start(() -> drip(dripping));
      assertThatThrownBy(() ->
              inVirtualThread(
                  () -> Objects.requireNonNull(slow.open(slow.placeOf(ID))).readAllBytes()))
          .isInstanceOf(IOException.class)
          .hasMessage("The store took too long over it.");
    }
  }

  private static void drip(ServerSocket server) {
    try (var socket = server.accept()) {
      var out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(US_ASCII));
      while (true) {
        out.write('x');
        out.flush();
        Thread.sleep(100);
      }
    } catch (IOException e) {
      // Nobody listens any more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static S3Settings within(int port, Duration timeout) {
    var usual = server.settings();
    return new S3Settings(
        URI.create("http://127.0.0.1:" + port),
        usual.bucket(),
        usual.region(),
        usual.accessKey(),
        usual.secretKey(),
        true,
        timeout);
  }

  private void put(S3Store into, String place, int length) throws Exception {
    var file = file(content(length, 1));
    inVirtualThread(() -> {
      into.put(place, file);
      return true;
    });
  }
}
