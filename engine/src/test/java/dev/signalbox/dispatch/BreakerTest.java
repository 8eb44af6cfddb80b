package dev.signalbox.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.dispatch.Breaker.Permit;
import dev.signalbox.dispatch.Breaker.State;
import dev.signalbox.testkit.Seeds;
import dev.signalbox.testkit.TestBox;
import dev.signalbox.testkit.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BreakerTest {
  private static final Duration PAUSE = Duration.ofSeconds(15);

  private final TestClock clock = new TestClock(TestBox.START);
  private final Breaker breaker = new Breaker(new Breaker.Policy(10, 4, 0.5, PAUSE));

  @Test
  void too_few_calls_say_nothing() {
    call(true);
    call(true);
    call(true);

    assertThat(state()).isEqualTo(State.CLOSED);
  }

  @Test
  void the_share_of_failures_opens_it() {
    call(false);
    call(false);
    call(true);
    assertThat(state()).isEqualTo(State.CLOSED);

    call(true);

    assertThat(state()).isEqualTo(State.OPEN);
    assertThat(permit(5).calls()).isZero();
  }

  @Test
  void only_the_last_calls_count() {
    for (int i = 0; i < 10; i++) {
      call(i >= 6);
    }
    assertThat(state()).isEqualTo(State.CLOSED);

    call(true);

    assertThat(state()).isEqualTo(State.OPEN);
  }

  @Test
  void after_the_pause_one_probe_decides() {
    open();
    clock.advance(PAUSE.minusMillis(1));
    assertThat(permit(5).calls()).isZero();
    clock.advance(Duration.ofMillis(1));

    var probe = permit(5);

    assertThat(probe).isEqualTo(new Permit(probe.era(), 1, true));
    assertThat(permit(5).calls()).isZero();
    breaker.end(probe, false, clock.instant());
    assertThat(state()).isEqualTo(State.CLOSED);
    assertThat(permit(5).calls()).isEqualTo(5);
  }

  @Test
  void a_probe_that_fails_begins_the_pause_anew() {
    open();
    clock.advance(PAUSE);
    var probe = permit(1);
    clock.advance(Duration.ofSeconds(3));

    breaker.end(probe, true, clock.instant());

    assertThat(state()).isEqualTo(State.OPEN);
    clock.advance(PAUSE.minusMillis(1));
    assertThat(state()).isEqualTo(State.OPEN);
    clock.advance(Duration.ofMillis(1));
    assertThat(state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void a_probe_for_which_there_was_no_work_may_be_made_later() {
    open();
    clock.advance(PAUSE);

    breaker.giveBack(permit(1));

    assertThat(permit(1).probe()).isTrue();
  }

  @Test
  void a_target_that_says_it_is_down_opens_it_at_once() {
    breaker.trip(permit(1), clock.instant());

    assertThat(state()).isEqualTo(State.OPEN);
  }

  @Test
  void a_late_success_of_an_old_call_does_not_stand_for_the_probe() {
    var old = permit(1);
    open();
    clock.advance(PAUSE);
    var probe = permit(1);

    breaker.end(old, false, clock.instant());

    assertThat(state()).isEqualTo(State.HALF_OPEN);
    assertThat(permit(1).calls()).isZero();
    breaker.end(probe, true, clock.instant());
    assertThat(state()).isEqualTo(State.OPEN);
  }

  @Test
  void a_late_failure_of_an_old_call_does_not_end_the_probe() {
    var old = permit(1);
    open();
    clock.advance(PAUSE);
    var probe = permit(1);

    breaker.end(old, true, clock.instant());
    breaker.trip(old, clock.instant());

    assertThat(state()).isEqualTo(State.HALF_OPEN);
    breaker.end(probe, false, clock.instant());
    assertThat(state()).isEqualTo(State.CLOSED);
  }

  @Test
  void late_failures_of_old_calls_do_not_open_it_again() {
    var old = permit(8);
    open();
    clock.advance(PAUSE);
    breaker.end(permit(1), false, clock.instant());

    for (int i = 0; i < 8; i++) {
      breaker.end(old, true, clock.instant());
    }
    breaker.trip(old, clock.instant());

    assertThat(state()).isEqualTo(State.CLOSED);
  }

  @Test
  void late_failures_do_not_lengthen_the_pause() {
    var old = permit(8);
    open();
    clock.advance(PAUSE.minusSeconds(1));
    breaker.end(old, true, clock.instant());
    breaker.trip(old, clock.instant());

    clock.advance(Duration.ofSeconds(1));

    assertThat(state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void a_probe_given_back_late_takes_nobodys_place() {
    open();
    clock.advance(PAUSE);
    var late = permit(1);
    breaker.end(late, true, clock.instant());
    clock.advance(PAUSE);
    var probe = permit(1);

    breaker.giveBack(late);

    assertThat(probe.probe()).isTrue();
    assertThat(permit(1).calls()).isZero();
  }

  /** Whatever comes in whatever order: never two probes at once, and never stuck. */
  @Test
  void any_order_of_ends_leaves_one_probe_and_a_way_back() {
    Seeds.each(
        200,
        random -> {
          var any = new Breaker(new Breaker.Policy(10, 4, 0.5, PAUSE));
          var time = new TestClock(TestBox.START);
          var running = new ArrayList<Permit>();
          for (int step = 0; step < 300; step++) {
            switch (random.nextInt(4)) {
              case 0 -> {
                var permit = any.permit(1 + random.nextInt(3), time.instant());
                for (int i = 0; i < permit.calls(); i++) {
                  running.add(permit);
                }
              }
              case 1 -> time.advance(Duration.ofSeconds(random.nextInt(10)));
              default -> {
                if (!running.isEmpty()) {
                  var permit = running.remove(random.nextInt(running.size()));
                  switch (random.nextInt(5)) {
                    case 0 -> any.trip(permit, time.instant());
                    default -> any.end(permit, random.nextBoolean(), time.instant());
                  }
                }
              }
            }
            long era = any.permit(0, time.instant()).era();
            assertThat(running.stream().filter(p -> p.probe() && p.era() == era).count())
                .isLessThanOrEqualTo(1);
          }
          running.forEach(permit -> any.end(permit, true, time.instant()));
          for (int i = 0; i < 10; i++) {
            time.advance(PAUSE);
            var permit = any.permit(1, time.instant());
            assertThat(permit.calls()).isEqualTo(1);
            any.end(permit, false, time.instant());
          }
          assertThat(any.state(time.instant())).isEqualTo(State.CLOSED);
        });
  }

  private void open() {
    for (int i = 0; i < 4; i++) {
      call(true);
    }
    assertThat(state()).isEqualTo(State.OPEN);
  }

  private void call(boolean failed) {
    breaker.end(permit(1), failed, clock.instant());
  }

  private Permit permit(int wanted) {
    return breaker.permit(wanted, clock.instant());
  }

  private State state() {
    return breaker.state(clock.instant());
  }
}
