package dev.signalbox.rules.calendars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.rules.calendars.WorkCalendar.MonthEnd;
import dev.signalbox.rules.calendars.WorkCalendar.Span;
import dev.signalbox.testkit.Seeds;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When so many working hours have passed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkCalendarTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Set<DayOfWeek> WEEK = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
  private static final List<Span> NINE_TO_FIVE = List.of(new Span(9 * 60, 17 * 60));

  private static final WorkCalendar OFFICE =
      new WorkCalendar(
          BERLIN,
          NINE_TO_FIVE,
          WEEK,
          Map.of(
              LocalDate.parse("2026-12-25"), List.of(),
              LocalDate.parse("2026-12-24"), List.of(new Span(9 * 60, 12 * 60))),
          MonthEnd.NONE);

  @ParameterizedTest
  @CsvSource({
    // Within a day, over an evening, over a weekend; 2026-03-06 is a Friday.
    "2026-03-04T10:00, 4, 2026-03-04T14:00",
    "2026-03-04T10:00, 7, 2026-03-04T17:00",
    "2026-03-04T16:00, 2, 2026-03-05T10:00",
    "2026-03-06T16:00, 2, 2026-03-09T10:00",
    "2026-03-07T12:00, 1, 2026-03-09T10:00",
    "2026-03-04T22:00, 8, 2026-03-05T17:00",
    "2026-03-04T09:00, 80, 2026-03-17T17:00",
    // Half of Christmas Eve, nothing of the 25th (a Friday), then Monday.
    "2026-12-24T10:00, 4, 2026-12-28T11:00",
  })
  void only_working_hours_count(String from, int hours, String to) {
    assertThat(OFFICE.after(berlin(from), Duration.ofHours(hours))).isEqualTo(berlin(to));
  }

  @Test
  void what_takes_no_time_is_over_at_once_even_at_night() {
    var night = berlin("2026-03-07T03:00");

    assertThat(OFFICE.after(night, Duration.ZERO)).isEqualTo(night);
  }

  @Test
  void a_clock_change_at_night_moves_no_working_hour() {
    // Clocks go forward on 2026-03-29 and back on 2026-10-25, both Sundays.
    assertThat(OFFICE.after(berlin("2026-03-27T16:00"), Duration.ofHours(2)))
        .isEqualTo(berlin("2026-03-30T10:00"));
    assertThat(OFFICE.after(berlin("2026-10-23T16:00"), Duration.ofHours(2)))
        .isEqualTo(berlin("2026-10-26T10:00"));
  }

  @Test
  void who_works_through_a_clock_change_works_an_hour_less_or_more() {
    var nights =
        new WorkCalendar(
            BERLIN,
            List.of(new Span(60, 5 * 60)),
            EnumSet.allOf(DayOfWeek.class),
            Map.of(),
            MonthEnd.NONE);

    // 01:00 to 05:00 is three hours in spring and five in autumn.
    assertThat(nights.after(berlin("2026-03-29T00:00"), Duration.ofHours(4)))
        .isEqualTo(berlin("2026-03-30T02:00"));
    assertThat(nights.after(berlin("2026-10-25T00:00"), Duration.ofHours(5)))
        .isEqualTo(berlin("2026-10-25T05:00"));
    assertThat(nights.after(berlin("2026-10-25T00:00"), Duration.ofHours(4)))
        .isEqualTo(berlin("2026-10-25T04:00"));
  }

  @Test
  void what_a_clock_leaves_out_takes_no_time() {
    var odd =
        new WorkCalendar(
            BERLIN,
            List.of(new Span(150, 180), new Span(180, 210)),
            EnumSet.allOf(DayOfWeek.class),
            Map.of(),
            MonthEnd.NONE);

    assertThat(odd.after(berlin("2026-03-29T00:00"), Duration.ofMinutes(30)))
        .isEqualTo(berlin("2026-03-29T03:30"));
    assertThat(odd.after(berlin("2026-03-28T02:30"), Duration.ofMinutes(60)))
        .isEqualTo(berlin("2026-03-28T03:30"));
  }

  @Test
  void a_day_may_end_at_midnight() {
    var late =
        new WorkCalendar(
            BERLIN, List.of(new Span(22 * 60, 24 * 60)), WEEK, Map.of(), MonthEnd.NONE);

    assertThat(late.after(berlin("2026-03-04T23:00"), Duration.ofHours(2)))
        .isEqualTo(berlin("2026-03-05T23:00"));
  }

  @Test
  void the_clock_runs_longer_on_the_days_of_a_months_close() {
    var close =
        new WorkCalendar(
            BERLIN,
            NINE_TO_FIVE,
            WEEK,
            Map.of(),
            new MonthEnd(2, 1, List.of(new Span(7 * 60, 22 * 60))));

    // The last two working days of April 2026 are Wednesday and Thursday, the first of May a
    // Friday.
    assertThat(close.hours(LocalDate.parse("2026-04-28"))).isEqualTo(NINE_TO_FIVE);
    for (var day : List.of("2026-04-29", "2026-04-30", "2026-05-01")) {
      assertThat(close.hours(LocalDate.parse(day))).containsExactly(new Span(7 * 60, 22 * 60));
    }
    assertThat(close.hours(LocalDate.parse("2026-05-02"))).isEmpty();
    assertThat(close.hours(LocalDate.parse("2026-05-04"))).isEqualTo(NINE_TO_FIVE);
    assertThat(close.after(berlin("2026-04-28T16:00"), Duration.ofHours(17)))
        .isEqualTo(berlin("2026-04-30T08:00"));
  }

  @Test
  void the_clock_stands_still_during_a_close_that_takes_everybody() {
    var close =
        new WorkCalendar(BERLIN, NINE_TO_FIVE, WEEK, Map.of(), new MonthEnd(1, 2, List.of()));

    // Neither Thursday the 30th counts, nor Friday the 1st and Monday the 4th.
    assertThat(close.after(berlin("2026-04-29T16:00"), Duration.ofHours(2)))
        .isEqualTo(berlin("2026-05-05T10:00"));
  }

  /** Against a walk minute by minute, through both clock changes and the end of a month. */
  @Test
  void it_is_the_same_as_counting_minutes() {
    Seeds.each(
        60,
        random -> {
          var calendar = calendar(random);
          var start =
              berlin(random.nextBoolean() ? "2026-03-26T00:00" : "2026-10-22T00:00")
                  .plusSeconds(60L * random.nextInt(5_000));
          var length = Duration.ofMinutes(1 + random.nextInt(4_000));

          assertThat(calendar.after(start, length)).isEqualTo(counted(calendar, start, length));
        });
  }

  private static Instant counted(WorkCalendar calendar, Instant start, Duration length) {
    var at = start;
    for (long left = length.toMinutes(); left > 0; at = at.plusSeconds(60)) {
      var local = at.atZone(BERLIN);
      int minute = local.getHour() * 60 + local.getMinute();
      if (calendar.hours(local.toLocalDate()).stream()
          .anyMatch(span -> span.from() <= minute && minute < span.to())) {
        left--;
      }
    }
    return at;
  }

  /**
   * Hours that begin and end on what a clock shows once: within the hour of a change all differ.
   */
  private static WorkCalendar calendar(Random random) {
    int from = random.nextBoolean() ? 60 * random.nextInt(2) : 60 * (4 + random.nextInt(8));
    var hours = List.of(new Span(from, 60 * (12 + random.nextInt(4))), new Span(17 * 60, 24 * 60));
    return new WorkCalendar(
        BERLIN,
        hours,
        random.nextBoolean() ? EnumSet.allOf(DayOfWeek.class) : WEEK,
        Map.of(LocalDate.parse("2026-03-27"), List.of()),
        random.nextBoolean() ? MonthEnd.NONE : new MonthEnd(2, 1, List.of(new Span(0, 24 * 60))));
  }

  private static Instant berlin(String local) {
    return ZonedDateTime.of(LocalDateTime.parse(local), BERLIN).toInstant();
  }
}
