package dev.signalbox.ops.cli;

import dev.signalbox.ops.findings.Colours;
import dev.signalbox.ops.findings.Format;
import dev.signalbox.words.Nearest;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** For whom a command speaks. */
final class FormatOption {
  private final List<String> words;
  private Format format = Format.TEXT;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  private FormatOption(List<String> words) {
    this.words = words;
  }

  /** Of a command that has findings. */
  static FormatOption ofFindings() {
    return new FormatOption(Format.words());
  }

  /** Of others: for people or for scripts. */
  static FormatOption plain() {
    return new FormatOption(List.of(Format.TEXT.word(), Format.JSON.word()));
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text or json; of findings also junit or sarif (default: text).",
      defaultValue = "text")
  void read(String word) {
    if (!words.contains(word)) {
      var nearest = Nearest.to(word, words);
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--format': there are %s%s"
              .formatted(String.join(", ", words), nearest == null ? "" : ". Maybe " + nearest));
    }
    format = Format.valueOf(word.toUpperCase(Locale.ROOT));
  }

  Format value() {
    return format;
  }

  /** On a terminal that shows them, unless NO_COLOR says otherwise. */
  static Colours colours() {
    return new Colours(Ansi.AUTO.enabled());
  }
}
