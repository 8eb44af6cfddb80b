package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Chart.Found;
import dev.signalbox.exceptions.Outcome.Accepted;
import dev.signalbox.exceptions.Posting.Transfer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What resolutions do to the books, and what the ledger's answers do to a case. Pure.
 *
 * <p>A positive item is a debit that stands on its account: settling it credits that account, and
 * debits the one of the resolution; a negative one the other way.
 */
final class Books {
  /** What marks the target of a split's part as an account; other parts stay where they are. */
  private static final String ACCOUNT = "account:";

  private Books() {}

  /** What a resolution does to the books. */
  sealed interface Effect {
    record None() implements Effect {}

    record Posts(Posting posting) implements Effect {}

    /** It would, and nobody said to which account. */
    record Unknown(String why) implements Effect {}
  }

  /**
   * Drafts the posting of a resolution.
   *
   * @param chart null where nothing is posted
   */
  static Effect effect(ExceptionCase current, Resolution resolution, @Nullable Chart chart) {
    if (chart == null) {
      return new Effect.None();
    }
    var report = current.report();
    return switch (resolution) {
      case Resolution.Adjustment it ->
          contra(current, it, chart, chart.adjustment(report, it.type()), signed(report, it));
      case Resolution.WriteOff it ->
          contra(current, it, chart, chart.writeOff(report), report.money());
      case Resolution.Split it -> split(current, it, chart);
      case Resolution.ForceMatch it -> new Effect.None();
      case Resolution.KnownDifference it -> new Effect.None();
      case Resolution.External it -> new Effect.None();
      case Resolution.AutoCleared it -> new Effect.None();
      case Resolution.AutoMatch it -> new Effect.None();
    };
  }

  /** An adjustment takes its amount away from the item, so it goes the item's way. */
  private static Money signed(ExceptionReport report, Resolution.Adjustment adjustment) {
    var money = adjustment.money();
    return report.money().amount().signum() < 0
        ? new Money(money.amount().negate(), money.currency())
        : money;
  }

  private static Effect contra(
      ExceptionCase current, Resolution resolution, Chart chart, Found contra, Money money) {
    return switch (contra) {
      case Found.Missing(var why) -> new Effect.Unknown(why);
      case Found.Account(var to) ->
          switch (chart.itemOf(current.report())) {
            case Found.Missing(var why) -> new Effect.Unknown(why);
            case Found.Account(var from) ->
                posts(current, resolution, List.of(new Transfer(from, to, money)));
          };
    };
  }

  private static Effect split(ExceptionCase current, Resolution.Split split, Chart chart) {
    var parts = split.parts().stream().filter(part -> part.target().startsWith(ACCOUNT)).toList();
    if (parts.isEmpty()) {
      return new Effect.None();
    }
    var transfers = new ArrayList<Transfer>();
    switch (chart.itemOf(current.report())) {
      case Found.Missing(var why) -> {
        return new Effect.Unknown(why);
      }
      case Found.Account(var from) -> {
        for (var part : parts) {
          var account = part.target().substring(ACCOUNT.length()).strip();
          if (account.isEmpty()) {
            return new Effect.Unknown(
                "A part of the split goes to \"%s\", which names no account."
                    .formatted(part.target()));
          }
          transfers.add(new Transfer(from, account, part.money()));
        }
      }
    }
    return posts(current, split, transfers);
  }

  private static Effect posts(
      ExceptionCase current, Resolution resolution, List<Transfer> transfers) {
    var effective =
        resolution instanceof Resolution.Adjustment it && it.effectiveAt() != null
            ? dayOf(it.effectiveAt())
            : null;
    var posting =
        Posting.of(
            DispatchId.ofPosting(current.id(), current.version()),
            transfers,
            effective,
            "%s of the exception %s".formatted(words(resolution), current.id()));
    return posting == null ? new Effect.None() : new Effect.Posts(posting);
  }

  private static String words(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Adjustment it -> "ADJUSTMENT " + it.type();
      case Resolution.WriteOff it -> "WRITE_OFF " + it.reason();
      case Resolution other -> other.kind().name();
    };
  }

  /** What happens once everybody who must has approved a proposal. */
  static CaseEvent approved(Resolution resolution, @Nullable Posting posting, Instant now) {
    return posting == null
        ? new CaseEvent.Resolved(resolution)
        : new CaseEvent.PostingRequested(posting.sentOn(dayOf(now)));
  }

  private static LocalDate dayOf(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  static Outcome answered(ExceptionCase current, CaseCommand.OfLedger command) {
    return switch (command) {
      case CaseCommand.RecordPosting posted ->
          isUnderWay(current, posted.posting())
              ? accepted(
                  new CaseEvent.LedgerPosted(posted.posting(), posted.reference()),
                  new CaseEvent.Resolved(proposed(current).resolution()))
              : unknown(posted.posting());
      case CaseCommand.RecordPostingRefusal refused ->
          isUnderWay(current, refused.posting())
              ? accepted(new CaseEvent.PostingRefused(refused.posting(), refused.reason()))
              : unknown(refused.posting());
      case CaseCommand.RecordPostingFailure failed ->
          isUnderWay(current, failed.posting())
              ? accepted(new CaseEvent.PostingStuck(failed.posting(), failed.reason()))
              : unknown(failed.posting());
      case CaseCommand.RecordHoldProblem not ->
          accepted(new CaseEvent.HoldNotTaken(not.hold(), not.released(), not.problem()));
      case CaseCommand.RetryPosting again ->
          isUnderWay(current, again.posting())
                  && bookkeeping(current).stage() == Bookkeeping.Stage.STUCK
              ? accepted(new CaseEvent.PostingRetried(again.posting()))
              : unknown(again.posting());
    };
  }

  private static boolean isUnderWay(ExceptionCase current, DispatchId posting) {
    var books = current.bookkeeping();
    return books != null && books.isUnderWay() && books.posting().id().equals(posting);
  }

  /** Why nothing else may settle the case for now. */
  static Refusal underWay(ExceptionCase current) {
    return new Refusal.PostingUnderWay(bookkeeping(current).posting());
  }

  private static Bookkeeping bookkeeping(ExceptionCase current) {
    if (current.bookkeeping() == null) {
      throw new IllegalStateException("The case %s posts nothing.".formatted(current.id()));
    }
    return current.bookkeeping();
  }

  private static PendingProposal proposed(ExceptionCase current) {
    if (current.proposal() == null) {
      throw new IllegalStateException(
          "The case %s is being posted, and nothing is proposed.".formatted(current.id()));
    }
    return current.proposal();
  }

  private static Outcome unknown(DispatchId posting) {
    return Outcome.Refused.because(new Refusal.UnknownDispatch(posting));
  }

  private static Outcome accepted(CaseEvent... events) {
    return new Accepted(List.of(events));
  }
}
