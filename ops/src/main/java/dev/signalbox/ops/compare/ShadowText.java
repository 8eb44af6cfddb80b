package dev.signalbox.ops.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.backtest.Dimension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** What a candidate said beside, for a terminal: from the answer of an instance. */
public final class ShadowText {
  private static final int WAYS_MAX = 12;
  private static final int SHORT = 12;
  private static final long PERCENT = 10_000;

  private final JsonNode shadow;
  private final List<String> lines = new ArrayList<>();

  private ShadowText(JsonNode shadow) {
    this.shadow = shadow;
  }

  /** The lines. */
  public static List<String> of(JsonNode shadow) {
    var text = new ShadowText(shadow);
    text.head();
    text.figures();
    var kinds = new LinkedHashSet<String>();
    shadow.path("differences").forEach(difference -> kinds.add(difference.path("what").asText()));
    kinds.forEach(text::table);
    text.rules("FIRES", "Rules that fire with the candidate only");
    text.rules("SILENT", "Rules that fall silent with it");
    text.failures();
    return List.copyOf(text.lines);
  }

  private void head() {
    say(
        "%s beside %s since %s by %s: %s"
            .formatted(
                shortened("digest"),
                shortened("baseline"),
                seconds(shadow.path("begunAt")),
                shadow.path("actor").asText(),
                shadow.path("why").asText()));
    var ended = shadow.path("ended");
    say(
        ended.isMissingNode()
            ? "runs until %s; stop it with: signalbox rules shadow stop"
                .formatted(seconds(shadow.path("until")))
            : "ended at %s by %s (%s): %s"
                .formatted(
                    seconds(ended.path("at")),
                    ended.path("actor").asText(),
                    ended.path("end").asText(),
                    ended.path("why").asText()));
  }

  private String shortened(String field) {
    return shadow.path(field).asText().substring(0, SHORT);
  }

  private static Instant seconds(JsonNode instant) {
    return Instant.parse(instant.asText()).truncatedTo(ChronoUnit.SECONDS);
  }

  private void figures() {
    var decisions = shadow.path("decisions");
    long same = decisions.path("same").asLong();
    long differs = decisions.path("differs").asLong();
    long failed = decisions.path("failed").asLong();
    say(
        "%,d decisions: %,d the same, %,d differ (%s %%), %,d failed"
            .formatted(
                same + differs + failed, same, differs, percent(differs, same + differs), failed));
    say(
        "not asked: %,d for want of time, %,d outside the sample of %s; asking took %,d ms"
            .formatted(
                decisions.path("dropped").asLong(),
                decisions.path("unsampled").asLong(),
                shadow.path("sample").asText(),
                shadow.path("tookMillis").asLong()));
  }

  private static String percent(long part, long whole) {
    return whole == 0
        ? "0.00"
        : BigDecimal.valueOf(part * PERCENT)
            .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
            .movePointLeft(2)
            .toPlainString();
  }

  private void table(String kind) {
    lines.add("");
    lines.add(Dimension.valueOf(kind).title());
    var ways = new ArrayList<JsonNode>();
    for (var way : shadow.path("differences")) {
      if (way.path("what").asText().equals(kind)) {
        ways.add(way);
      }
    }
    for (var way : ways.subList(0, Math.min(WAYS_MAX, ways.size()))) {
      counted(way.path("from").asText() + " → " + way.path("to").asText(), way);
    }
    if (ways.size() > WAYS_MAX) {
      say("  … and %d more".formatted(ways.size() - WAYS_MAX));
    }
  }

  private void rules(String change, String title) {
    boolean isFirst = true;
    for (var rule : shadow.path("rules")) {
      if (rule.path("change").asText().equals(change)) {
        if (isFirst) {
          lines.add("");
          lines.add(title);
          isFirst = false;
        }
        counted(rule.path("rule").asText(), rule);
      }
    }
  }

  private void failures() {
    if (!shadow.path("failures").isEmpty()) {
      lines.add("");
      lines.add("Failures");
      shadow.path("failures").forEach(failure -> counted(failure.path("why").asText(), failure));
    }
  }

  private void counted(String what, JsonNode counted) {
    var example = counted.path("examples").path(0).asText();
    say("  %-40s %,10d  e.g. %s".formatted(what, counted.path("count").asLong(), example));
  }

  private void say(String line) {
    lines.add(line);
  }
}
