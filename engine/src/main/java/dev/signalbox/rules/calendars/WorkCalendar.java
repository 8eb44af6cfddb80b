package dev.signalbox.rules.calendars;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which hours count: those of the working days of a week in a time zone, but for holidays, for days
 * with hours of their own, and for the days of a month's close.
 *
 * <p>What counts is time that passes, not what a clock on the wall shows: where a clock change
 * falls within working hours, that day is longer or shorter by it. What a clock leaves out takes no
 * time, and what it shows twice takes twice as long.
 *
 * @param hours of a usual working day, ascending
 * @param days the working days of a week
 * @param dates days with hours of their own; those of a holiday are none
 * @param close how a month's close is worked
 */
public record WorkCalendar(
    ZoneId zone,
    List<Span> hours,
    Set<DayOfWeek> days,
    Map<LocalDate, List<Span>> dates,
    MonthEnd close) {
  /** A century; a duration that takes longer is one around the clock. */
  private static final int DAYS_MAX = 36_525;

  private static final int DAY = 24 * 60;

  /**
   * Hours of a day.
   *
   * @param from minutes from midnight
   * @param to minutes from midnight, up to 1,440
   */
  public record Span(int from, int to) {}

  /**
   * The days of a month's close: its last working days, and the first ones of the next.
   *
   * @param hours of such a day; none where the clock stands still on it
   */
  public record MonthEnd(int last, int first, List<Span> hours) {
    /** A close that is worked as any other day. */
    public static final MonthEnd NONE = new MonthEnd(0, 0, List.of());

    public MonthEnd {
      hours = List.copyOf(hours);
    }
  }

  public WorkCalendar {
    hours = List.copyOf(hours);
    days = days.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(days));
    dates = Map.copyOf(dates);
  }

  /** When so much working time has passed since an instant. */
  public Instant after(Instant start, Duration length) {
    var left = length;
    var cursor = start;
    var date = LocalDate.ofInstant(start, zone);
    for (int i = 0; i < DAYS_MAX && left.isPositive(); i++, date = date.plusDays(1)) {
      for (var span : hours(date)) {
        var from = later(cursor, instant(date, span.from()));
        var to = instant(date, span.to());
        if (!from.isBefore(to)) {
          continue;
        }
        var there = Duration.between(from, to);
        if (left.compareTo(there) <= 0) {
          return from.plus(left);
        }
        left = left.minus(there);
        cursor = to;
      }
    }
    return left.isPositive() ? start.plus(length) : start;
  }

  /** The hours of a day; none when it is free. */
  public List<Span> hours(LocalDate date) {
    var own = dates.get(date);
    if (own != null) {
      return own;
    }
    if (!days.contains(date.getDayOfWeek())) {
      return List.of();
    }
    return isInClose(date) ? close.hours() : hours;
  }

  private boolean isInClose(LocalDate date) {
    return (close.last() > 0
            && workingDays(date, date.withDayOfMonth(date.lengthOfMonth())) <= close.last())
        || (close.first() > 0 && workingDays(date.withDayOfMonth(1), date) <= close.first());
  }

  private int workingDays(LocalDate from, LocalDate to) {
    int count = 0;
    for (var date = from; !date.isAfter(to); date = date.plusDays(1)) {
      var own = dates.get(date);
      if (own == null ? days.contains(date.getDayOfWeek()) : !own.isEmpty()) {
        count++;
      }
    }
    return count;
  }

  private Instant instant(LocalDate date, int minute) {
    if (minute == DAY) {
      return date.plusDays(1).atStartOfDay(zone).toInstant();
    }
    var shown = LocalDateTime.of(date, LocalTime.ofSecondOfDay(minute * 60L));
    var change = zone.getRules().getTransition(shown);
    return change != null && change.isGap() ? change.getInstant() : shown.atZone(zone).toInstant();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
