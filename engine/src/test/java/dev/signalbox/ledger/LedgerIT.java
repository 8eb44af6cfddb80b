package dev.signalbox.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.desk.Ask;
import dev.signalbox.desk.Receipt;
import dev.signalbox.desk.Request;
import dev.signalbox.dispatch.Breaker;
import dev.signalbox.dispatch.DeadLetters;
import dev.signalbox.dispatch.RetryPlan;
import dev.signalbox.dispatch.TargetPolicy;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Bookkeeping;
import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.CaseStatus;
import dev.signalbox.exceptions.Chart;
import dev.signalbox.exceptions.DispatchId;
import dev.signalbox.exceptions.ExceptionCase;
import dev.signalbox.exceptions.Hold;
import dev.signalbox.exceptions.HoldId;
import dev.signalbox.exceptions.LedgerOrder;
import dev.signalbox.exceptions.Money;
import dev.signalbox.exceptions.Resolution;
import dev.signalbox.exceptions.Resolution.AdjustmentType;
import dev.signalbox.exceptions.Resolution.Split.Part;
import dev.signalbox.exceptions.Resolution.WriteOffReason;
import dev.signalbox.exceptions.Reviewer;
import dev.signalbox.exceptions.Sight;
import dev.signalbox.outside.Attempt;
import dev.signalbox.outside.Dispatch;
import dev.signalbox.outside.Outlet;
import dev.signalbox.testkit.Charts;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.Runners;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.Until;
import dev.signalbox.work.DeadLetterTable;
import dev.signalbox.work.WorkTable;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Resolutions that are posted, with the embedded book behind the real runners. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LedgerIT {
  private static final Reviewer ANA = new Reviewer("ana", List.of("ANALYST"));
  private static final Reviewer SUE = new Reviewer("sue", List.of("SENIOR"));
  private static final Resolution WRITE_OFF =
      new Resolution.WriteOff(WriteOffReason.CANCELLED, "Gone.", "DOC-1");
  private static final TargetPolicy QUICK =
      new TargetPolicy(
          new RetryPlan(3, Duration.ofMillis(5), Duration.ofMillis(50)),
          2,
          Duration.ofSeconds(2),
          Duration.ofHours(1),
          new Breaker.Policy(100, 100, 0.99, Duration.ofMillis(50)));

  private static final AtomicInteger REF = new AtomicInteger();
  private static TestBox box;
  private static BookOutlet book;
  private ExecutorService executor;
  private AutoCloseable running = () -> {};

  @BeforeAll
  static void open() {
    box = TestBox.posting(Charts.full());
    book = new BookOutlet(box.postgres().database());
  }

  @AfterAll
  static void close() {
    box.close();
  }

  @BeforeEach
  void threads() {
    executor = Executors.newVirtualThreadPerTaskExecutor();
  }

  @AfterEach
  void stop() throws Exception {
    running.close();
    executor.shutdownNow();
  }

  @Test
  void an_approved_write_off_waits_for_the_ledger_and_holds_with_its_reference() {
    var id = reported("-250.00");
    propose(id, WRITE_OFF);
    var drafted = requireNonNull(box.state(id).bookkeeping());
    assertThat(drafted.stage()).isEqualTo(Bookkeeping.Stage.DRAFTED);

    approve(id);

    assertThat(box.state(id).status()).isEqualTo(CaseStatus.PENDING_RESOLUTION);
    run(book);
    Until.holds(() -> box.state(id).status() == CaseStatus.RESOLVED);
    var state = box.state(id);
    var booked = booked(id);
    assertThat(booked).hasSize(1);
    assertThat(requireNonNull(state.bookkeeping()).reference())
        .isEqualTo(booked.getFirst().reference());
    assertThat(booked.getFirst().posting()).isEqualTo(state.bookkeeping().posting());
    assertThat(booked.getFirst().posting().lines()).isEqualTo(drafted.posting().lines());
    assertThat(lines(state)).containsExactly("DEBIT 1200 250.00 EUR", "CREDIT 6900 250.00 EUR");
    assertThat(state.resolution()).isEqualTo(WRITE_OFF);
    assertThat(box.events(id))
        .endsWith(
            "ProposalMade",
            "PostingDrafted",
            "ApprovalsDecided",
            "ApprovalGiven",
            "PostingRequested",
            "LedgerPosted",
            "Resolved");
  }

  @Test
  void an_adjustment_that_nobody_need_approve_is_posted_on_its_day_and_a_split_to_its_accounts() {
    run(book);
    var adjusted = reported("40.00");
    propose(
        adjusted,
        new Resolution.Adjustment(
            AdjustmentType.BANK_FEE,
            Money.of("12.50", "EUR"),
            "fee",
            "A fee.",
            TestBox.START.minus(Duration.ofDays(2))));
    var split = reported("40.00");
    propose(
        split,
        new Resolution.Split(
            List.of(
                new Part(Money.of("50.00", "EUR"), "account:1400"),
                new Part(Money.of("-15.00", "EUR"), "account:1300"),
                new Part(Money.of("5.00", "EUR"), "invoice 7")),
            null));

    Until.holds(() -> isResolved(adjusted) && isResolved(split));

    assertThat(lines(box.state(adjusted)))
        .containsExactly("DEBIT 6800 12.50 EUR", "CREDIT 1200 12.50 EUR");
    assertThat(booked(adjusted).getFirst().posting().effectiveOn())
        .isEqualTo(LocalDate.parse("2026-02-28"));
    assertThat(lines(box.state(split)))
        .containsExactly(
            "DEBIT 1400 50.00 EUR",
            "CREDIT 1200 50.00 EUR",
            "DEBIT 1200 15.00 EUR",
            "CREDIT 1300 15.00 EUR");
  }

  @Test
  void what_has_no_effect_on_the_books_holds_at_once() {
    var id = reported("40.00");

    propose(id, new Resolution.ForceMatch("known", "Same payment.", null));

    assertThat(box.state(id).bookkeeping()).isNull();
    assertThat(box.events(id)).doesNotContain("PostingDrafted", "PostingRequested");
  }

  @Test
  void without_an_account_a_proposal_is_refused_and_says_what_to_configure() {
    try (var bare = TestBox.posting(new Chart(Chart.Accounts.NONE, Map.of()))) {
      var report = Reports.report("bare", TestBox.START).of("40.00").build();
      bare.report(report);

      var receipt =
          bare.desk()
              .handle(
                  Request.of(
                      report.caseId(), new Ask.Propose(WRITE_OFF, ANA), new Actor.Person("ana")));

      assertThat(receipt)
          .isInstanceOfSatisfying(
              Receipt.Refused.class,
              refused -> {
                assertThat(refused.refusal().code()).isEqualTo("ACCOUNT_UNKNOWN");
                assertThat(refused.refusal().detail())
                    .isEqualTo(
                        "No account for write-offs is configured for the context \"default\"."
                            + " Maybe have \"ledger.accounts.writeOff\" configured.");
              });
      assertThat(bare.events(report.caseId())).doesNotContain("ProposalMade");
    }
  }

  @Test
  void an_attempt_that_posted_and_never_said_so_is_made_again_and_posts_nothing_new() {
    var id = posting("70.00");
    var attempts = new CopyOnWriteArrayList<Dispatch>();

    run((dispatch, deadline) -> {
      attempts.add(dispatch);
      var attempt = book.attempt(dispatch, deadline);
      return attempts.size() == 1 ? new Attempt.Unknown("The line broke.") : attempt;
    });

    Until.holds(() -> isResolved(id));
    assertThat(attempts).extracting(Dispatch::id).containsOnly(attempts.getFirst().id());
    assertThat(attempts).extracting(Dispatch::afterUnknown).containsExactly(false, true);
    assertThat(booked(id)).hasSize(1);
  }

  @Test
  void a_node_that_dies_after_posting_leaves_one_posting_and_its_successor_tells_the_case() {
    var id = posting("70.00");
    var leased =
        box.postgres()
            .database()
            .inTransaction(tx -> WorkTable.lease(tx, LedgerOrder.LEDGER, 1, Duration.ofMillis(1)))
            .getFirst();
    book.attempt(
        new Dispatch(
            leased.item().dispatch(),
            LedgerOrder.LEDGER,
            null,
            leased.item().exception(),
            1,
            false,
            null,
            leased.item().order()),
        TestBox.START);

    run(book);
    var other = Runners.runner(box, executor, QUICK, Map.of(LedgerOrder.LEDGER, book));
    other.start();

    Until.holds(() -> isResolved(id));
    other.close();
    assertThat(booked(id)).hasSize(1);
    assertThat(box.events(id)).containsOnlyOnce("LedgerPosted");
  }

  @Test
  void a_refused_posting_comes_back_to_who_proposed_it_and_another_proposal_posts() {
    var id = posting("70.00");
    var refused = new AtomicInteger();

    run((dispatch, deadline) ->
        refused.incrementAndGet() == 1
            ? new Attempt.RejectedByTarget("The period is closed.")
            : book.attempt(dispatch, deadline));

    Until.holds(() -> box.state(id).status() == CaseStatus.UNDER_REVIEW);
    var state = box.state(id);
    assertThat(state.assignee()).isEqualTo("ana");
    assertThat(state.proposal()).isNull();
    assertThat(requireNonNull(state.bookkeeping()).problem()).isEqualTo("The period is closed.");
    assertThat(booked(id)).isEmpty();

    propose(id, WRITE_OFF);
    approve(id);

    Until.holds(() -> isResolved(id));
    assertThat(booked(id)).hasSize(1);
    assertThat(requireNonNull(box.state(id).bookkeeping()).posting().id())
        .isNotEqualTo(state.bookkeeping().posting().id());
  }

  @Test
  void what_the_ledger_never_answers_waits_as_a_dead_letter_and_goes_on_under_the_same_id()
      throws Exception {
    var id = posting("70.00");
    run((dispatch, deadline) -> {
      book.attempt(dispatch, deadline);
      return new Attempt.Unknown("No answer.");
    });
    Until.holds(
        () -> requireNonNull(box.state(id).bookkeeping()).stage() == Bookkeeping.Stage.STUCK);
    assertThat(box.state(id).status()).isEqualTo(CaseStatus.PENDING_RESOLUTION);
    assertThat(booked(id)).hasSize(1);

    assertThat(box.say(id, new CaseCommand.Clear(null)))
        .isInstanceOfSatisfying(
            Receipt.Refused.class,
            cleared -> assertThat(cleared.refusal().code()).isEqualTo("POSTING_UNDER_WAY"));

    running.close();
    var letters = new DeadLetters(box.postgres().database(), box.desk(), box.clock());
    var filter = new DeadLetterTable.Filter(null, "ledger", true, null, Sight.ALL);
    assertThat(letters.redrive(filter, new Actor.Person("op")))
        .extracting(DeadLetters.Redriven::receipt)
        .allMatch(Receipt.Done.class::isInstance);
    run(book);

    Until.holds(() -> isResolved(id));
    assertThat(booked(id)).hasSize(1);
    assertThat(box.events(id))
        .containsSubsequence("PostingStuck", "PostingRetried", "LedgerPosted");
  }

  @Test
  void a_hold_keeps_back_what_others_post_to_its_account_until_the_case_is_settled() {
    var holder = reported("80.00");
    var other = reported("80.00");
    run(book);
    done(
        Request.say(
            holder,
            new CaseCommand.PlaceHold(Hold.Kind.GL_ACCOUNT, "It is odd.", "sue"),
            new Actor.Person("sue")));
    Until.holds(() -> waiting() == 0);

    propose(other, WRITE_OFF);
    approve(other);

    Until.holds(() -> box.state(other).status() == CaseStatus.UNDER_REVIEW);
    assertThat(requireNonNull(box.state(other).bookkeeping()).problem())
        .isEqualTo(
            "The account 1200 is held by the exception %s. Maybe have that settled, or its hold"
                    .formatted(holder)
                + " released.");
    propose(holder, WRITE_OFF);
    approve(holder);
    Until.holds(() -> isResolved(holder) && waiting() == 0);
    propose(other, WRITE_OFF);
    approve(other);
    Until.holds(() -> isResolved(other));
    assertThat(booked(other)).hasSize(1);
  }

  @Test
  void a_release_that_overtakes_its_hold_wins() {
    var holder = reported("80.00");
    var hold = HoldId.parse("0190a5c6-1f7e-8c31-9d53-6a0f1f2e3d4c");
    order(holder, new LedgerOrder.Release(hold));
    order(holder, new LedgerOrder.Hold(hold, new Hold.Scope(Hold.Kind.GL_ACCOUNT, "1200")));
    run(book);

    var other = reported("80.00");
    propose(other, WRITE_OFF);
    approve(other);

    Until.holds(() -> isResolved(other));
  }

  private static void order(CaseId id, LedgerOrder order) {
    book.attempt(
        new Dispatch(
            DispatchId.parse("0190a5c6-1f7e-8c31-9d53-6a0f1f2e3d4d"),
            LedgerOrder.LEDGER,
            null,
            box.state(id),
            1,
            false,
            null,
            order),
        TestBox.START);
  }

  private static long waiting() {
    return box.postgres().database().read(WorkTable::levels).stream()
        .filter(level -> level.target().equals("ledger"))
        .mapToLong(WorkTable.Level::count)
        .sum();
  }

  @Test
  void the_database_itself_takes_nothing_that_does_not_balance_and_changes_nothing() {
    var head =
        """
        INSERT INTO book_posting (id, case_id, context, effective_on, description, lines)
        VALUES ('00000000-0000-8000-8000-00000000000%d', gen_random_uuid(), 'c', now(), 'd', %d)
        """;
    var line =
        """
        INSERT INTO book_line (posting, line, account, side, amount, currency)
        VALUES ('00000000-0000-8000-8000-00000000000%d', %d, '%s', '%s', %s, 'EUR')
        """;
    assertThatThrownBy(() ->
            all(
                head.formatted(1, 2),
                line.formatted(1, 1, "a", "DEBIT", "1.00"),
                line.formatted(1, 2, "b", "CREDIT", "1.01")))
        .hasStackTraceContaining("does not balance");
    assertThatThrownBy(() -> all(head.formatted(2, 2)))
        .hasStackTraceContaining("has not the lines");
    all(
        head.formatted(3, 2),
        line.formatted(3, 1, "a", "DEBIT", "1.00"),
        line.formatted(3, 2, "b", "CREDIT", "1.00"));
    assertThatThrownBy(() ->
            all(
                line.formatted(3, 3, "a", "DEBIT", "5.00"),
                line.formatted(3, 4, "b", "CREDIT", "5.00")))
        .hasStackTraceContaining("has not the lines");
    for (var change :
        List.of(
            "UPDATE book_line SET amount = 7",
            "DELETE FROM book_line",
            "DELETE FROM book_posting")) {
      assertThatThrownBy(() -> all(change)).hasStackTraceContaining("permission denied");
      assertThatThrownBy(() -> box.postgres().asOwner().inTransaction(tx -> tx.update(change)))
          .hasStackTraceContaining("only ever appended to");
    }
  }

  @Test
  void what_goes_to_the_accounts_is_what_they_come_to() {
    run(book);
    var ids = List.of(posting("100.00"), posting("-30.00"));

    Until.holds(() -> ids.stream().allMatch(LedgerIT::isResolved));

    var all = box.postgres().database().read(tx -> BookTable.balances(tx, null, null));
    var sum =
        all.stream()
            .filter(balance -> balance.currency().equals("EUR"))
            .map(BookTable.Balance::balance)
            .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add);
    assertThat(sum).isEqualByComparingTo("0");
    assertThat(all).extracting(BookTable.Balance::account).contains("1200", "6900");
    List<BookTable.Balance> early =
        box.postgres()
            .database()
            .read(tx -> BookTable.balances(tx, "6900", LocalDate.parse("2000-01-01")));
    assertThat(early).isEmpty();
  }

  private static void all(String... statements) {
    box.postgres()
        .database()
        .inTransaction(tx -> {
          for (var statement : statements) {
            tx.update(statement);
          }
          return true;
        });
  }

  private void run(Outlet ledger) {
    var runner = Runners.runner(box, executor, QUICK, Map.of(LedgerOrder.LEDGER, ledger));
    runner.start();
    running = runner;
  }

  private static CaseId reported(String amount) {
    var report =
        Reports.report("L-" + REF.incrementAndGet(), TestBox.START.minus(Duration.ofHours(1)))
            .of(amount)
            .build();
    assertThat(box.report(report)).isInstanceOf(Receipt.Done.class);
    return report.caseId();
  }

  /** A case whose write-off is approved. */
  private static CaseId posting(String amount) {
    var id = reported(amount);
    propose(id, WRITE_OFF);
    approve(id);
    return id;
  }

  private static void propose(CaseId id, Resolution resolution) {
    done(Request.of(id, new Ask.Propose(resolution, ANA), new Actor.Person("ana")));
  }

  private static void approve(CaseId id) {
    done(Request.say(id, new CaseCommand.Approve(SUE, null), new Actor.Person("sue")));
  }

  private static void done(Request request) {
    assertThat(box.desk().handle(request)).isInstanceOf(Receipt.Done.class);
  }

  private static boolean isResolved(CaseId id) {
    return box.state(id).status() == CaseStatus.RESOLVED;
  }

  private static List<BookTable.Booked> booked(CaseId id) {
    return box.postgres()
        .database()
        .read(tx -> BookTable.page(tx, new BookTable.Filter(null, id.value(), null, 0), 10));
  }

  private static List<String> lines(ExceptionCase state) {
    return requireNonNull(state.bookkeeping()).posting().lines().stream()
        .map(line -> "%s %s %s".formatted(line.side(), line.account(), line.money()))
        .toList();
  }
}
