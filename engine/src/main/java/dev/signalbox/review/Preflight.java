package dev.signalbox.review;

import dev.signalbox.exceptions.Bookkeeping;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Decision.ApprovalDecision.Approval;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Lifecycle;
import dev.signalbox.exceptions.Outcome;
import dev.signalbox.exceptions.Reviewer;
import dev.signalbox.exceptions.Sight;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What approving a batch would do, and what keeps somebody from it. Pure.
 *
 * @param totals what it moves, by account and currency
 * @param problems none when it can be approved
 */
public record Preflight(List<Total> totals, List<Problem> problems) {
  private static final String NO_ACCOUNT = "none";

  /**
   * What it moves on an account.
   *
   * @param amount both sides of it, without their signs
   */
  public record Total(
      String account, String currency, BigDecimal amount, @Nullable BigDecimal limit) {}

  /**
   * What is in the way.
   *
   * @param exception null when it is about the batch
   */
  public record Problem(@Nullable CaseId exception, String code, String detail) {}

  public Preflight {
    totals = List.copyOf(totals);
    problems = List.copyOf(problems);
  }

  /** Who would approve, and when. */
  record Approver(Reviewer reviewer, Sight sight, Instant now) {}

  /**
   * Looks.
   *
   * @param more the approvals that rules ask for now, and did not before
   */
  static Preflight of(
      Batch batch,
      Map<CaseId, ExceptionCase> cases,
      Map<CaseId, List<Approval>> more,
      Approver approver,
      BatchLimits limits) {
    var problems = new ArrayList<Problem>();
    var sums = new TreeMap<String, TreeMap<String, BigDecimal>>();
    for (var item : batch.in()) {
      var state = cases.get(item.id());
      if (state == null || !approver.sight().reaches(state)) {
        problems.add(
            new Problem(item.id(), "NOT_FOUND", "There is no exception " + item.id() + "."));
        continue;
      }
      var problem = problem(item, state, approver);
      if (problem != null) {
        problems.add(problem);
      } else if (more.containsKey(item.id())) {
        problems.add(asksMore(item.id(), more.get(item.id())));
      }
      add(sums, state);
    }
    if (batch.in().isEmpty()) {
      problems.add(new Problem(null, "EMPTY", "All of the batch is excluded."));
    }
    var totals = new ArrayList<Total>();
    sums.forEach((account, ofAccount) ->
        ofAccount.forEach((currency, sum) -> {
          var limit = limits.of(account, currency);
          totals.add(new Total(account, currency, sum, limit));
          if (limit != null && sum.compareTo(limit) > 0) {
            problems.add(
                new Problem(
                    null,
                    "LIMIT",
                    "The batch moves %s %s on the account %s, and %s may be moved at once. Maybe exclude some."
                        .formatted(sum.toPlainString(), currency, account, limit.toPlainString())));
          }
        }));
    return new Preflight(totals, problems);
  }

  private static @Nullable Problem problem(
      Batch.Item item, ExceptionCase state, Approver approver) {
    if (state.version() != item.version()) {
      return new Problem(
          item.id(),
          "CHANGED",
          "The exception is at version %d; at %d it was put into the batch."
              .formatted(state.version(), item.version()));
    }
    var approve = new CaseCommand.Approve(approver.reviewer(), null);
    return Lifecycle.decide(item.id(), state, approve, approver.now())
            instanceof Outcome.Refused(var refusal, var remembered)
        ? new Problem(item.id(), refusal.code(), refusal.detail())
        : null;
  }

  private static Problem asksMore(CaseId id, List<Approval> more) {
    var words = more.stream().map(one -> "%s (%s)".formatted(one.role(), one.why())).toList();
    return new Problem(
        id,
        "RULES_ASK_MORE",
        "The rules ask also for an approval by %s now. Maybe exclude it, and have it proposed again."
            .formatted(String.join(", ", words)));
  }

  /** What is posted; of what posts nothing, the item itself. */
  private static void add(TreeMap<String, TreeMap<String, BigDecimal>> sums, ExceptionCase state) {
    var books = state.bookkeeping();
    if (books != null && books.stage() == Bookkeeping.Stage.DRAFTED) {
      for (var line : books.posting().lines()) {
        add(sums, line.account(), line.money().currency().value(), line.money().amount());
      }
    } else {
      var report = state.report();
      add(
          sums,
          report.glAccount() == null ? NO_ACCOUNT : report.glAccount(),
          report.money().currency().value(),
          report.money().amount().abs());
    }
  }

  private static void add(
      TreeMap<String, TreeMap<String, BigDecimal>> sums,
      String account,
      String currency,
      BigDecimal amount) {
    sums.computeIfAbsent(account, none -> new TreeMap<>()).merge(currency, amount, BigDecimal::add);
  }
}
