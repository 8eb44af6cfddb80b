package dev.signalbox.rulesets;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signalbox.db.Database;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.recall.ArchivedRulebooks;
import dev.signalbox.recall.ArchivedRulebooks.Found;
import dev.signalbox.recall.Recorded;
import dev.signalbox.recall.Recorded.Lanes;
import dev.signalbox.recall.Stretch;
import dev.signalbox.rules.RuleCard;
import dev.signalbox.rules.Rulebook;
import dev.signalbox.rulesets.RulesetEvent.Draft;
import dev.signalbox.rulesets.RulesetEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, once a ruleset has been activated, at what came in during the last day: how often each of
 * its routing rules would have taken part. A rule that took part in nothing is mostly a mistake in
 * its conditions. It works apart from all requests, with a rulebook of its own, and within bounds;
 * what it finds is an event, and a line in the log.
 */
public final class FirstLook {
  /** The newest of the day; more would say the same. */
  static final int EXCEPTIONS_MAX = 20_000;

  private static final Logger LOG = LoggerFactory.getLogger(FirstLook.class);
  private static final Duration BACK = Duration.ofHours(24);
  private static final Duration TIME = Duration.ofSeconds(60);
  private static final int RULES_MAX = 1_000;
  private static final String ROUTE = "route/";

  private final Database database;
  private final Recorded recorded;
  private final InstantSource clock;
  private final Executor threads;

  /**
   * @param threads one that may block for each task
   */
  public FirstLook(Database database, Recorded recorded, InstantSource clock, Executor threads) {
    this.database = database;
    this.recorded = recorded;
    this.clock = clock;
    this.threads = threads;
  }

  /** Begins to look, for a ruleset that was just activated; does not block. */
  public void at(RulesetEvent activation) {
    threads.execute(() -> {
      try {
        look(activation);
      } catch (RuntimeException e) {
        LOG.warn("What activation {} changes could not be measured.", activation.number(), e);
      }
    });
  }

  private void look(RulesetEvent activation) {
    try (var archive = new ArchivedRulebooks(database)) {
      if (archive.find(activation.ruleset()) instanceof Found.Loaded(var rulebook)) {
        measured(activation, rulebook);
      }
    }
  }

  private void measured(RulesetEvent activation, Rulebook rulebook) {
    var at = activation.at();
    var since = recorded.newest(at.minus(BACK), at, EXCEPTIONS_MAX);
    var hits = new RuleHits(rulebook);
    boolean isWhole = true;
    if (since.isBefore(at)) {
      var until = clock.instant().plus(TIME);
      var seen = new ArrayList<RuleHits>();
      try {
        hits =
            recorded.sweep(
                new Stretch(since, at, null),
                Lanes.ONE,
                () -> new RuleHits(rulebook),
                so -> bounded(so, seen, until));
      } catch (TimeIsUp e) {
        hits = seen.getLast();
        isWhole = false;
      }
    }
    if (hits.decisions() > 0) {
      append(activation, rulebook, since, hits, isWhole);
    }
  }

  private void bounded(RuleHits so, List<RuleHits> seen, Instant until) {
    seen.add(so);
    if (clock.instant().isAfter(until)) {
      throw new TimeIsUp();
    }
  }

  private void append(
      RulesetEvent activation, Rulebook rulebook, Instant since, RuleHits hits, boolean isWhole) {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("activation", activation.number())
            .put("since", since.toString())
            .put("exceptions", hits.exceptions())
            .put("decisions", hits.decisions())
            .put("whole", isWhole);
    var rules = body.putArray("hits");
    var silent = body.putArray("silent");
    for (var rule : routing(rulebook)) {
      rules.addObject().put("rule", rule.id()).put("decisions", hits.of(rule.id()));
      if (hits.of(rule.id()) == 0) {
        silent.add(rule.id());
      }
    }
    if (silent.isEmpty()) {
      LOG.info("Every routing rule of {} would have taken part since {}.", rulebook.label(), since);
    } else {
      LOG.warn(
          "Of {} decisions since {}, {} routing rules of {} would have taken part in none: {}.",
          hits.decisions(),
          since,
          silent.size(),
          rulebook.label(),
          silent);
    }
    database.inTransaction(tx -> {
      RulesetEventTable.lock(tx);
      return RulesetEventTable.append(
          tx,
          new Draft(
              clock.instant(),
              Kind.MEASURED,
              activation.digest(),
              activation.source(),
              activation.version(),
              new Actor.Component("rulesets").text(),
              activation.admission(),
              null,
              body.toString()));
    });
  }

  private static List<RuleCard> routing(Rulebook rulebook) {
    return rulebook.rules().stream()
        .filter(rule -> rule.file().startsWith(ROUTE))
        .limit(RULES_MAX)
        .toList();
  }

  /** The look has taken its time; what it has seen so far counts. */
  private static final class TimeIsUp extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
