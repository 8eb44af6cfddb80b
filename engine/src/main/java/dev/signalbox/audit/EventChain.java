package dev.signalbox.audit;

import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.journal.EventHash;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A chain of events that are numbered from 1 without a gap, recomputed page by page.
 *
 * @param <E> what happened
 */
final class EventChain<E> {
  private final Source<E> source;
  private final Function<E, Link> links;
  private final int page;
  private Sha256 head = EventHash.GENESIS;
  private long events;

  /**
   * @param links what chains an event
   * @param page how many are read at once
   */
  EventChain(Source<E> source, Function<E, Link> links, int page) {
    this.source = source;
    this.links = links;
    this.page = page;
  }

  /** Where events are read. */
  interface Source<E> {
    /** Those after a number, in their order. */
    List<E> after(Tx tx, long number, int limit);
  }

  /**
   * What chains an event.
   *
   * @param hash as it is written
   * @param expected as it should be by what the event says
   */
  record Link(long number, Sha256 previous, Sha256 hash, Sha256 expected) {}

  /** Looks at an event that is in its place, and says what is wrong with it all the same. */
  interface Look<E> {
    @Nullable String at(Tx tx, E event);
  }

  /** What does not fit: an event's number, and why. */
  record Fault(long number, String what) {}

  /** Goes through all events, up to the first that does not fit; null when all do. */
  @Nullable Fault walk(Database database, Look<E> look) {
    @Nullable Fault fault = null;
    boolean isMore = true;
    while (isMore && fault == null) {
      long before = events;
      fault = database.<@Nullable Fault>read(tx -> page(tx, look));
      isMore = events - before == page;
    }
    return fault;
  }

  /** How many fitted. */
  long events() {
    return events;
  }

  private @Nullable Fault page(Tx tx, Look<E> look) {
    for (var event : source.after(tx, events, page)) {
      var link = links.apply(event);
      var misplaced = misplaced(link);
      var what = misplaced != null ? misplaced : look.at(tx, event);
      if (what != null) {
        return new Fault(events + 1, what);
      }
      head = link.hash();
      events++;
    }
    return null;
  }

  private @Nullable String misplaced(Link link) {
    if (link.number() != events + 1) {
      return "The row is missing.";
    }
    if (!link.previous().equals(head)) {
      return "The row does not follow the one before it.";
    }
    return link.hash().equals(link.expected())
        ? null
        : "The row's hash is not that of its content.";
  }
}
