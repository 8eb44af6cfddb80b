package dev.signalbox.rulesets;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalbox.backtest.BacktestJson;
import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rulesets.Activations.Outcome.Refused;
import dev.signalbox.rulesets.RulesetEvent.Draft;
import dev.signalbox.rulesets.RulesetEvent.Kind;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Results of backtests that people publish, so that an activation can rest on one: each is an event
 * in the chain, whose number is its id. What was admitted already stands for check and scenarios.
 */
public final class Evidence {
  private static final int RULES_MAX = 200;

  private final Database database;
  private final InstantSource clock;

  public Evidence(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What came of publishing: an event, or why there is none. */
  public record Published(@Nullable RulesetEvent event, @Nullable Refused refused) {}

  /**
   * Keeps a result.
   *
   * @param digest of the candidate, which was admitted here
   * @param result as {@code signalbox rules backtest --format json} writes it, limits and digest
   *     included
   */
  public Published publish(Sha256 digest, ObjectNode result, Actor actor) {
    var written = result.deepCopy().without(List.of("digest", "brokenLimits"));
    if (!digest.hex().equals(result.path("candidate").path("digest").asText())
        || !BacktestJson.digest((ObjectNode) written)
            .hex()
            .equals(result.path("digest").asText())) {
      return refused(
          "NOT_ITS_RESULT",
          "This is no result of a backtest of the ruleset %s, or it was changed since."
              .formatted(digest));
    }
    return database.inTransaction(tx -> appended(tx, digest, result, actor));
  }

  private Published appended(Tx tx, Sha256 digest, ObjectNode result, Actor actor) {
    RulesetEventTable.lock(tx);
    var judged = RulesetEventTable.judgement(tx, digest);
    if (judged == null || judged.kind() != Kind.ADMITTED) {
      return refused("NOT_ADMITTED", "The ruleset %s is not admitted here.".formatted(digest));
    }
    return new Published(
        RulesetEventTable.append(
            tx,
            new Draft(
                clock.instant(),
                Kind.BACKTESTED,
                digest,
                judged.source(),
                judged.version(),
                actor.text(),
                judged.number(),
                null,
                body(result))),
        null);
  }

  private static Published refused(String code, String why) {
    return new Published(null, new Refused(code, why));
  }

  private static String body(ObjectNode result) {
    var body = JsonNodeFactory.instance.objectNode();
    for (var field :
        List.of(
            "input",
            "baseline",
            "exceptions",
            "decisions",
            "changed",
            "changedPercent",
            "severityRaised",
            "severityLowered",
            "unrouted",
            "conflicts",
            "money",
            "brokenLimits",
            "tables")) {
      body.set(field, result.path(field).deepCopy());
    }
    body.put("passed", result.path("brokenLimits").isEmpty())
        .put("result", result.path("digest").asText());
    var rules = body.putArray("changedRules");
    for (var rule : result.path("rules")) {
      if (!rule.path("status").asText().equals("FIRES") && rules.size() < RULES_MAX) {
        rules.add(rule.path("status").asText() + " " + rule.path("id").asText());
      }
    }
    return body.toString();
  }

  /**
   * Why an activation cannot rest on a backtest; null when it can.
   *
   * @param number the event that was named; null where none was
   * @param baseline the ruleset that decides now; null when none does
   */
  static @Nullable Refused fault(
      Tx tx, @Nullable Long number, Sha256 digest, @Nullable Sha256 baseline, boolean isNeeded) {
    if (number == null) {
      return isNeeded
          ? new Refused(
              "NEEDS_BACKTEST",
              "An activation needs the number of a backtest that passed. Maybe: signalbox rules"
                  + " backtest DIR --publish")
          : null;
    }
    var event = RulesetEventTable.find(tx, number);
    if (event == null || event.kind() != Kind.BACKTESTED || !digest.equals(event.digest())) {
      return new Refused(
          "NO_BACKTEST",
          "The event %d is no backtest of the ruleset %s.".formatted(number, digest));
    }
    var body = EventBody.read(event);
    if (!body.path("passed").asBoolean()) {
      return new Refused(
          "BACKTEST_FAILED",
          "The backtest %d did not pass: %s"
              .formatted(number, body.path("brokenLimits").path(0).asText()));
    }
    var compared = body.path("baseline").path("digest").asText();
    return baseline == null || baseline.hex().equals(compared)
        ? null
        : new Refused(
            "BACKTEST_OUTDATED",
            "The backtest %d compares with the ruleset %s, and %s decides by now. Maybe run it again."
                .formatted(number, compared, baseline));
  }
}
