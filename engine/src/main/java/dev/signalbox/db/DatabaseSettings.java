package dev.signalbox.db;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL is, and how it is used.
 *
 * @param connections at most so many at once
 * @param role the role to work as, for a user that may become it; null to stay the user
 * @param socketTimeout after so long without a byte the server counts as gone
 */
public record DatabaseSettings(
    String host,
    int port,
    String database,
    String user,
    @Nullable String password,
    int connections,
    @Nullable String role,
    Duration socketTimeout) {
  private static final int PORT = 5432;
  private static final int CONNECTIONS = 16;
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);
  private static final String FORM = "postgresql://user:password@host:port/database";

  /**
   * Reads {@code postgresql://user:password@host:port/database}; user and password percent-encoded.
   *
   * @throws IllegalArgumentException in words for the operator, without the password
   */
  public static DatabaseSettings parse(String url) {
    var uri = uri(url);
    var userInfo = uri.getRawUserInfo();
    var path = uri.getRawPath();
    if (uri.getHost() == null || userInfo == null || path == null || path.length() < 2) {
      throw wrong("it needs a user, a host and a database");
    }
    int colon = userInfo.indexOf(':');
    return new DatabaseSettings(
        uri.getHost(),
        uri.getPort() < 0 ? PORT : uri.getPort(),
        decoded(path.substring(1)),
        decoded(colon < 0 ? userInfo : userInfo.substring(0, colon)),
        colon < 0 ? null : decoded(userInfo.substring(colon + 1)),
        CONNECTIONS,
        null,
        SOCKET_TIMEOUT);
  }

  private static URI uri(String url) {
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      // Its message would show the password.
      throw wrong("it is not a URL; maybe a special character is not percent-encoded");
    }
    if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
      throw wrong("it does not begin with postgresql://");
    }
    return uri;
  }

  private static IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException(
        "The database URL cannot be used: %s. It has the form %s.".formatted(why, FORM));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  public DatabaseSettings withRole(@Nullable String newRole) {
    return new DatabaseSettings(
        host, port, database, user, password, connections, newRole, socketTimeout);
  }

  public DatabaseSettings withConnections(int newConnections) {
    return new DatabaseSettings(
        host, port, database, user, password, newConnections, role, socketTimeout);
  }

  public DatabaseSettings withDatabase(String newDatabase) {
    return new DatabaseSettings(
        host, port, newDatabase, user, password, connections, role, socketTimeout);
  }

  public DatabaseSettings withUser(String newUser, @Nullable String newPassword) {
    return new DatabaseSettings(
        host, port, database, newUser, newPassword, connections, role, socketTimeout);
  }

  public DatabaseSettings withSocketTimeout(Duration timeout) {
    return new DatabaseSettings(host, port, database, user, password, connections, role, timeout);
  }

  /** For logs and messages: without the password. */
  @Override
  public String toString() {
    return "postgresql://%s@%s:%d/%s".formatted(user, host, port, database);
  }
}
