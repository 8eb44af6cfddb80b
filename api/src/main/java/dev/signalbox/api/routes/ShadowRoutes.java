package dev.signalbox.api.routes;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.api.http.Collaborators;
import dev.signalbox.api.http.Exchange;
import dev.signalbox.api.http.OnlyOnce;
import dev.signalbox.api.problems.Problem;
import dev.signalbox.api.problems.Problem.Fault;
import dev.signalbox.api.views.ShadowView;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rulesets.Activations.Outcome.Refused;
import dev.signalbox.rulesets.ShadowPlan.Bounds;
import dev.signalbox.rulesets.Shadows;
import dev.signalbox.rulesets.Shadows.Shadow;
import dev.signalbox.rulesets.Shadows.Wish;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Candidates that are asked beside the ruleset that decides. On virtual threads. */
final class ShadowRoutes {
  private static final double SHARE = 0.1;

  private final Collaborators with;
  private final Shadows shadows;
  private final OnlyOnce once;

  ShadowRoutes(Collaborators with) {
    this.with = with;
    shadows = with.rulesets().shadows();
    once = new OnlyOnce(with);
  }

  /** The last shadow of a ruleset, and what it has shown. */
  void get(Exchange exchange, JsonNode body) {
    var digest = RulesetRoutes.digest(exchange);
    var shadow = digest == null ? null : shadows.last(digest);
    if (shadow == null) {
      exchange.problem(
          Problem.of(
              404,
              "NOT_FOUND",
              "Not found.",
              "The ruleset %s was never asked beside another."
                  .formatted(exchange.pathText("digest"))));
    } else {
      exchange.json(200, shown(shadow));
    }
  }

  void begin(Exchange exchange, JsonNode body) {
    answer(
        exchange,
        body,
        digest -> {
          var until = until(exchange, body, with.clock().instant());
          return until == null ? null : shadows.begin(wish(exchange, body, digest, until));
        });
  }

  private static Wish wish(Exchange exchange, JsonNode body, Sha256 digest, Instant until) {
    return new Wish(
        digest,
        body.path("why").asText(),
        new Bounds(until, body.path("sample").asDouble(1), body.path("share").asDouble(SHARE)),
        exchange.caller().actor());
  }

  void stop(Exchange exchange, JsonNode body) {
    var why = body.path("why").asText();
    answer(exchange, body, digest -> shadows.stop(digest, why, exchange.caller().actor()));
  }

  /**
   * @param work null where it has answered that nothing can be done
   */
  private void answer(
      Exchange exchange, JsonNode body, Function<Sha256, Shadows.@Nullable Outcome> work) {
    once.run(
        exchange,
        RulesetRoutes.bytes(body),
        () -> {
          var digest = RulesetRoutes.digest(exchange);
          if (digest == null) {
            RulesetRoutes.notFound(exchange);
            return null;
          }
          var outcome = work.apply(digest);
          if (outcome == null) {
            return null;
          }
          if (outcome.refused() != null) {
            exchange.problem(problem(outcome.refused()));
            return null;
          }
          with.shadow().ring();
          return new OnlyOnce.Outcome(shown(requireNonNull(shadows.last(digest))), true);
        });
  }

  private static Problem problem(Refused refused) {
    return refused.code().equals("SHADOW_RUNS")
        ? Problem.of(409, refused.code(), "In conflict with what is known.", refused.why())
        : Problem.of(422, refused.code(), "Not possible where the rulesets stand.", refused.why());
  }

  private ObjectNode shown(Shadow shadow) {
    return ShadowView.of(shadow, with.shadow().findings(shadow.plan().number()));
  }

  /** When it is to end; null when that was answered to be impossible. */
  private static @Nullable Instant until(Exchange exchange, JsonNode body, Instant now) {
    var name = body.has("until") ? "until" : "for";
    if (body.has("until") && body.has("for")) {
      exchange.problem(wrong("for", "There is \"until\" already; give one of the two."));
      return null;
    }
    var text = body.path(name).asText();
    try {
      var until =
          body.has("until")
              ? Instant.parse(text)
              : now.plus(body.has("for") ? Duration.parse(text) : Shadows.USUAL);
      if (until.isAfter(now) && !until.isAfter(now.plus(Shadows.LONGEST))) {
        return until;
      }
      exchange.problem(
          wrong(
              name,
              "A shadow ends after now, %s, and within %d days; \"%s\" does not."
                  .formatted(now, Shadows.LONGEST.toDays(), text)));
    } catch (DateTimeException | ArithmeticException e) {
      exchange.problem(
          wrong(
              name,
              body.has("until")
                  ? "\"%s\" is no instant like \"2026-03-31T18:00:00Z\".".formatted(text)
                  : "\"%s\" is no duration like \"PT24H\".".formatted(text)));
    }
    return null;
  }

  private static Problem wrong(String field, String what) {
    return Problem.invalid(what, List.of(new Fault("/" + field, "INVALID", what)));
  }
}
