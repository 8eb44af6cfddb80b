package dev.signalbox.adapters.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/**
 * A repository behind git's smart HTTP over TLS, for one user with a password. Its certificate is
 * new; this process trusts it after {@link #trusted}.
 */
final class HttpsServed implements AutoCloseable {
  static final String USER = "signalbox";
  static final String PASSWORD = "a token";
  private static final String STORE_PASSWORD = "changeit";

  private final HttpsServer server;
  private final SSLContext tls;
  private final SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();

  HttpsServed(Repository repository, Path temporary) throws Exception {
    tls = tls(temporary);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    var names =
        server.createContext("/rules.git/info/refs", exchange -> names(repository, exchange));
    var packs =
        server.createContext("/rules.git/git-upload-pack", exchange -> pack(repository, exchange));
    var door =
        new BasicAuthenticator("rules") {
          @Override
          public boolean checkCredentials(String user, String password) {
            return user.equals(USER) && password.equals(PASSWORD);
          }
        };
    names.setAuthenticator(door);
    packs.setAuthenticator(door);
    server.start();
  }

  String url() {
    return "https://localhost:" + server.getAddress().getPort() + "/rules.git";
  }

  /** From now on, as if its authority were in the Java trust store. */
  void trusted() {
    HttpsURLConnection.setDefaultSSLSocketFactory(tls.getSocketFactory());
  }

  private static void names(Repository repository, HttpExchange exchange) throws IOException {
    var answer = new ByteArrayOutputStream();
    var upload = upload(repository, exchange);
    upload.sendAdvertisedRefs(
        new PacketLineOutRefAdvertiser(new PacketLineOut(answer)), "git-upload-pack");
    send(exchange, "application/x-git-upload-pack-advertisement", answer);
  }

  private static void pack(Repository repository, HttpExchange exchange) throws IOException {
    var answer = new ByteArrayOutputStream();
    try (var asked = asked(exchange)) {
      upload(repository, exchange).upload(asked, answer, null);
    }
    send(exchange, "application/x-git-upload-pack-result", answer);
  }

  private static UploadPack upload(Repository repository, HttpExchange exchange) {
    var upload = new UploadPack(repository);
    upload.setBiDirectionalPipe(false);
    var protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
    if (protocol != null) {
      upload.setExtraParameters(List.of(protocol.split(":", -1)));
    }
    return upload;
  }

  private static InputStream asked(HttpExchange exchange) throws IOException {
    return "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
        ? new GZIPInputStream(exchange.getRequestBody())
        : exchange.getRequestBody();
  }

  private static void send(HttpExchange exchange, String type, ByteArrayOutputStream answer)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, answer.size());
    try (var body = exchange.getResponseBody()) {
      answer.writeTo(body);
    }
  }

  private static SSLContext tls(Path temporary)
      throws IOException, InterruptedException, GeneralSecurityException {
    var file = temporary.resolve("tls.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var made =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "git",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    STORE_PASSWORD))
            .redirectErrorStream(true)
            .start();
    var said = new String(made.getInputStream().readAllBytes(), UTF_8);
    if (made.waitFor() != 0) {
      throw new IOException("keytool made no certificate: " + said);
    }
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, STORE_PASSWORD.toCharArray());
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, STORE_PASSWORD.toCharArray());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() {
    HttpsURLConnection.setDefaultSSLSocketFactory(before);
    server.stop(0);
  }
}
