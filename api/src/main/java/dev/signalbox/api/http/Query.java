package dev.signalbox.api.http;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The query of a request that the contract has let through. */
public record Query(HttpServerRequest request) {

  public @Nullable String textOrNull(String name) {
    return request.getParam(name);
  }

  public String text(String name, String absent) {
    var value = textOrNull(name);
    return value == null ? absent : value;
  }

  public int integer(String name, int absent) {
    long value = whole(name, absent);
    return Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** A number that the contract has let through, however large. */
  public long whole(String name, long absent) {
    var value = textOrNull(name);
    try {
      return value == null ? absent : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The parameter \"%s\" is a number, not \"%s\".".formatted(name, value), e);
    }
  }

  /** What is known under two names; one of them is given. */
  public @Nullable String eitherOrNull(String name, String other) {
    var value = textOrNull(name);
    var otherValue = textOrNull(other);
    if (value != null && otherValue != null) {
      throw new IllegalArgumentException(
          "The parameters \"%s\" and \"%s\" are one; give one of them.".formatted(name, other));
    }
    return value != null ? value : otherValue;
  }

  public boolean truth(String name, boolean absent) {
    var value = textOrNull(name);
    return value == null ? absent : value.equals("true");
  }
}
