package dev.signalbox.exceptions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.exceptions.Outcome.Accepted;
import dev.signalbox.testkit.RandomHistories;
import dev.signalbox.testkit.RandomHistories.History;
import dev.signalbox.testkit.RandomHistories.Step;
import dev.signalbox.testkit.Seeds;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What holds for every legal history, whatever came in whatever order. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HistoriesTest {
  private static final int HISTORIES = 300;

  @Test
  void the_state_is_that_of_its_events_alone() {
    Seeds.each(
        HISTORIES,
        random -> {
          var history = history(random);
          ExceptionCase state = null;
          long version = 0;
          for (var step : history.steps()) {
            version++;
            state =
                state == null
                    ? ExceptionCase.from((CaseEvent.Opened) step.event(), step.at())
                    : state.after(step.event(), step.at());
            assertThat(state.version()).isEqualTo(version);
            assertThat(state.updatedAt()).isEqualTo(step.at());
            assertThat(state.id()).isEqualTo(history.id());
            assertThat(state.report().payload()).isNull();
          }
          assertThat(state).isEqualTo(history.state());
        });
  }

  @Test
  void severity_never_falls_and_no_deadline_moves_away_while_an_item_is_open() {
    eachPair((before, step) -> {
      var earlier = before.after().classification();
      var later = step.after().classification();
      if (earlier != null
          && !(step.event() instanceof CaseEvent.Recurred)
          && !(step.event() instanceof CaseEvent.Classified)) {
        assertThat(requireNonNull(later).severity()).isGreaterThanOrEqualTo(earlier.severity());
        var pause = before.after().standing().pause();
        var rested =
            pause == null || later.breached() || step.after().standing().pause() != null
                ? Duration.ZERO
                : Duration.between(
                    pause.since(), step.at().isBefore(pause.until()) ? step.at() : pause.until());
        assertThat(later.dueAt()).isBeforeOrEqualTo(earlier.dueAt().plus(rested));
        assertThat(later.breached() || !earlier.breached()).isTrue();
      }
    });
  }

  @Test
  void an_item_never_gets_younger_unless_it_comes_back() {
    eachPair((before, step) -> {
      var earlier = before.after().detection();
      var later = step.after().detection();
      if (step.event() instanceof CaseEvent.Recurred) {
        assertThat(later.recurrences()).isEqualTo(earlier.recurrences() + 1);
      } else {
        assertThat(later.first()).isBeforeOrEqualTo(earlier.first());
        assertThat(later.last()).isAfterOrEqualTo(earlier.last());
        assertThat(later.recurrences()).isEqualTo(earlier.recurrences());
      }
    });
  }

  @Test
  void substance_and_opening_never_change() {
    eachPair((before, step) -> {
      assertThat(step.after().substanceHash()).isEqualTo(before.after().substanceHash());
      assertThat(step.after().report().substanceHash()).isEqualTo(step.after().substanceHash());
      assertThat(step.after().openedAt()).isEqualTo(before.after().openedAt());
    });
  }

  @Test
  void what_a_case_carries_agrees_with_where_it_stands() {
    Seeds.each(
        HISTORIES,
        random ->
            history(random)
                .steps()
                .forEach(step -> {
                  var state = step.after();
                  var resolved = state.status() == CaseStatus.RESOLVED;
                  assertThat(state.resolution() != null).isEqualTo(resolved);
                  assertThat(state.resolvedAt() != null).isEqualTo(resolved);
                  assertThat(state.pending() != null && state.isBeingPosted()).isFalse();
                  boolean isMidway =
                      step.event() instanceof CaseEvent.ProposalMade
                          || step.event() instanceof CaseEvent.PostingDrafted
                          || step.event() instanceof CaseEvent.ApprovalsDecided
                          || step.event() instanceof CaseEvent.LedgerPosted;
                  if (!isMidway) {
                    assertThat(state.pending() != null || state.isBeingPosted())
                        .isEqualTo(state.status() == CaseStatus.PENDING_RESOLUTION);
                    assertThat(state.proposal() != null)
                        .isEqualTo(
                            state.status() == CaseStatus.PENDING_APPROVAL || state.isBeingPosted());
                  }
                  assertThat(state.deadLetterReason() != null)
                      .isEqualTo(state.status() == CaseStatus.DEAD_LETTERED);
                  if (state.status() == CaseStatus.ASSIGNED) {
                    assertThat(state.assignee()).isNotNull();
                  }
                }));
  }

  @Test
  void what_rules_settle_is_proposed_approved_by_nobody_and_resolved_in_one_go() {
    var settled = new AtomicInteger();
    Seeds.each(
        HISTORIES,
        random -> {
          var steps = history(random).steps();
          for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).event() instanceof CaseEvent.ResolutionProposed proposed) {
              var resolution = proposed.advice().decision().resolution();
              assertThat(steps.get(i - 1).after().status()).isEqualTo(CaseStatus.OPEN);
              assertThat(steps.get(i - 1).after().pending()).isNull();
              assertThat(((CaseEvent.ResolutionApproved) steps.get(i + 1).event()).advice())
                  .extracting(advice -> advice.decision().needed())
                  .isEqualTo(List.of());
              assertThat(steps.get(i + 2).event()).isEqualTo(new CaseEvent.Resolved(resolution));
              assertThat(steps.get(i + 2).after().resolution()).isEqualTo(resolution);
              settled.incrementAndGet();
            } else if (steps.get(i).event() instanceof CaseEvent.ResolutionApproved) {
              assertThat(steps.get(i - 1).event()).isInstanceOf(CaseEvent.ResolutionProposed.class);
            }
          }
        });
    assertThat(settled).hasPositiveValue();
  }

  @Test
  void what_a_person_proposes_holds_with_every_approval_and_none_is_his_own() {
    var held = new AtomicInteger();
    eachPair((before, step) -> {
      var proposal = before.after().proposal();
      if (step.event() instanceof CaseEvent.Resolved resolved && proposal != null) {
        assertThat(resolved.resolution()).isEqualTo(proposal.resolution());
        assertThat(proposal.missing()).isEmpty();
        var approvers = proposal.given().stream().map(PendingProposal.Given::by).toList();
        assertThat(approvers).doesNotContain(proposal.by()).doesNotHaveDuplicates();
        held.addAndGet(approvers.isEmpty() ? 0 : 1);
      } else {
        assertThat(step.after().status() == CaseStatus.RESOLVED)
            .isEqualTo(
                step.event() instanceof CaseEvent.Resolved
                    || step.event() instanceof CaseEvent.Cleared
                    || (before.after().status() == CaseStatus.RESOLVED
                        && !(step.event() instanceof CaseEvent.Recurred)));
      }
    });
    assertThat(held).hasPositiveValue();
  }

  @Test
  void every_posting_balances_and_is_what_was_approved_and_nothing_settles_its_case_before_it() {
    var posted = new AtomicInteger();
    eachPair((before, step) -> {
      var books = before.after().bookkeeping();
      if (step.event() instanceof CaseEvent.PostingDrafted drafted) {
        assertThat(imbalance(drafted.posting())).allMatch(sum -> sum.signum() == 0).isNotEmpty();
      }
      if (step.event() instanceof CaseEvent.PostingRequested requested) {
        var posting = requested.posting();
        assertThat(requireNonNull(books).posting().lines()).isEqualTo(posting.lines());
        assertThat(requireNonNull(books).posting().id()).isEqualTo(posting.id());
        assertThat(posting.effectiveOn()).isNotNull();
        assertThat(requireNonNull(before.after().proposal()).missing()).isEmpty();
      }
      if (before.after().isBeingPosted() && !step.after().isBeingPosted()) {
        assertThat(step.event())
            .isInstanceOfAny(CaseEvent.LedgerPosted.class, CaseEvent.PostingRefused.class);
        posted.addAndGet(step.event() instanceof CaseEvent.LedgerPosted ? 1 : 0);
      }
      if (step.event() instanceof CaseEvent.Resolved resolved && books != null) {
        assertThat(books.stage())
            .as("%s after %s", resolved, before.event())
            .isNotIn(Bookkeeping.Stage.REQUESTED, Bookkeeping.Stage.STUCK);
      }
    });
    assertThat(posted).hasPositiveValue();
  }

  private static Collection<BigDecimal> imbalance(Posting posting) {
    var sums = new HashMap<CurrencyCode, BigDecimal>();
    for (var line : posting.lines()) {
      var amount = line.money().amount();
      sums.merge(
          line.money().currency(),
          line.side() == Posting.Side.DEBIT ? amount : amount.negate(),
          BigDecimal::add);
    }
    return sums.values();
  }

  @Test
  void a_posting_has_an_id_of_its_own() {
    Seeds.each(
        HISTORIES,
        random -> {
          var ids = new HashSet<DispatchId>();
          for (var step : history(random).steps()) {
            if (step.event() instanceof CaseEvent.PostingDrafted drafted) {
              assertThat(ids.add(drafted.posting().id())).isTrue();
            } else if (step.event() instanceof CaseEvent.DispatchRequested requested) {
              assertThat(ids.add(requested.dispatch())).isTrue();
            }
          }
        });
  }

  @Test
  void nobody_settles_what_somebody_else_has() {
    eachPair((before, step) -> {
      if (step.event() instanceof CaseEvent.ProposalMade made) {
        assertThat(before.after().assignee()).isEqualTo(made.by());
      }
    });
  }

  @Test
  void an_accepted_difference_comes_back_only_after_it_has_expired() {
    eachPair((before, step) -> {
      if (step.event() instanceof CaseEvent.Recurred recurred
          && before.after().resolution() instanceof Resolution.KnownDifference known) {
        var detected = recurred.report().detectedAt();
        assertThat(known.covers(detected == null ? recurred.receivedAt() : detected)).isFalse();
      }
    });
  }

  @Test
  void a_dispatch_has_an_id_of_its_own() {
    Seeds.each(
        HISTORIES,
        random -> {
          var ids = new HashSet<DispatchId>();
          for (var step : history(random).steps()) {
            if (step.event() instanceof CaseEvent.DispatchRequested requested) {
              assertThat(ids.add(requested.dispatch())).isTrue();
            }
          }
        });
  }

  @Test
  void a_timer_that_is_due_always_gets_on() {
    Seeds.each(
        HISTORIES,
        random -> {
          var histories = new RandomHistories(random);
          var history = histories.history(12);
          var state = history.state();
          for (var timer = state.nextTimer(); timer != null; timer = state.nextTimer()) {
            var early = timer.at().minusNanos(1_000);
            assertThat(happens(state, timer, early, histories)).isEqualTo(state);

            var after = happens(state, timer, timer.at(), histories);

            assertThat(after.version()).isGreaterThan(state.version());
            assertThat(timer).isNotEqualTo(after.nextTimer());
            if (after.version() > history.state().version() + 60) {
              return;
            }
            state = after;
          }
        });
  }

  @Test
  void a_case_is_not_opened_twice() {
    var history = history(new Random(1));
    var opened = history.steps().getFirst().event();

    assertThatThrownBy(() -> history.state().after(opened, Instant.EPOCH))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The case " + history.id() + " was opened twice.");
  }

  private static ExceptionCase happens(
      ExceptionCase state, Timer timer, Instant now, RandomHistories histories) {
    var command =
        switch (timer.action()) {
          case RECLASSIFY -> new CaseCommand.Reclassify(histories.assessment(now));
          case MARK_SLA_BREACHED -> new CaseCommand.MarkOverdue(Overdue.RESOLUTION);
          case MARK_ANSWER_OVERDUE -> new CaseCommand.MarkOverdue(Overdue.ANSWER);
          case REMIND -> new CaseCommand.Remind();
          case REASSIGN -> new CaseCommand.Reassign();
          case DEAD_LETTER -> new CaseCommand.DeadLetter();
          case WAKE -> new CaseCommand.Wake(null);
        };
    var after = state;
    for (var event : ((Accepted) Lifecycle.decide(state.id(), state, command, now)).events()) {
      after = after.after(event, now);
    }
    return after;
  }

  private static void eachPair(BiConsumer<Step, Step> property) {
    Seeds.each(
        HISTORIES,
        random -> {
          var steps = history(random).steps();
          for (int i = 1; i < steps.size(); i++) {
            property.accept(steps.get(i - 1), steps.get(i));
          }
        });
  }

  private static History history(Random random) {
    return new RandomHistories(random).history(40);
  }
}
