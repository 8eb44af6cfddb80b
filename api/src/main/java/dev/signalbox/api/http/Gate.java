package dev.signalbox.api.http;

import dev.signalbox.access.Caller;
import dev.signalbox.access.Role;
import dev.signalbox.api.problems.Problem;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets callers in who hold a key with the role that is needed; the request waits meanwhile. */
final class Gate {
  private static final String BEARER = "Bearer ";
  private static final int KEY_LENGTH_MAX = 200;

  private final Collaborators with;

  Gate(Collaborators with) {
    this.with = with;
  }

  /**
   * Goes on when the caller may.
   *
   * @param then runs on the event loop; the request is paused
   */
  void enter(Exchange exchange, Role needed, Consumer<Exchange> then) {
    exchange.request().pause();
    var key = key(exchange);
    if (key == null) {
      refuse(exchange, unknown());
      return;
    }
    var known = with.access().remembered(key);
    if (known != null) {
      admit(exchange, known, needed, then);
      return;
    }
    with.blocking()
        .execute(() ->
            exchange.step(() -> {
              var caller = with.access().find(key);
              exchange.onLoop(() -> {
                if (caller == null) {
                  refuse(exchange, unknown());
                } else {
                  admit(exchange, caller, needed, then);
                }
              });
            }));
  }

  private static void admit(
      Exchange exchange, Caller caller, Role needed, Consumer<Exchange> then) {
    if (!caller.role().covers(needed)) {
      refuse(
          exchange,
          Problem.of(
              403,
              "FORBIDDEN",
              "Not allowed with this key.",
              "The key \"%s\" has the role %s; this needs %s."
                  .formatted(caller.name(), caller.role(), needed)));
      return;
    }
    exchange.calledBy(caller);
    then.accept(exchange);
  }

  private static void refuse(Exchange exchange, Problem problem) {
    if (problem.status() == 401) {
      exchange.routing().response().putHeader("WWW-Authenticate", "Bearer realm=\"signalbox\"");
    }
    exchange.problem(problem);
  }

  private static @Nullable String key(Exchange exchange) {
    var header = exchange.request().getHeader("Authorization");
    return header == null
            || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())
            || header.length() > KEY_LENGTH_MAX
        ? null
        : header.substring(BEARER.length()).strip();
  }

  private static Problem unknown() {
    return Problem.of(
        401,
        "UNAUTHENTICATED",
        "Who are you?",
        "The call needs a valid key: \"Authorization: Bearer KEY\".");
  }
}
