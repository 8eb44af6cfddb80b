package dev.signalbox.api.http;

import dev.signalbox.access.Access;
import dev.signalbox.access.Caller;
import dev.signalbox.access.Permission;
import dev.signalbox.access.Role;
import dev.signalbox.api.problems.Problem;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets callers in who may do what they ask for; the request waits meanwhile. */
final class Gate {
  private static final String BEARER = "Bearer ";
  private static final int CREDENTIAL_MAX = 8_000;

  private final Collaborators with;

  Gate(Collaborators with) {
    this.with = with;
  }

  /**
   * Goes on when the caller may.
   *
   * @param then runs on the event loop; the request is paused
   */
  void enter(Exchange exchange, Permission needed, Consumer<Exchange> then) {
    exchange.request().pause();
    var key = key(exchange);
    if (key == null) {
      refuse(exchange, unknown("The call needs a valid key: \"Authorization: Bearer KEY\"."));
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
              var answer = with.access().find(key);
              exchange.onLoop(() -> answered(exchange, answer, needed, then));
            }));
  }

  private static void answered(
      Exchange exchange, Access.Answer answer, Permission needed, Consumer<Exchange> then) {
    switch (answer) {
      case Access.Answer.Known(var caller) -> admit(exchange, caller, needed, then);
      case Access.Answer.Unknown(var why) -> refuse(exchange, unknown(why));
      case Access.Answer.Away away ->
          refuse(
              exchange,
              Problem.unavailable(
                  "The identity provider is away, so the token cannot be checked. It is safe to repeat."));
    }
  }

  private static void admit(
      Exchange exchange, Caller caller, Permission needed, Consumer<Exchange> then) {
    if (!caller.may(needed)) {
      refuse(
          exchange,
          Problem.of(
              403,
              "FORBIDDEN",
              "Not allowed with this role.",
              "\"%s\" is %s here; this needs one of %s."
                  .formatted(caller.name(), words(caller.roles()), words(needed.roles()))));
      return;
    }
    if (needed.isOfTheWhole() && !caller.sight().isAll()) {
      refuse(
          exchange,
          Problem.of(
              403,
              "FORBIDDEN",
              "Not allowed within limits.",
              "\"%s\" is limited to some contexts or queues; this is about all of them."
                  .formatted(caller.name())));
      return;
    }
    exchange.calledBy(caller);
    then.accept(exchange);
  }

  private static String words(Collection<Role> roles) {
    return roles.isEmpty()
        ? "nothing"
        : roles.stream().sorted().map(Role::word).collect(Collectors.joining(", "));
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
            || header.length() > CREDENTIAL_MAX
        ? null
        : header.substring(BEARER.length()).strip();
  }

  private static Problem unknown(String why) {
    return Problem.of(401, "UNAUTHENTICATED", "Who are you?", why);
  }
}
