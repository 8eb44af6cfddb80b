package dev.signalbox.db;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
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
  private static final int PORT_MAX = 65_535;
  private static final int CONNECTIONS = 16;
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);
  private static final String UNENCODED = "a special character in it is not percent-encoded";

  /** Wider than a URL's host: names of containers have underscores. */
  private static final Pattern PLACE =
      Pattern.compile(
          "(?:(?<name>[A-Za-z0-9._-]+)|\\[(?<v6>[0-9A-Fa-f:.%]+)])(?::(?<port>\\d{1,6}))?");

  private static final String FORM = "postgresql://user:password@host:port/database";

  /**
   * Reads {@code postgresql://user:password@host:port/database}; user and password percent-encoded.
   *
   * @throws IllegalArgumentException in words for the operator, without the password
   */
  public static DatabaseSettings parse(String url) {
    var uri = uri(url);
    var authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    int at = authority.lastIndexOf('@');
    var userInfo = authority.substring(0, Math.max(0, at));
    if (userInfo.isEmpty() || userInfo.startsWith(":")) {
      throw wrong("it names no user");
    }
    var place = PLACE.matcher(authority.substring(at + 1));
    if (!place.matches()) {
      throw wrong("it names no host, or one that is not written right");
    }
    int colon = userInfo.indexOf(':');
    return new DatabaseSettings(
        place.group("v6") == null ? place.group("name") : place.group("v6"),
        port(place.group("port")),
        database(uri.getRawPath()),
        decoded(colon < 0 ? userInfo : userInfo.substring(0, colon)),
        colon < 0 ? null : decoded(userInfo.substring(colon + 1)),
        CONNECTIONS,
        null,
        SOCKET_TIMEOUT);
  }

  private static URI uri(String url) {
    if (!url.startsWith("postgresql://") && !url.startsWith("postgres://")) {
      throw wrong("it does not begin with postgresql://");
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      // Kept out of the causes: its message shows the password.
      throw wrong(UNENCODED);
    }
    var authority = uri.getRawAuthority();
    if (url.indexOf('@') >= 0 && (authority == null || authority.indexOf('@') < 0)) {
      throw wrong(UNENCODED);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw wrong("it has options after the database, and none are known");
    }
    return uri;
  }

  private static int port(@Nullable String text) {
    if (text == null) {
      return PORT;
    }
    int port = Integer.parseInt(text);
    if (port < 1 || port > PORT_MAX) {
      throw wrong(port + " is not a port");
    }
    return port;
  }

  private static String database(@Nullable String path) {
    if (path == null || path.length() < 2) {
      throw wrong("it names no database");
    }
    var name = path.substring(1);
    if (name.contains("/")) {
      throw wrong("the name of the database has a \"/\" that is not percent-encoded");
    }
    return decoded(name);
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
