package dev.signalbox.ops.cli;

import dev.signalbox.ops.settings.BadSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that talk to a running instance. */
final class ClientOptions {
  @Option(
      names = "--url",
      description = "The instance to talk to (default: ${DEFAULT-VALUE}).",
      defaultValue = "http://127.0.0.1:8080")
  private String url = "http://127.0.0.1:8080";

  @Option(names = "--key-file", description = "A file with the API key.")
  private @Nullable Path keyFile;

  @Option(names = "--data", description = "Where the instance keeps its admin.key, if it is local.")
  private @Nullable Path data;

  URI url() {
    return URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
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
        return key;
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
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new BadSettings(
          "There is no API key in %s. Maybe give one with --key-file or SIGNALBOX_KEY."
              .formatted(file));
    }
  }
}
