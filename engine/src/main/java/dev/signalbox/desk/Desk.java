package dev.signalbox.desk;

import dev.signalbox.db.Database;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Refusal;
import dev.signalbox.journal.Journal;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rules.hits.RuleHits;
import dev.signalbox.signals.Signals;
import dev.signalbox.work.Lease;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one door to a case. A batch is read at once, decided one by one without a connection held,
 * and committed at once: the states (each only at the version that was read), the journal, the work
 * that follows, the work that is finished, and the answers to remember. Either all of it, or
 * nothing.
 *
 * <p>Blocks; call it from a virtual thread. Safe for many callers: a writer that is overtaken reads
 * and decides again, a bounded number of times.
 */
public final class Desk {
  private static final int ATTEMPTS_MAX = 8;

  private final Database database;
  private final Supplier<Rulebook> rules;
  private final Journal journal;
  private final StormGuard guard;
  private final InstantSource clock;
  private final Signals signals;
  private final RuleHits hits = new RuleHits();
  private final Telling telling;
  private final Consumer<Brought> doorbell;
  private final Onlooker onlooker;

  /**
   * The desk.
   *
   * @param rules the rulebook that decides now
   * @param doorbell rung after a commit that adds work, or changes a case with a timer; must not
   *     block
   * @param onlooker sees every case after its commit
   */
  public Desk(
      Database database,
      Supplier<Rulebook> rules,
      Journal journal,
      StormGuard guard,
      InstantSource clock,
      Signals signals,
      Consumer<Brought> doorbell,
      Onlooker onlooker) {
    this.database = database;
    this.rules = rules;
    this.journal = journal;
    this.guard = guard;
    this.clock = clock;
    this.signals = signals;
    this.telling = new Telling(signals, guard, hits);
    this.doorbell = doorbell;
    this.onlooker = onlooker;
  }

  /** Who sees what happened to a case, once it is on disk. */
  public interface Onlooker {
    /** Nobody looks on. */
    Onlooker NOBODY = (before, events) -> {};

    /**
     * Sees it; neither blocks nor throws.
     *
     * @param before the case as it was; null when it was opened
     */
    void saw(@Nullable ExceptionCase before, List<JournalEntry> events);
  }

  /** How often rules fired in what this desk committed. */
  public RuleHits ruleHits() {
    return hits;
  }

  /**
   * Handles requests that came together; requests about the same case in their order.
   *
   * @return one receipt each, in the same order, all of them on disk
   * @throws dev.signalbox.db.Unavailable when PostgreSQL is away; nothing was done unless it says
   *     that the outcome is unknown, and then it is safe to repeat
   */
  public List<Receipt> handle(List<Request> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    var lost = new HashSet<DispatchId>();
    var excess = new HashMap<StormTallyTable.Source, Integer>();
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      try {
        return once(requests, lost, excess);
      } catch (Overtaken e) {
        // Read and decide again: the next round sees what the faster writer did.
      } catch (LeasesLost e) {
        lost.addAll(leasesBut(e.held(), requests));
      } catch (StormBreaks e) {
        excess.merge(e.source(), e.excess(), Integer::sum);
      }
    }
    return requests.size() == 1 ? busy(requests) : oneByOne(requests);
  }

  /** The single request. */
  public Receipt handle(Request request) {
    return handle(List.of(request)).getFirst();
  }

  private List<Receipt> oneByOne(List<Request> requests) {
    return requests.stream().map(this::handle).toList();
  }

  private List<Receipt> busy(List<Request> requests) {
    var refusal = new Refusal.Busy(requests.getFirst().id(), ATTEMPTS_MAX);
    var receipts = List.<Receipt>of(new Receipt.Refused(refusal, null));
    telling.batch(requests, receipts, List.of(), Duration.ZERO);
    return receipts;
  }

  private List<Receipt> once(
      List<Request> requests, Set<DispatchId> lost, Map<StormTallyTable.Source, Integer> excess) {
    var began = System.nanoTime();
    var round = read(requests, new Storm(guard, excess));
    var receipts = new ArrayList<Receipt>(requests.size());
    for (var request : requests) {
      receipts.add(isLost(request, lost) ? new Receipt.LeaseLost() : round.take(request));
    }
    signals.decided(Duration.ofNanos(System.nanoTime() - began));
    var commit = new Commit(round, journal, guard, leases(requests, lost));
    if (!commit.isEmpty()) {
      commit.run(database);
      var brought = commit.brought();
      if (!brought.isNothing()) {
        doorbell.accept(brought);
      }
    }
    var took = Duration.ofNanos(System.nanoTime() - began);
    var changed = round.changed();
    telling.batch(requests, receipts, changed, took);
    for (var dossier : changed) {
      var before = dossier.before();
      onlooker.saw(before == null ? null : before.state(), dossier.entries());
    }
    return receipts;
  }

  private Round read(List<Request> requests, Storm storm) {
    var ids = new ArrayList<CaseId>();
    var keys = new ArrayList<OnceKey>();
    for (var request : requests) {
      ids.add(request.id());
      if (request.once() != null) {
        keys.add(request.once());
      }
    }
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return database.read(tx ->
        new Round(rules.get(), now, CaseTable.find(tx, ids), ids, OnceTable.find(tx, keys), storm));
  }

  private static boolean isLost(Request request, Set<DispatchId> lost) {
    return request.lease() != null && lost.contains(request.lease().work());
  }

  private static List<Lease> leases(List<Request> requests, Set<DispatchId> lost) {
    return requests.stream()
        .map(Request::lease)
        .filter(Objects::nonNull)
        .filter(lease -> !lost.contains(lease.work()))
        .toList();
  }

  private static Set<DispatchId> leasesBut(Set<DispatchId> held, List<Request> requests) {
    var gone = new HashSet<DispatchId>();
    for (var lease : leases(requests, held)) {
      gone.add(lease.work());
    }
    return gone;
  }
}
