package dev.signalbox.adapters.http;

import dev.signalbox.adapters.http.HttpOutcome.Forbidden;
import dev.signalbox.adapters.http.HttpOutcome.NotSent;
import dev.signalbox.adapters.http.HttpOutcome.Unanswered;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls outside systems. A name is resolved once, every address it has is checked, and the
 * connection goes to the very address that was checked, so a name that changes meanwhile changes
 * nothing; {@code Host}, SNI and the certificate's name stay those of the URL. Redirects are
 * answers like any other, and proxies are not used.
 *
 * <p>One for all outside systems: connections are pooled by address, so a slow system takes none of
 * another's. Blocks its caller, who is on a virtual thread.
 */
public final class HttpCaller implements AutoCloseable {
  /** More of an answer is not read. */
  public static final int ANSWER_BYTES_MAX = 20_000;

  private static final int CONNECTIONS_PER_ADDRESS = 256;
  private static final int ADDRESSES_TRIED = 4;

  /** For what is left to do once the answer is there, or given up. */
  private static final Duration MARGIN = Duration.ofMillis(100);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Most servers close idle connections after 5 s or more; we do before, so no request is lost. */
  private static final int IDLE_SECONDS = 2;

  private final Vertx vertx;
  private final NameLookup names;
  private final HttpClient client;
  private final Map<String, ClientSSLOptions> trust = new ConcurrentHashMap<>();

  HttpCaller(Vertx vertx, NameLookup names) {
    this.vertx = vertx;
    this.names = names;
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setKeepAliveTimeout(IDLE_SECONDS),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_ADDRESS));
  }

  public static HttpCaller open(Vertx vertx) {
    return new HttpCaller(vertx, InetAddress::getAllByName);
  }

  /** How long a call may take that is over before the deadline, and within its own timeout. */
  public static Duration patience(Instant now, Instant deadline, Duration timeout) {
    var left = Duration.between(now, deadline).minus(MARGIN);
    return left.compareTo(timeout) < 0 ? left : timeout;
  }

  /**
   * Makes a call and waits for what comes of it.
   *
   * @param patience from now to the last moment in which an answer still counts
   * @throws IllegalStateException on an event loop, which must not wait
   */
  public HttpOutcome call(HttpCall call, Egress egress, Duration patience) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException(
          "An event loop would wait for %s. Maybe hand this over to a virtual thread."
              .formatted(call.url().getHost()));
    }
    if (!patience.isPositive()) {
      return new NotSent("no time was left");
    }
    var wait = new Wait(patience);
    try {
      return resolved(call, egress, wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new NotSent("interrupted before the request was sent");
    }
  }

  private HttpOutcome resolved(HttpCall call, Egress egress, Wait wait)
      throws InterruptedException {
    var host = bare(call.url().getHost());
    List<InetAddress> addresses;
    try {
      addresses = wait.forThe(vertx.executeBlocking(() -> List.of(names.addressesOf(host)), false));
    } catch (TimeoutException e) {
      return new NotSent("the name %s was not resolved in time".formatted(host));
    } catch (ExecutionException e) {
      return new NotSent(
          e.getCause() instanceof UnknownHostException
              ? "the name %s is unknown".formatted(host)
              : reason("resolving %s".formatted(host), e));
    }
    for (var address : addresses) {
      var objection = egress.guard().objection(host, address, isEncrypted(call.url()));
      if (objection != null) {
        return new Forbidden(objection);
      }
    }
    return firstReached(call, egress, addresses, wait);
  }

  private HttpOutcome firstReached(
      HttpCall call, Egress egress, List<InetAddress> addresses, Wait wait)
      throws InterruptedException {
    HttpOutcome outcome = new NotSent("the name has no address");
    for (var address : addresses.subList(0, Math.min(ADDRESSES_TRIED, addresses.size()))) {
      outcome = connected(call, options(call, egress, address, wait), wait);
      if (!(outcome instanceof NotSent)) {
        return outcome;
      }
    }
    return outcome;
  }

  private HttpOutcome connected(HttpCall call, RequestOptions options, Wait wait)
      throws InterruptedException {
    Future<HttpClientRequest> connecting;
    try {
      connecting = client.request(options);
    } catch (IllegalStateException e) {
      return new NotSent("the HTTP client is closed");
    }
    HttpClientRequest request;
    try {
      request = wait.forThe(connecting);
    } catch (TimeoutException e) {
      connecting.onSuccess(HttpClientRequest::reset);
      return new NotSent("there was no connection in time");
    } catch (ExecutionException e) {
      return new NotSent(reason("connecting", e));
    } catch (InterruptedException e) {
      connecting.onSuccess(HttpClientRequest::reset);
      throw e;
    }
    return exchanged(request, Buffer.buffer(call.body(), StandardCharsets.UTF_8.name()), wait);
  }

  /** From here on the request may arrive, whatever else happens. */
  private static HttpOutcome exchanged(HttpClientRequest request, Buffer body, Wait wait) {
    var answer = new AnswerInParts();
    // Before it is sent: an answer that is quicker than its reader would lose its body.
    var whole = request.response().compose(answer::read);
    try {
      request.send(body);
      return wait.forThe(whole);
    } catch (TimeoutException e) {
      request.reset();
      return answer.soFar("no answer came in time");
    } catch (ExecutionException e) {
      request.reset();
      return answer.soFar(reason("waiting for an answer", e));
    } catch (InterruptedException e) {
      request.reset();
      Thread.currentThread().interrupt();
      return new Unanswered("interrupted while waiting for an answer");
    }
  }

  private RequestOptions options(HttpCall call, Egress egress, InetAddress address, Wait wait) {
    var url = call.url();
    int port = url.getPort() >= 0 ? url.getPort() : isEncrypted(url) ? 443 : 80;
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
            .setHost(url.getHost())
            .setPort(port)
            .setSsl(isEncrypted(url))
            .setURI(pathAndQuery(url))
            .setFollowRedirects(false)
            .setConnectTimeout(Math.min(CONNECT.toMillis(), wait.leftMillis()));
    if (egress.authorities() != null) {
      options.setSslOptions(trust.computeIfAbsent(egress.authorities(), HttpCaller::trusting));
    }
    call.headers().forEach(options::addHeader);
    return options;
  }

  private static ClientSSLOptions trusting(String authorities) {
    return new ClientSSLOptions()
        .setHostnameVerificationAlgorithm("HTTPS")
        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authorities)));
  }

  private static String pathAndQuery(URI url) {
    var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  private static boolean isEncrypted(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String reason(String doing, ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    @Nullable String said = cause.getMessage();
    return "%s failed: %s".formatted(doing, said == null ? cause.getClass().getSimpleName() : said);
  }

  @Override
  public void close() {
    client.close();
  }
}
