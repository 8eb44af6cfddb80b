package dev.signalbox.exceptions;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A comment as it was written, for whoever decides about it later.
 *
 * @param seq its place in the journal of its case
 * @param author who wrote it
 * @param redacted whether it was made unreadable
 */
public record Comment(long seq, String author, boolean redacted) {
  static final int MENTIONS_MAX = 50;

  /** A name after an "@" that is not in the middle of a word, as in an address of e-mail. */
  private static final Pattern MENTION =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}._%+-])@([\\p{L}\\p{N}](?:[\\p{L}\\p{N}._@+-]*[\\p{L}\\p{N}])?)");

  /** Who is named in a text, each once, in order. */
  static List<String> mentions(String text) {
    return MENTION
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .distinct()
        .limit(MENTIONS_MAX)
        .toList();
  }

  /** Why somebody may not redact it; null when the person may. */
  @Nullable Refusal refusalFor(Reviewer by) {
    boolean mayRedact =
        author.equals(by.name())
            || by.roles().contains("COMPLIANCE")
            || by.roles().contains("ADMIN");
    return mayRedact
        ? null
        : new Refusal.RoleNeeded(List.of("COMPLIANCE"), "redacts what somebody else wrote");
  }
}
