package dev.signalbox.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalbox.adapters.http.OutsideJson;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Settings for tests, written as JSON with single quotes. */
@NullMarked
public final class TestSettings {

  private TestSettings() {}

  public static JsonNode json(String text) {
    return Objects.requireNonNull(OutsideJson.object(text.replace('\'', '"')), text);
  }

  public static Function<String, @Nullable String> secrets(Map<String, String> known) {
    return known::get;
  }
}
