package dev.signalbox.rules.calendars;

import dev.signalbox.rules.Finding;
import dev.signalbox.rules.calendars.WorkCalendar.MonthEnd;
import dev.signalbox.rules.calendars.WorkCalendar.Span;
import dev.signalbox.rules.yaml.YamlFields;
import dev.signalbox.rules.yaml.YamlLines;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the files of {@code calendars/}, and which of them {@code ruleset.yaml} names where. */
public final class CalendarReading {
  /** The folder of the calendars. */
  public static final String FOLDER = "calendars";

  /** How their names end. */
  public static final String ENDING = ".yaml";

  /** Where no calendar counts. */
  private static final String ALWAYS = "always";

  private static final int DATES_MAX = 5_000;
  private static final Pattern SPAN = Pattern.compile("(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)");

  private final Map<String, WorkCalendar> calendars = new TreeMap<>();
  private final List<Finding> findings;

  public CalendarReading(List<Finding> findings) {
    this.findings = findings;
  }

  /**
   * Reads the calendars.
   *
   * @param files the files of the folder by their paths
   */
  public CalendarReading read(Map<String, byte[]> files) {
    files.forEach((path, content) -> {
      var found = new ArrayList<Finding>();
      var calendar = calendar(YamlFields.of(path, content, found));
      var lines = YamlLines.of(content);
      found.forEach(finding -> findings.add(lines.placed(finding)));
      calendars.put(path.substring(FOLDER.length() + 1, path.length() - ENDING.length()), calendar);
    });
    return this;
  }

  /** The calendar that a field names; null where it names none, or says that there is none. */
  public @Nullable WorkCalendar named(YamlFields fields, String field) {
    var name = fields.textOrNull(field);
    if (name == null || name.equals(ALWAYS)) {
      return null;
    }
    var calendar = calendars.get(name);
    if (calendar == null && !name.isEmpty()) {
      fields.fault(
          field,
          calendars.isEmpty()
              ? "names a calendar, and there is none in calendars/"
              : "is one of %s, or %s".formatted(String.join(", ", calendars.keySet()), ALWAYS));
    }
    return calendar;
  }

  private static WorkCalendar calendar(YamlFields fields) {
    fields.only("zone", "hours", "days", "holidays", "dates", "monthEnd");
    var hours = spans(fields, "hours");
    var days = days(fields);
    if (hours.isEmpty()) {
      fields.fault("hours", "needs the hours of a working day such as [\"09:00-17:30\"]");
    }
    return new WorkCalendar(zone(fields), hours, days, dates(fields), close(fields));
  }

  private static ZoneId zone(YamlFields fields) {
    var name = fields.text("zone");
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      fields.fault("zone", "is a time zone such as Europe/Berlin or UTC");
      return ZoneOffset.UTC;
    }
    return ZoneId.of(name);
  }

  private static Set<DayOfWeek> days(YamlFields fields) {
    if (!fields.has("days")) {
      return EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    }
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (var word : fields.texts("days")) {
      var day =
          EnumSet.allOf(DayOfWeek.class).stream()
              .filter(one -> one.name().substring(0, 3).equals(word))
              .findFirst()
              .orElse(null);
      if (day == null) {
        fields.fault("days", "is a list of MON, TUE, WED, THU, FRI, SAT and SUN");
        return days;
      }
      days.add(day);
    }
    if (days.isEmpty()) {
      fields.fault("days", "names no day, so no time would ever pass");
    }
    return days;
  }

  private static Map<LocalDate, List<Span>> dates(YamlFields fields) {
    var dates = new HashMap<LocalDate, List<Span>>();
    var holidays = fields.texts("holidays");
    var own = fields.object("dates");
    if (holidays.size() + own.names().size() > DATES_MAX) {
      fields.fault("holidays", "and \"dates\" name more than %d days".formatted(DATES_MAX));
      return dates;
    }
    for (var text : holidays) {
      var date = date(fields, "holidays", text);
      if (date != null) {
        dates.put(date, List.of());
      }
    }
    for (var text : own.names()) {
      var date = date(own, text, text);
      if (date != null && dates.put(date, spans(own, text)) != null) {
        own.fault(text, "is a holiday, too");
      }
    }
    return dates;
  }

  private static @Nullable LocalDate date(YamlFields fields, String field, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      fields.fault(field, "has a day \"%s\"; a day is such as 2026-12-25".formatted(text));
      return null;
    }
  }

  private static MonthEnd close(YamlFields fields) {
    if (!fields.has("monthEnd")) {
      return MonthEnd.NONE;
    }
    var close = fields.object("monthEnd").only("last", "first", "hours");
    int last = close.count("last");
    int first = close.count("first");
    if (last + first == 0 || last > 15 || first > 15) {
      close.fault("last", "and \"first\" are how many working days a close takes, at most 15 each");
    }
    if (!close.has("hours")) {
      close.fault("hours", "are those of a day of the close; [] where the clock stands still");
    }
    return new MonthEnd(last, first, spans(close, "hours"));
  }

  private static List<Span> spans(YamlFields fields, String name) {
    var spans = new ArrayList<Span>();
    int end = 0;
    for (var text : fields.texts(name)) {
      var found = SPAN.matcher(text);
      int from = found.matches() ? minutes(found.group(1), found.group(2)) : -1;
      int to = found.matches() ? minutes(found.group(3), found.group(4)) : -1;
      if (from < end || to <= from || to > 24 * 60) {
        fields.fault(name, "has \"%s\"; hours are such as 09:00-17:30, and ascend".formatted(text));
        return spans;
      }
      spans.add(new Span(from, to));
      end = to;
    }
    return spans;
  }

  /** Minutes from midnight; less than none where a clock never shows it. */
  private static int minutes(String hours, String minutes) {
    int minute = Integer.parseInt(minutes);
    return minute > 59 ? -1 : Integer.parseInt(hours) * 60 + minute;
  }
}
