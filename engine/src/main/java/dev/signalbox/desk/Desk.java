package dev.signalbox.desk;

import dev.signalbox.db.Database;
import dev.signalbox.db.MissedRows;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Chart;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Refusal;
import dev.signalbox.journal.Journal;
import dev.signalbox.journal.JournalEntry;
import dev.signalbox.reviewers.Assigner;
import dev.signalbox.reviewers.ClaimTable;
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
import java.util.function.Predicate;
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

  /** How many cases that the query finds, and the lifecycle refuses, a claim passes over. */
  private static final int PASSED_MAX = 50;

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
  private final @Nullable Chart chart;
  private final Assigner assigner;

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
      Onlooker onlooker,
      Setup setup) {
    this.chart = setup.chart();
    this.assigner = setup.assigner();
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

  /**
   * What an installation says beside its rules.
   *
   * @param chart which accounts resolutions are posted to; null where there is no ledger, and a
   *     resolution holds without a posting
   * @param assigner chooses who gets what is assigned by rule
   */
  public record Setup(@Nullable Chart chart, Assigner assigner) {}

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
      } catch (MissedRows e) {
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

  /**
   * Handles requests of which either all happen, or none, in one transaction with something else.
   *
   * @param requests about different cases; none of them under a lease or a key
   * @param also done first in the transaction; false when it does not hold any more
   * @return one receipt each; nothing was done when one of them refuses. Empty when {@code also}
   *     did not hold
   */
  public List<Receipt> together(List<Request> requests, Predicate<Tx> also) {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      var began = System.nanoTime();
      var round = read(requests, new Storm(guard, Map.of()));
      var receipts = requests.stream().map(round::take).toList();
      if (receipts.stream().anyMatch(Receipt.Refused.class::isInstance)) {
        return receipts;
      }
      try {
        var commit = new Commit(round, journal, guard, List.of());
        if (!database.inTransaction(tx -> also.test(tx) && written(commit, tx))) {
          return List.of();
        }
        ring(commit.brought());
        told(requests, receipts, round, began);
        return receipts;
      } catch (MissedRows e) {
        // Somebody changed one of them: the next round sees it.
      }
    }
    return busy(requests);
  }

  private static boolean written(Commit commit, Tx tx) {
    commit.run(tx);
    return true;
  }

  /**
   * Claims the most urgent case that somebody may take from a queue, for a while. Many may ask at
   * once: each takes another one.
   *
   * @param wanted which
   * @param lease for how long
   * @param claimant who asks, under which key and trace
   * @return null when nothing is left for him
   */
  public @Nullable Receipt claim(CaseTable.Wanted wanted, Duration lease, Claimant claimant) {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      try {
        var before = answered(claimant);
        return before != null ? before : claimed(wanted, lease, claimant);
      } catch (MissedRows e) {
        // Somebody used the key at the same time: its answer is there now.
      }
    }
    throw new IllegalStateException(
        "A claim was overtaken %d times by others under its key.".formatted(ATTEMPTS_MAX));
  }

  /**
   * Who claims.
   *
   * @param once makes it safe to repeat; null when nothing does
   * @param traceParent the trace it belongs to
   */
  public record Claimant(Actor actor, @Nullable OnceKey once, @Nullable String traceParent) {}

  /** In one transaction that holds the case: nobody can be faster, so nothing is tried in vain. */
  private @Nullable Receipt claimed(CaseTable.Wanted wanted, Duration lease, Claimant claimant) {
    var began = System.nanoTime();
    var taken = database.<@Nullable Taken>inTransaction(tx -> taken(tx, wanted, lease, claimant));
    if (taken == null) {
      return null;
    }
    told(List.of(taken.request()), List.of(taken.receipt()), taken.round(), began);
    return taken.receipt();
  }

  private @Nullable Receipt answered(Claimant claimant) {
    var key = claimant.once();
    if (key == null) {
      return null;
    }
    var before = database.read(tx -> OnceTable.find(tx, List.of(key))).get(OnceTable.Id.of(key));
    return before == null ? null : before.repeatedFor(key);
  }

  private record Taken(Request request, Receipt receipt, Round round) {}

  private @Nullable Taken taken(Tx tx, CaseTable.Wanted wanted, Duration lease, Claimant claimant) {
    var passed = new HashSet<CaseId>();
    for (int i = 0; i < PASSED_MAX; i++) {
      var next = CaseTable.next(tx, wanted, passed);
      if (next == null) {
        return null;
      }
      var id = next.state().id();
      if (next.state().claim() != null) {
        // Somebody else's claim was committed after the query had looked.
        passed.add(id);
        continue;
      }
      var known = new Round.Known(Map.of(id, next), Map.of(), Map.of());
      var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
      var round =
          new Round(rules.get(), now, List.of(id), known, new Storm(guard, Map.of()), chart);
      var request =
          Request.say(id, new CaseCommand.Claim(wanted.by(), lease), claimant.actor())
              .once(claimant.once())
              .within(wanted.sight())
              .tracedBy(claimant.traceParent());
      var receipt = round.take(request);
      if (receipt instanceof Receipt.Done) {
        new Commit(round, journal, guard, List.of()).run(tx);
        return new Taken(request, receipt, round);
      }
      // The lifecycle is stricter than the query.
      passed.add(id);
    }
    return null;
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
    var appointing = new Appointing(round);
    var leases = leases(requests, lost);
    if (!appointing.wanted().isEmpty()) {
      var ended = appointed(appointing, receipts, leases);
      told(requests, ended.receipts(), ended.round(), began);
      telling.leftOver(ended.leftOver());
      return ended.receipts();
    }
    var commit = new Commit(round, journal, guard, leases);
    if (!commit.isEmpty()) {
      commit.run(database);
      ring(commit.brought());
    }
    told(requests, receipts, round, began);
    return receipts;
  }

  /** Who is chosen, and what is written, in one transaction: no two choose at once. */
  private Appointing.Appointed appointed(
      Appointing appointing, List<Receipt> receipts, List<Lease> leases) {
    var ahead = journal.ahead(appointing.pages());
    var written =
        database.inTransaction(tx -> {
          var chosen = assigner.choose(tx, appointing.wanted());
          var appointed = appointing.given(chosen, receipts);
          var commit =
              new Commit(appointed.round(), guard, leases, pages -> journal.chain(pages, ahead));
          commit.whole(tx);
          return Map.entry(appointed, commit.brought());
        });
    ring(written.getValue());
    return written.getKey();
  }

  private void ring(Brought brought) {
    if (!brought.isNothing()) {
      doorbell.accept(brought);
    }
  }

  private void told(List<Request> requests, List<Receipt> receipts, Round round, long began) {
    var took = Duration.ofNanos(System.nanoTime() - began);
    var changed = round.changed();
    telling.batch(requests, receipts, changed, took);
    for (var dossier : changed) {
      var before = dossier.before();
      onlooker.saw(before == null ? null : before.state(), dossier.entries());
    }
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
    var known =
        database.read(tx -> {
          var cases = CaseTable.find(tx, ids);
          var held =
              cases.values().stream()
                  .map(StoredCase::state)
                  .filter(state -> state.claim() != null)
                  .map(ExceptionCase::id)
                  .toList();
          return new Round.Known(cases, OnceTable.find(tx, keys), ClaimTable.ends(tx, held));
        });
    return new Round(rules.get(), now, ids, known, storm, chart);
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
