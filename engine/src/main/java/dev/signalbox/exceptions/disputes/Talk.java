package dev.signalbox.exceptions.disputes;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a case, counted: the words are in the journal.
 *
 * @param comments how many were written
 * @param redacted how many of them were made unreadable
 * @param disputes in the order in which they began
 */
public record Talk(int comments, int redacted, List<Dispute> disputes) {
  /** Nothing was said. */
  public static final Talk NONE = new Talk(0, 0, List.of());

  public Talk {
    disputes = List.copyOf(disputes);
  }

  /** How many comments can be read. */
  public int readable() {
    return comments - redacted;
  }

  public Talk commented() {
    return new Talk(comments + 1, redacted, disputes);
  }

  public Talk redactedOne() {
    return new Talk(comments, redacted + 1, disputes);
  }

  /** The dispute; null when there is none with this id. */
  public @Nullable Dispute dispute(UUID id) {
    return disputes.stream().filter(one -> one.id().equals(id)).findFirst().orElse(null);
  }

  /** With one dispute more. */
  public Talk with(Dispute dispute) {
    var more = new ArrayList<>(disputes);
    more.add(dispute);
    return new Talk(comments, redacted, more);
  }

  /**
   * With one dispute changed.
   *
   * @throws IllegalStateException when there is none with this id
   */
  public Talk changed(UUID id, UnaryOperator<Dispute> change) {
    if (dispute(id) == null) {
      throw new IllegalStateException("There is no dispute " + id + ".");
    }
    return new Talk(
        comments,
        redacted,
        disputes.stream().map(one -> one.id().equals(id) ? change.apply(one) : one).toList());
  }
}
