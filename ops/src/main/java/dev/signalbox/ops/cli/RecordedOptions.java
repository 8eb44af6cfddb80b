package dev.signalbox.ops.cli;

import dev.signalbox.ops.settings.Settings;
import dev.signalbox.ops.settings.SettingsReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read what an installation has recorded. */
final class RecordedOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the embedded database lives; the instance may run or not.")
  private @Nullable Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The instance's YAML file. An outside database comes from it or from"
              + " SIGNALBOX_DATABASE_URL, and a user who may only read will do.")
  private @Nullable Path config;

  /** What the file says, then the environment, then the options. */
  Settings settings() {
    var settings = SettingsReader.read(config, System::getenv, SettingsOptions.home());
    return data == null ? settings : settings.in(data);
  }
}
