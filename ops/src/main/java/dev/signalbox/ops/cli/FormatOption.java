package dev.signalbox.ops.cli;

import dev.signalbox.ops.findings.Colours;
import dev.signalbox.ops.findings.Format;
import dev.signalbox.words.Nearest;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** For whom a command speaks. */
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default: text).",
      completionCandidates = Words.class,
      converter = Reading.class,
      defaultValue = "text")
  private Format format = Format.TEXT;

  Format value() {
    return format;
  }

  /** On a terminal that shows them, unless NO_COLOR says otherwise. */
  static Colours colours() {
    return new Colours(Ansi.AUTO.enabled());
  }

  /** The formats, for the help. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Format.words().iterator();
    }
  }

  /** One of the words, or the nearest. */
  static final class Reading implements ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return read(text, Format.words());
    }
  }

  static Format read(String text, List<String> words) {
    if (words.contains(text)) {
      return Format.valueOf(text.toUpperCase(Locale.ROOT));
    }
    var nearest = Nearest.to(text, words);
    throw new TypeConversionException(
        "there are %s%s"
            .formatted(String.join(", ", words), nearest == null ? "" : ". Maybe " + nearest));
  }
}
