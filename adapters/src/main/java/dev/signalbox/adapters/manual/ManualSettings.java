package dev.signalbox.adapters.manual;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.adapters.settings.TargetFields;
import dev.signalbox.exceptions.TargetName;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How people outside are treated.
 *
 * @param answerWithin until when their answer is awaited; null for as long as of any target
 */
public record ManualSettings(@Nullable Duration answerWithin) {

  /**
   * Reads the settings of one target.
   *
   * @throws dev.signalbox.adapters.settings.BadSettings when they cannot be used
   */
  public static ManualSettings from(TargetName target, JsonNode node) {
    var fields = TargetFields.of(target, node, Set.of("kind", "answerWithin"), reference -> null);
    return fields.complete(
        new ManualSettings(
            fields.<@Nullable Duration>noting(null, () -> fields.durationOrNull("answerWithin"))));
  }
}
