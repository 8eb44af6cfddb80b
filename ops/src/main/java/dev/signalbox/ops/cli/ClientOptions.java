package dev.signalbox.ops.cli;

import dev.signalbox.ops.settings.BadSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that talk to a running instance. */
final class ClientOptions {
  private static final String LOCAL = "http://127.0.0.1:";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The instance (default: http://127.0.0.1:8080, or SIGNALBOX_PORT of it).")
  private @Nullable String url;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "A file with the API key (else: SIGNALBOX_KEY, SIGNALBOX_ADMIN_KEY).")
  private @Nullable Path keyFile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the instance keeps its admin.key, if it is local.")
  private @Nullable Path data;

  /** For a command that has these options beside others of its own. */
  static ClientOptions at(@Nullable String url, @Nullable Path keyFile) {
    var options = new ClientOptions();
    options.url = url;
    options.keyFile = keyFile;
    return options;
  }

  /**
   * The instance.
   *
   * @throws BadSettings when that is no address
   */
  URI url() {
    var port = System.getenv("SIGNALBOX_PORT");
    var text = url != null ? url : LOCAL + (port == null || port.isBlank() ? "8080" : port);
    try {
      var uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw noInstance(text);
    }
    throw noInstance(text);
  }

  private static BadSettings noInstance(String text) {
    return new BadSettings(
        "\"%s\" is not the address of an instance; it is like http://127.0.0.1:8080."
            .formatted(text));
  }

  /** What to say when nobody answers. */
  IllegalStateException away(ConnectException e) {
    return new IllegalStateException(
        "Nobody answers at %s. Maybe start an instance: signalbox up".formatted(url()), e);
  }

  /**
   * The key: from the file, SIGNALBOX_KEY, SIGNALBOX_ADMIN_KEY, or the data directory.
   *
   * @throws BadSettings when there is none
   */
  String key() {
    if (keyFile != null) {
      return content(keyFile);
    }
    for (var variable : new String[] {"SIGNALBOX_KEY", "SIGNALBOX_ADMIN_KEY"}) {
      var key = System.getenv(variable);
      if (key != null && !key.isBlank()) {
        return checked("The variable " + variable, key);
      }
    }
    return content(dataDirectory().resolve("admin.key"));
  }

  private Path dataDirectory() {
    if (data != null) {
      return data;
    }
    var set = System.getenv("SIGNALBOX_DATA");
    return set == null ? SettingsOptions.home().resolve("data") : Path.of(set);
  }

  private static String content(Path file) {
    try {
      return checked("The file " + file, Files.readString(file));
    } catch (IOException e) {
      throw new BadSettings(
          "There is no API key in %s. Maybe give one with --key-file or SIGNALBOX_KEY."
              .formatted(file));
    }
  }

  /** Never shows it: it may be some other secret. */
  private static String checked(String place, String text) {
    var key = text.strip();
    if (!key.matches("[!-~]{1,200}")) {
      throw new BadSettings(
          "%s holds no API key: a key is one word of at most 200 characters.".formatted(place));
    }
    return key;
  }
}
