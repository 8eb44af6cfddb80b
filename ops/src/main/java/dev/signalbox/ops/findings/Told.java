package dev.signalbox.ops.findings;

import dev.signalbox.rules.Finding;
import dev.signalbox.rules.review.Remark.Kind;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing told of a ruleset.
 *
 * @param code its kind
 * @param file the path as whoever called may open it; the folder itself where no file is meant
 * @param line from 1; 0 where the whole file is meant
 * @param column from 1; 0 where the whole line is meant
 * @param rule the rule's name; null where none is concerned
 * @param what one sentence: what is wrong, and the cure where it is known
 */
public record Told(
    Code code, String file, int line, int column, @Nullable String rule, String what) {

  /** In the order in which an author goes through them. */
  public static final Comparator<Told> BY_PLACE =
      Comparator.comparing(Told::file)
          .thenComparingInt(Told::line)
          .thenComparingInt(Told::column)
          .thenComparing(Told::what);

  /** The kinds of what is told, with a stable word for machines. */
  public enum Code {
    /** It cannot be used as it is. */
    INVALID(true, "What a ruleset must not be: syntax, forbidden words, ids, parameters, layout."),
    /** Two rules of one rank, both of which speak, say different things. */
    AMBIGUOUS(
        Kind.AMBIGUOUS.isError(),
        "Two rules of the same salience fire for one item, and disagree."),
    /** A condition that no item can meet. */
    CONTRADICTION(
        Kind.CONTRADICTION.isError(),
        "The conditions of a rule contradict each other, so it never fires."),
    /** Another rule always speaks with more weight. */
    OUTRANKED(
        Kind.OUTRANKED.isError(),
        "Wherever the rule fires, another one counts, so it decides nothing."),
    /** More rules than can be compared with each other. */
    CUT_SHORT(Kind.CUT_SHORT.isError(), "The rules are too many to compare all with each other."),
    /** Something else was expected. */
    SCENARIO(true, "A scenario that did not come out as expected."),
    /** No scenario tries it. */
    NEVER_FIRED(true, "A rule that no scenario fires.");

    private final boolean error;
    private final String description;

    Code(boolean error, String description) {
      this.error = error;
      this.description = description;
    }

    /** Whether it keeps a ruleset from passing; else it is a warning. */
    public boolean isError() {
      return error;
    }

    public String description() {
      return description;
    }

    /** The word for machines, e.g. {@code never-fired}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code error} or {@code warning}. */
    public String level() {
      return error ? "error" : "warning";
    }
  }

  /**
   * A finding, with the path from where the caller stands.
   *
   * @param folder of the ruleset, as the caller named it
   */
  public static Told of(Code code, String folder, Finding finding) {
    return new Told(
        code,
        finding.file().equals(folder) ? folder : path(folder, finding.file()),
        finding.line(),
        finding.column(),
        finding.rule(),
        finding.what());
  }

  private static String path(String folder, String file) {
    return folder.endsWith("/") ? folder + file : folder + "/" + file;
  }

  /** All of it in one line: {@code FILE:LINE:COLUMN: what is wrong. (rule)}. */
  @Override
  public String toString() {
    return place() + ": " + what + (rule == null ? "" : " (" + rule + ")");
  }

  /** {@code FILE:LINE:COLUMN}, as far as it is known. */
  public String place() {
    return file + (line > 0 ? ":" + line : "") + (line > 0 && column > 0 ? ":" + column : "");
  }
}
