package dev.signalbox.api.http;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The query of a request that the contract has let through. */
record Query(HttpServerRequest request) {

  @Nullable String textOrNull(String name) {
    return request.getParam(name);
  }

  String text(String name, String absent) {
    var value = textOrNull(name);
    return value == null ? absent : value;
  }

  int integer(String name, int absent) {
    var value = textOrNull(name);
    try {
      return value == null ? absent : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The parameter \"%s\" is a number, not \"%s\".".formatted(name, value), e);
    }
  }

  boolean truth(String name, boolean absent) {
    var value = textOrNull(name);
    return value == null ? absent : value.equals("true");
  }
}
