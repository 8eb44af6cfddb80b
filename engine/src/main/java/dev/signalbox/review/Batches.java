package dev.signalbox.review;

import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.desk.CaseCursor;
import dev.signalbox.desk.CaseFilter;
import dev.signalbox.desk.CaseListTable;
import dev.signalbox.desk.CasePage;
import dev.signalbox.desk.CasePageRequest;
import dev.signalbox.desk.CaseSort;
import dev.signalbox.desk.CaseTable;
import dev.signalbox.desk.Desk;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.CaseStatus;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Lane;
import dev.signalbox.exceptions.Reviewer;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.review.Preflight.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Builds batches of proposals and decides them. A batch is frozen at the versions that its items
 * had: whoever approves it approves what it showed, all of it in one transaction, or nothing.
 */
public final class Batches {
  /** How far to look for proposals that fit. */
  private static final int PAGES_MAX = 25;

  private final Database database;
  private final Desk desk;
  private final Reconsidering reconsidering;
  private final BatchLimits limits;
  private final InstantSource clock;

  public Batches(
      Database database,
      Desk desk,
      Reconsidering reconsidering,
      BatchLimits limits,
      InstantSource clock) {
    this.database = database;
    this.desk = desk;
    this.reconsidering = reconsidering;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Which proposals; what is null does not narrow.
   *
   * @param proposedFrom inclusive
   * @param proposedBefore exclusive
   */
  public record Wanted(
      @Nullable String queue,
      @Nullable String context,
      @Nullable Lane lane,
      @Nullable Instant proposedFrom,
      @Nullable Instant proposedBefore) {
    private boolean fits(ExceptionCase state) {
      var proposal = state.proposal();
      return proposal != null
          && (lane == null || (state.route() != null && state.route().lane() == lane))
          && (proposedFrom == null || !proposal.at().isBefore(proposedFrom))
          && (proposedBefore == null || proposal.at().isBefore(proposedBefore));
    }
  }

  /**
   * Who does something.
   *
   * @param traceParent the trace it belongs to
   */
  public record Somebody(
      Reviewer reviewer, Actor actor, Sight sight, @Nullable String traceParent) {}

  /** What came of it. */
  public sealed interface Result {
    record Done(Batch batch) implements Result {}

    record NotFound() implements Result {}

    /** Somebody changed it since. */
    record Stale(Batch batch) implements Result {}

    /** It is decided already. */
    record Decided(Batch batch) implements Result {}

    /** Nothing was done. */
    record Refused(List<Problem> problems) implements Result {}
  }

  /** Freezes what fits, as far as the one who asks sees it. */
  public Result build(Wanted wanted, Somebody by) {
    var found = found(wanted, by.sight());
    if (found.isEmpty()) {
      return new Result.Refused(
          List.of(new Problem(null, "EMPTY", "No proposal that waits for approval fits.")));
    }
    var batch =
        new Batch(
            UUID.randomUUID(),
            1,
            Batch.Status.OPEN,
            by.reviewer().name(),
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            null,
            null,
            null,
            found.stream()
                .sorted(Comparator.comparing(ExceptionCase::id))
                .map(state -> new Batch.Item(state.id(), state.version(), null, null))
                .toList());
    database.inTransaction(tx -> {
      BatchTable.insert(tx, batch);
      return true;
    });
    return new Result.Done(batch);
  }

  private List<ExceptionCase> found(Wanted wanted, Sight sight) {
    var filter =
        new CaseFilter(
            List.of(CaseStatus.PENDING_APPROVAL),
            List.of(),
            wanted.queue(),
            null,
            wanted.context(),
            null,
            null,
            null,
            null,
            sight);
    var found = new ArrayList<ExceptionCase>();
    @Nullable CaseCursor next = null;
    for (int i = 0; i < PAGES_MAX && found.size() < limits.items(); i++) {
      var request = new CasePageRequest(CaseSort.CREATED_AT, false, next, CasePage.LIMIT_MAX);
      var page = database.read(tx -> CaseListTable.page(tx, filter, request));
      page.items().stream()
          .filter(wanted::fits)
          .limit(limits.items() - found.size())
          .forEach(found::add);
      next = page.next();
      if (next == null) {
        break;
      }
    }
    return found;
  }

  /** One; null when there is none, or some of it is out of sight. */
  public @Nullable Batch find(UUID id, Sight sight) {
    var batch = find(id);
    return batch == null || sight.isAll() || isInSight(batch, states(List.of(batch)), sight)
        ? batch
        : null;
  }

  /** The newest that are in sight. */
  public List<Batch> newest(int limit, Sight sight) {
    var newest = database.read(tx -> BatchTable.newest(tx, limit));
    if (sight.isAll()) {
      return newest;
    }
    var states = states(newest);
    return newest.stream().filter(batch -> isInSight(batch, states, sight)).toList();
  }

  private static boolean isInSight(Batch batch, Map<CaseId, ExceptionCase> states, Sight sight) {
    return batch.items().stream()
        .map(item -> states.get(item.id()))
        .filter(Objects::nonNull)
        .allMatch(sight::reaches);
  }

  private @Nullable Batch find(UUID id) {
    return database.read(tx -> BatchTable.find(tx, id));
  }

  private Map<CaseId, ExceptionCase> states(List<Batch> batches) {
    var ids =
        batches.stream()
            .flatMap(batch -> batch.items().stream())
            .map(Batch.Item::id)
            .distinct()
            .toList();
    return database.read(tx -> {
      var all = new HashMap<CaseId, ExceptionCase>();
      CaseTable.find(tx, ids).forEach((id, stored) -> all.put(id, stored.state()));
      return all;
    });
  }

  /** What approving it would do if this person did it now. */
  public Preflight preflight(Batch batch, Somebody by) {
    var now = clock.instant();
    var states = states(List.of(batch));
    var in =
        batch.in().stream().map(item -> states.get(item.id())).filter(Objects::nonNull).toList();
    var approver = new Preflight.Approver(by.reviewer(), by.sight(), now);
    return Preflight.of(batch, states, reconsidering.more(in, now), approver, limits);
  }

  /** Takes some out before it is decided. */
  public Result exclude(
      UUID id, @Nullable Long version, List<CaseId> ids, String why, Somebody by) {
    return standing(
        id,
        version,
        by,
        batch -> {
          var unknown =
              ids.stream()
                  .filter(one -> batch.items().stream().noneMatch(item -> item.id().equals(one)))
                  .toList();
          if (!unknown.isEmpty()) {
            return new Result.Refused(
                unknown.stream()
                    .map(one ->
                        new Problem(
                            one,
                            "NOT_FOUND",
                            "The exception %s is not in the batch.".formatted(one)))
                    .toList());
          }
          boolean done =
              database.inTransaction(tx -> {
                boolean open = BatchTable.advance(tx, batch);
                if (open) {
                  BatchTable.exclude(tx, id, ids, by.reviewer().name(), why);
                }
                return open;
              });
          return done ? again(id) : standing(id, by);
        });
  }

  /** Approves all that is in, or nothing. */
  public Result approve(UUID id, @Nullable Long version, @Nullable String note, Somebody by) {
    return standing(
        id,
        version,
        by,
        batch -> {
          var problems = preflight(batch, by).problems();
          return problems.isEmpty()
              ? decide(
                  batch,
                  Batch.Status.APPROVED,
                  note,
                  by,
                  new CaseCommand.Approve(by.reviewer(), note, id))
              : new Result.Refused(problems);
        });
  }

  /** Rejects all that is in, or nothing. */
  public Result reject(UUID id, @Nullable Long version, String reason, Somebody by) {
    return standing(
        id,
        version,
        by,
        batch ->
            decide(
                batch,
                Batch.Status.REJECTED,
                reason,
                by,
                new CaseCommand.Reject(by.reviewer(), reason, id)));
  }

  private Result decide(
      Batch batch, Batch.Status status, @Nullable String note, Somebody by, CaseCommand command) {
    var requests = new ArrayList<Request>();
    for (var item : batch.in()) {
      requests.add(
          Request.say(item.id(), command, by.actor())
              .within(by.sight())
              .expecting(item.version())
              .tracedBy(by.traceParent()));
    }
    var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var decided = new BatchTable.Decided(by.reviewer().name(), at, note);
    var receipts =
        desk.together(requests, (Tx tx) -> BatchTable.decide(tx, batch, status, decided));
    if (receipts.isEmpty() && !requests.isEmpty()) {
      return standing(batch.id(), by);
    }
    var problems = new ArrayList<Problem>();
    for (int i = 0; i < receipts.size(); i++) {
      if (receipts.get(i) instanceof Receipt.Refused(var refusal, var state)) {
        problems.add(new Problem(requests.get(i).id(), refusal.code(), refusal.detail()));
      }
    }
    return problems.isEmpty() ? again(batch.id()) : new Result.Refused(problems);
  }

  private Result standing(
      UUID id, @Nullable Long version, Somebody by, Function<Batch, Result> work) {
    var batch = find(id, by.sight());
    if (batch == null) {
      return new Result.NotFound();
    }
    if (batch.status() != Batch.Status.OPEN) {
      return new Result.Decided(batch);
    }
    return version != null && version != batch.version()
        ? new Result.Stale(batch)
        : work.apply(batch);
  }

  /** Why it could not be changed: somebody was faster. */
  private Result standing(UUID id, Somebody by) {
    return standing(id, null, by, Result.Stale::new);
  }

  private Result again(UUID id) {
    var batch = find(id);
    return batch == null ? new Result.NotFound() : new Result.Done(batch);
  }
}
