package dev.signalbox.deadlines;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.exceptions.CaseCommand;
import dev.signalbox.exceptions.CaseEvent;
import dev.signalbox.exceptions.CaseId;
import dev.signalbox.exceptions.Classification;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.testkit.Reports;
import dev.signalbox.testkit.Seeds;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.Until;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Small items that grow old: MEDIUM at 24 h, HIGH at 72 h, CRITICAL at 120 h. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeadlinesIT {
  private static final BigDecimal AMOUNT = new BigDecimal("100.00");

  /** When the items were born, an hour before they are reported. */
  private static final Instant BORN = TestBox.START.minus(Duration.ofHours(1));

  private static final Duration DAY = Duration.ofHours(24);

  private TestBox box;

  @BeforeEach
  void open() {
    box = TestBox.open();
    box.decideBy(TestBox.patient());
  }

  @AfterEach
  void close() {
    box.close();
  }

  @Test
  void severity_rises_and_the_due_time_moves_at_the_very_instant_of_a_threshold() {
    var id = reported("1");
    assertThat(classification(id))
        .isEqualTo(
            new Classification(
                Severity.LOW, TestBox.START.plus(hours(168)), at(24), false, AMOUNT));

    moveTo(at(24).minusNanos(1_000));
    box.letTimersHappen();
    assertThat(classification(id).severity()).isEqualTo(Severity.LOW);

    moveTo(at(24));
    box.letTimersHappen();
    assertThat(classification(id))
        .isEqualTo(new Classification(Severity.MEDIUM, at(24 + 120), at(72), false, AMOUNT));

    moveTo(at(120));
    box.letTimersHappen();
    assertThat(classification(id))
        .isEqualTo(new Classification(Severity.CRITICAL, at(120 + 24), null, false, AMOUNT));

    moveTo(at(144));
    box.letTimersHappen();
    assertThat(classification(id).breached()).isTrue();
    assertThat(box.events(id))
        .containsExactly(
            "Opened",
            "Classified",
            "Routed",
            "Reclassified",
            "Reclassified",
            "Routed",
            "Reclassified",
            "MarkedOverdue");
  }

  @Test
  void who_slept_through_several_thresholds_finds_the_same_as_who_was_awake() {
    Seeds.each(
        4,
        random -> {
          var reports = new ArrayList<Reports>();
          for (int i = 0; i < 8; i++) {
            reports.add(
                Reports.report("item-" + i, BORN.minus(Duration.ofHours(random.nextInt(70))))
                    .of(List.of("10.00", "1500.00", "20000.00").get(random.nextInt(3))));
          }
          try (var awake = TestBox.open();
              var asleep = TestBox.open()) {
            awake.decideBy(TestBox.patient());
            asleep.decideBy(TestBox.patient());
            for (var report : reports) {
              awake.report(report.build());
              asleep.report(report.build());
            }
            int hours = 20 + random.nextInt(250);
            for (int hour = 0; hour < hours; hour++) {
              awake.clock().advance(Duration.ofHours(1));
              awake.letTimersHappen();
            }
            asleep.clock().advance(Duration.ofHours(hours));
            asleep.letTimersHappen();

            for (var report : reports) {
              var id = report.build().caseId();
              assertThat(asleep.state(id).classification())
                  .isEqualTo(awake.state(id).classification());
              assertThat(asleep.state(id).route()).isEqualTo(awake.state(id).route());
              assertThat(asleep.events(id)).isEqualTo(awake.events(id));
            }
          }
        });
  }

  @Test
  void a_decision_that_comes_late_says_as_of_when_it_is_and_when_it_was_made() {
    var id = reported("1");
    moveTo(at(100));

    box.letTimersHappen();

    var raised =
        box.history(id).stream()
            .filter(entry -> entry.event() instanceof CaseEvent.Reclassified)
            .toList();
    assertThat(raised).extracting(entry -> entry.at()).containsOnly(at(100));
    assertThat(raised)
        .extracting(entry -> ((CaseEvent.Reclassified) entry.event()).advice().asOf())
        .containsExactly(at(24), at(72));
  }

  @Test
  void two_nodes_at_once_let_each_timer_happen_once() {
    var ids = IntStream.range(0, 60).mapToObj(i -> reported("item-" + i)).toList();
    var nodes = List.of(node(), node(), node());
    moveTo(at(200));

    CompletableFuture.allOf(
            nodes.stream()
                .map(node ->
                    CompletableFuture.runAsync(() -> {
                      while (node.catchUp()) {
                        // One batch after the other.
                      }
                    }))
                .toArray(CompletableFuture[]::new))
        .join();
    box.letTimersHappen();

    for (var id : ids) {
      assertThat(box.events(id)).filteredOn("Reclassified"::equals).hasSize(3);
      assertThat(box.events(id)).filteredOn("MarkedOverdue"::equals).hasSize(1);
    }
  }

  @Test
  void an_answer_that_is_overdue_is_marked_once() {
    var report = Reports.report("1", BORN).because(ReasonCode.MISSING_RECORD).build();
    box.report(report);
    var id = report.caseId();
    var dispatch = requireNonNull(box.state(id).pending()).id();
    box.say(id, new CaseCommand.RecordDelivery(dispatch, "X-1", TestBox.START.plus(hours(2))));

    moveTo(TestBox.START.plus(hours(2)));
    box.letTimersHappen();
    box.letTimersHappen();

    assertThat(requireNonNull(box.state(id).pending()).answerOverdue()).isTrue();
    assertThat(box.events(id)).filteredOn("MarkedOverdue"::equals).hasSize(1);
  }

  @Test
  void the_clock_moves_a_node_that_waits() {
    var id = reported("1");
    try (var executor = Executors.newVirtualThreadPerTaskExecutor();
        var node = node()) {
      executor.execute(node::run);
      moveTo(at(24));
      node.ring();
      Until.holds(() -> classification(id).severity() == Severity.MEDIUM);

      moveTo(at(72));
      Until.holds(() -> classification(id).severity() == Severity.HIGH);
    }
  }

  @Test
  void a_timer_that_is_later_than_the_next_wakes_nobody() {
    reported("1");
    var looks = new AtomicInteger();
    InstantSource counting =
        () -> {
          looks.incrementAndGet();
          return box.clock().instant();
        };
    try (var executor = Executors.newVirtualThreadPerTaskExecutor();
        var node = new Deadlines(box.postgres().database(), box.desk(), counting)) {
      executor.execute(node::run);

      Until.holds(() -> looks.get() > 0 && isUnmoved(looks, () -> node.ring(at(25))));
      Until.holds(() -> !isUnmoved(looks, () -> node.ring(at(23))));
    }
  }

  private static boolean isUnmoved(AtomicInteger count, Runnable by) {
    int before = count.get();
    by.run();
    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    return count.get() == before;
  }

  @Test
  void one_exception_that_cannot_be_read_stops_no_other_timer() {
    var broken = reported("broken");
    box.postgres()
        .asSuperuser()
        .inTransaction(
            tx -> tx.update("UPDATE exception_case SET body = '{' WHERE id = ?", broken.value()));
    box.clock().advance(Duration.ofMinutes(1));
    var ids = IntStream.range(0, 5).mapToObj(i -> reported("item-" + i)).toList();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor();
        var node = node()) {
      executor.execute(node::run);
      box.clock().advance(DAY);
      node.ring();

      Until.holds(() -> ids.stream().allMatch(id -> isAtLeastMedium(id)));
    }
  }

  private boolean isAtLeastMedium(CaseId id) {
    return classification(id).severity() != Severity.LOW;
  }

  private CaseId reported(String ref) {
    var report = Reports.report(ref, BORN).build();
    box.report(report);
    return report.caseId();
  }

  private Classification classification(CaseId id) {
    return requireNonNull(box.state(id).classification());
  }

  private Deadlines node() {
    return new Deadlines(box.postgres().database(), box.desk(), box.clock());
  }

  private void moveTo(Instant then) {
    box.clock().advance(Duration.between(box.clock().instant(), then));
  }

  /** So many hours after the items were born. */
  private static Instant at(int hours) {
    return BORN.plus(hours(hours));
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }
}
