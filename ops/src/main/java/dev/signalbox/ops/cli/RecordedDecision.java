package dev.signalbox.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.exceptions.Detection;
import dev.signalbox.exceptions.ExceptionReport;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.intake.ReportReader;
import dev.signalbox.intake.ReportReading;
import dev.signalbox.rules.Question;
import dev.signalbox.rules.RulesetArchive;
import dev.signalbox.rules.RulesetFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision that a running instance has recorded.
 *
 * @param seq the row of the journal with which it began
 * @param occasion why rules were asked
 * @param ruleset what decided
 * @param question all that it saw
 */
record RecordedDecision(
    UUID exception, long seq, String occasion, Instant at, Sha256 ruleset, Question question) {

  /**
   * Asks the instance for it.
   *
   * @param seq of the decisions up to this row, the last; null for the last of all
   * @throws IllegalStateException when there is none, or the instance refuses
   */
  static RecordedDecision of(Calls calls, UUID exception, @Nullable Long seq)
      throws IOException, InterruptedException {
    var path = "/v1/exceptions/%s/question".formatted(exception);
    var told = calls.get(seq == null ? path : path + "?until=" + seq);
    var detection =
        new Detection(
            instant(told, "firstDetectedAt"),
            instant(told, "lastDetectedAt"),
            told.path("recurrences").asInt());
    return new RecordedDecision(
        exception,
        told.path("seq").asLong(),
        told.path("occasion").asText(),
        instant(told, "at"),
        new Sha256(told.path("ruleset").asText()),
        new Question(report(told.path("report")), detection, instant(told, "asOf")));
  }

  private static ExceptionReport report(JsonNode told) {
    if (ReportReader.read(told.toString()) instanceof ReportReading.Reported(var report)) {
      return report;
    }
    throw new IllegalStateException(
        "The instance gives a report that this program does not read; use one of its version.");
  }

  private static Instant instant(JsonNode told, String field) {
    return Instant.parse(told.path(field).asText());
  }

  /** The ruleset that decided, from the archive of the instance. */
  RulesetFiles archived(Calls calls) throws IOException, InterruptedException {
    var archive = calls.bytes("/v1/rulesets/%s/archive".formatted(ruleset));
    var files = RulesetArchive.read(ruleset.hex(), archive);
    if (!files.digest().equals(ruleset)) {
      throw new IllegalStateException(
          "The instance gives another ruleset than %s; its archive was changed."
              .formatted(ruleset));
    }
    return files;
  }
}
