package dev.signalbox.ops.cli;

import dev.signalbox.backtest.Limits;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a candidate may change at most; what is not said does not matter. */
final class LimitOptions {
  @Option(
      names = "--max-changed",
      paramLabel = "PERCENT",
      description = "Of the exceptions, e.g. 5%% or 0.5%%.",
      converter = Percent.class)
  private @Nullable BigDecimal changed;

  @Option(
      names = "--max-severity-lowered",
      paramLabel = "N",
      description = "Exceptions that are less grave.")
  private @Nullable Long lowered;

  @Option(
      names = "--max-severity-raised",
      paramLabel = "N",
      description = "Exceptions that are graver.")
  private @Nullable Long raised;

  @Option(
      names = "--max-unrouted",
      paramLabel = "N",
      description = "Exceptions that the candidate does not route.")
  private @Nullable Long unrouted;

  @Option(
      names = "--max-conflicts",
      paramLabel = "N",
      description = "Exceptions on which rules of the candidate disagree.")
  private @Nullable Long conflicts;

  @Option(
      names = "--max-silent-rules",
      paramLabel = "N",
      description = "Rules of the candidate that take part in nothing.")
  private @Nullable Long silent;

  Limits limits() {
    return new Limits(changed, lowered, raised, unrouted, conflicts, silent);
  }

  /** Reads {@code 5%}, or {@code 5}. */
  static final class Percent implements ITypeConverter<BigDecimal> {
    @Override
    public BigDecimal convert(String text) {
      var digits = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
      if (!digits.matches("\\d{1,3}(\\.\\d{1,4})?")) {
        throw new TypeConversionException(
            "\"%s\" is not a percentage such as 5%% or 0.5%%".formatted(text));
      }
      return new BigDecimal(digits);
    }
  }
}
