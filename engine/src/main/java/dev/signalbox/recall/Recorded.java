package dev.signalbox.recall;

import dev.signalbox.db.Database;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.journal.Inspection.Sound;
import dev.signalbox.journal.JournalReader;
import dev.signalbox.journal.JournalRow;
import dev.signalbox.journal.JournalTable;
import dev.signalbox.recall.RecallTable.Place;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Recorded exceptions and the moments at which rules were asked about them, read page by page: the
 * memory it takes is that of a few pages, however many there are. Blocks; safe for many threads.
 */
public final class Recorded {
  private static final int EXCEPTIONS = 200;

  /** A row may hold a megabyte. */
  private static final int ROWS_MAX = 400;

  private final Database database;
  private final JournalReader journal;

  public Recorded(Database database, JournalReader journal) {
    this.database = database;
    this.journal = journal;
  }

  /** How many exceptions there are in a stretch. */
  public long count(Stretch stretch) {
    return database.read(tx -> RecallTable.count(tx, stretch));
  }

  /** From when on the newest exceptions came, up to so many of those between two instants. */
  public Instant newest(Instant since, Instant until, int limit) {
    return database.read(tx -> RecallTable.newest(tx, since, until, limit));
  }

  /**
   * Who makes something of moments: those of an exception follow each other, and are the work of
   * one thread. What is made of some exceptions is joined with what is made of others in any order,
   * so that must not matter.
   */
  public interface Part<P> {
    /** The next moment of an exception. */
    void take(Moment moment);

    /** Somebody proposed something for the exception. */
    default void take(Proposed proposed) {}

    /** The exception has no more. */
    void end(CaseId exception);

    /** Takes what was made of other exceptions. */
    void join(P other);
  }

  /**
   * How much is done at a time.
   *
   * @param threads that may block
   * @param width how many pages at once
   */
  public record Lanes(Executor threads, int width) {
    /** One page after the other, by whoever asks. */
    public static final Lanes ONE = new Lanes(Runnable::run, 1);
  }

  /**
   * Goes through a stretch.
   *
   * @param blank a part that nothing was taken into
   * @param progress told after each page what is made so far; ends everything by throwing
   * @throws dev.signalbox.journal.Corrupt when a journal cannot be read
   */
  public <P extends Part<P>> P sweep(
      Stretch stretch, Lanes lanes, Supplier<P> blank, Consumer<P> progress) {
    var whole = blank.get();
    var room = new Semaphore(lanes.width());
    var failure = new AtomicReference<@Nullable Throwable>();
    var place = Place.before(stretch.since());
    while (place != null && failure.get() == null) {
      var from = place;
      var page = database.read(tx -> RecallTable.after(tx, from, stretch, EXCEPTIONS));
      place = page.size() < EXCEPTIONS ? null : page.getLast();
      room.acquireUninterruptibly();
      var _ =
          CompletableFuture.runAsync(
                  () -> {
                    var part = blank.get();
                    moments(page.stream().map(Place::id).toList(), stretch.until(), part);
                    synchronized (whole) {
                      whole.join(part);
                      progress.accept(whole);
                    }
                  },
                  lanes.threads())
              .whenComplete((done, thrown) -> {
                if (thrown != null) {
                  failure.compareAndSet(null, thrown);
                }
                room.release();
              });
    }
    room.acquireUninterruptibly(lanes.width());
    thrown(failure.get());
    return whole;
  }

  private static void thrown(@Nullable Throwable failure) {
    var cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
    switch (cause) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(cause);
    }
  }

  /** The moments of some exceptions before an instant. */
  public <P extends Part<P>> void moments(List<CaseId> ids, Instant until, P part) {
    var reading = new Reading<>(until, part);
    var rows = database.read(tx -> JournalTable.decisions(tx, ids, null, ROWS_MAX));
    while (!rows.isEmpty()) {
      reading.take(rows, journal.recall(rows));
      var last = rows.getLast();
      rows =
          rows.size() < ROWS_MAX
              ? List.of()
              : database.read(tx -> JournalTable.decisions(tx, ids, last, ROWS_MAX));
    }
    reading.finish();
  }

  /** One exception after the other. */
  private static final class Reading<P extends Part<P>> {
    private final Instant until;
    private final P part;
    private @Nullable CaseId exception;
    private Recollection recollection;

    Reading(Instant until, P part) {
      this.until = until;
      this.part = part;
      recollection = recollection(part);
    }

    private static Recollection recollection(Part<?> part) {
      return new Recollection(part::take, part::take);
    }

    void take(List<JournalRow> rows, List<Sound> sounds) {
      for (int i = 0; i < sounds.size(); i++) {
        var entry = sounds.get(i).entry();
        if (!entry.caseId().equals(exception)) {
          finish();
          exception = entry.caseId();
          recollection = recollection(part);
        }
        if (rows.get(i).at().isBefore(until)) {
          recollection.add(entry, sounds.get(i).erased());
        }
      }
    }

    void finish() {
      recollection.end();
      if (exception != null) {
        part.end(exception);
      }
    }
  }
}
