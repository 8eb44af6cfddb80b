package dev.signalbox.adapters.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.signalbox.adapters.http.HttpOutcome.Answered;
import dev.signalbox.adapters.http.HttpOutcome.Forbidden;
import dev.signalbox.adapters.http.HttpOutcome.NotSent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HttpCallerIT {
  private static final String HOST = "hooks.example.com";
  private static final String PASSWORD = "changeit";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @TempDir private static Path folder;
  private static Vertx vertx;
  private static WireMockServer outside;
  private static String certificate;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    vertx = Vertx.vertx();
    var store = folder.resolve("store.p12").toString();
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-alias",
        "a",
        "-dname",
        "CN=" + HOST,
        "-ext",
        "SAN=dns:" + HOST,
        "-keystore",
        store,
        "-storepass",
        PASSWORD);
    var pem = folder.resolve("a.pem");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "a",
        "-file",
        pem.toString(),
        "-keystore",
        store,
        "-storepass",
        PASSWORD);
    certificate = Files.readString(pem);
    outside =
        new WireMockServer(
            options()
                .dynamicPort()
                .dynamicHttpsPort()
                .keystorePath(store)
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD));
    outside.start();
    outside.stubFor(post(anyUrl()).willReturn(aResponse().withBody("taken")));
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @AfterAll
  static void stop() {
    outside.stop();
    vertx.close();
  }

  private static HttpOutcome call(NameLookup names, String url, Egress egress) {
    try (var caller = new HttpCaller(vertx, names)) {
      return caller.call(new HttpCall(URI.create(url), Map.of("x-a", "b"), "{}"), egress, PATIENCE);
    }
  }

  private static Egress to(String... allowed) {
    return new Egress(AddressGuard.allowing(List.of(allowed)), null);
  }

  private static String plain(String host) {
    return "http://%s:%d/hook?a=%%20b".formatted(host, outside.port());
  }

  private static String encrypted() {
    return "https://%s:%d/hook".formatted(HOST, outside.httpsPort());
  }

  private static NameLookup always(String... addresses) {
    return host ->
        List.of(addresses).stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }

  @Test
  void the_call_keeps_the_name_and_the_path() {
    assertThat(call(always("127.0.0.1"), plain(HOST), to(HOST)))
        .isInstanceOfSatisfying(Answered.class, a -> assertThat(a.body()).isEqualTo("taken"));
    assertThat(outside.findAll(postRequestedFor(anyUrl())))
        .anySatisfy(request -> {
          assertThat(request.getHeader("host")).isEqualTo(HOST + ":" + outside.port());
          assertThat(request.getUrl()).isEqualTo("/hook?a=%20b");
          assertThat(request.getHeader("x-a")).isEqualTo("b");
        });
  }

  @Test
  void a_name_that_changes_after_the_check_changes_nothing() {
    var answers = new ArrayDeque<>(List.of("127.0.0.1", "10.255.255.1"));
    NameLookup flipping = host -> new InetAddress[] {InetAddress.ofLiteral(answers.remove())};
    assertThat(call(flipping, plain(HOST), to("127.0.0.1"))).isInstanceOf(Answered.class);
    assertThat(answers).as("looked up once").hasSize(1);
  }

  @Test
  void one_address_that_must_not_be_called_is_enough_to_refuse() {
    outside.resetRequests();
    assertThat(call(always("127.0.0.1", "169.254.169.254"), plain(HOST), to("127.0.0.0/8")))
        .isEqualTo(
            new Forbidden(
                "hooks.example.com is at 169.254.169.254, which is not a public address;"
                    + " maybe add it to allowedNetworks"));
    assertThat(outside.findAll(postRequestedFor(anyUrl()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "localhost",
        "localhost.",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]"
      })
  void loopback_in_disguise_is_seen_through(String host) {
    var url = URI.create(plain(host));
    if (url.getHost() == null) {
      assertThatThrownBy(() -> new HttpCall(url, Map.of(), ""))
          .hasMessage("The address %s names no host.".formatted(url));
    } else {
      assertThat(call(InetAddress::getAllByName, plain(host), to()))
          .isInstanceOfAny(Forbidden.class, NotSent.class);
    }
  }

  @Test
  void an_address_in_brackets_can_be_called() {
    assertThat(call(InetAddress::getAllByName, plain("127.0.0.1"), to("127.0.0.1")))
        .isInstanceOf(Answered.class);
    assertThat(call(InetAddress::getAllByName, plain("[::1]"), to("::1")))
        .isInstanceOfAny(Answered.class, NotSent.class);
  }

  @Test
  void the_next_address_is_tried_when_one_does_not_listen() {
    assertThat(call(always("127.0.0.1", "127.0.0.1"), plain(HOST), to(HOST)))
        .isInstanceOf(Answered.class);
    assertThat(call(always("::1", "127.0.0.1"), plain(HOST), to(HOST)))
        .isInstanceOf(Answered.class);
  }

  @Test
  void the_certificate_must_be_trusted() {
    assertThat(call(always("127.0.0.1"), encrypted(), to(HOST)))
        .isInstanceOfSatisfying(
            NotSent.class, it -> assertThat(it.reason()).startsWith("connecting failed: "));
    assertThat(
            call(
                always("127.0.0.1"),
                encrypted(),
                new Egress(AddressGuard.allowing(List.of(HOST)), certificate)))
        .isInstanceOf(Answered.class);
  }

  @Test
  void the_certificate_must_be_for_the_name() {
    var url = encrypted().replace(HOST, "other.example.com");
    assertThat(
            call(
                always("127.0.0.1"),
                url,
                new Egress(AddressGuard.allowing(List.of("127.0.0.1")), certificate)))
        .isInstanceOf(NotSent.class);
  }

  @Test
  void an_unknown_name_is_not_sent() {
    NameLookup nobody =
        host -> {
          throw new UnknownHostException(host);
        };
    assertThat(call(nobody, plain(HOST), to(HOST)))
        .isEqualTo(new NotSent("the name hooks.example.com is unknown"));
  }

  @Test
  void a_caller_that_is_closed_sends_nothing() {
    var caller = new HttpCaller(vertx, always("127.0.0.1"));
    caller.close();
    assertThat(caller.call(new HttpCall(URI.create(plain(HOST)), Map.of(), ""), to(HOST), PATIENCE))
        .isEqualTo(new NotSent("the HTTP client is closed"));
  }

  @Test
  void a_lookup_that_hangs_does_not_outlast_the_patience() {
    var forever = new CountDownLatch(1);
    NameLookup hanging =
        host -> {
          try {
            assertThat(forever.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new InetAddress[0];
        };
    try (var caller = new HttpCaller(vertx, hanging)) {
      var call = new HttpCall(URI.create(plain(HOST)), Map.of(), "{}");
      assertThat(caller.call(call, to(HOST), Duration.ofMillis(200)))
          .isEqualTo(new NotSent("the name hooks.example.com was not resolved in time"));
    } finally {
      forever.countDown();
    }
  }

  @Test
  void an_event_loop_must_not_wait() {
    var failed = new CompletableFuture<Void>();
    vertx.runOnContext(nothing -> {
      try {
        call(always("127.0.0.1"), plain(HOST), to(HOST));
        failed.complete(null);
      } catch (IllegalStateException e) {
        failed.completeExceptionally(e);
      }
    });
    assertThatThrownBy(failed::join)
        .hasMessageContaining("An event loop would wait for hooks.example.com.");
  }

  /** Under load the answer is often there before its caller looks. */
  @Test
  void an_answer_that_is_there_at_once_is_read_to_its_end() throws InterruptedException {
    var others = new ConcurrentLinkedQueue<HttpOutcome>();
    try (var caller = new HttpCaller(vertx, always("127.0.0.1"));
        var threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 20_000; i++) {
        threads.submit(() -> {
          var outcome =
              caller.call(
                  new HttpCall(URI.create(plain(HOST)), Map.of(), "{}"), to(HOST), PATIENCE);
          if (!(outcome instanceof Answered answered && answered.body().equals("taken"))) {
            others.add(outcome);
          }
        });
      }
    }
    assertThat(others).isEmpty();
  }
}
