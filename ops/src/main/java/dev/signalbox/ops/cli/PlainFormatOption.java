package dev.signalbox.ops.cli;

import dev.signalbox.ops.findings.Format;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** For people or for scripts: what has no findings has no other readers. */
final class PlainFormatOption {
  private static final List<String> WORDS = List.of(Format.TEXT.word(), Format.JSON.word());

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

  /** The formats, for the help. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return WORDS.iterator();
    }
  }

  /** One of the words, or the nearest. */
  static final class Reading implements ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return FormatOption.read(text, WORDS);
    }
  }
}
