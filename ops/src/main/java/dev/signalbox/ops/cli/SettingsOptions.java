package dev.signalbox.ops.cli;

import dev.signalbox.ops.settings.BadSettings;
import dev.signalbox.ops.settings.Settings;
import dev.signalbox.ops.settings.SettingsReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that run a node. */
final class SettingsOptions {
  private static final int PORT_MAX = 65_535;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port to listen on; 0 for any free one.")
  private @Nullable Integer port;

  @Option(names = "--data", paramLabel = "DIR", description = "Where the embedded database lives.")
  private @Nullable Path data;

  @Option(names = "--config", paramLabel = "FILE", description = "A YAML file with all settings.")
  private @Nullable Path config;

  /** What the file says, then the environment, then the options. */
  Settings settings() {
    var settings = SettingsReader.read(config, System::getenv, home());
    if (port != null) {
      if (port < 0 || port > PORT_MAX) {
        throw new BadSettings(
            "--port is %d; a port is a whole number from 0 (any free one) to %d."
                .formatted(port, PORT_MAX));
      }
      settings = settings.at(port);
    }
    return data == null ? settings : settings.in(data);
  }

  /** The folder of the program. */
  static Path home() {
    return Path.of(System.getProperty("signalbox.home", "."));
  }
}
