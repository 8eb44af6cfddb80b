package dev.signalbox.rulesets;

import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rulesets.Activations.Outcome.Refused;
import dev.signalbox.rulesets.RulesetEvent.Draft;
import dev.signalbox.rulesets.RulesetEvent.Kind;
import dev.signalbox.rulesets.ShadowPlan.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Decides which candidate is asked beside the ruleset that decides: one at a time, admitted here,
 * and until a time. Beginning and end are events in the chain; nodes follow them. Whatever comes
 * into force ends it, since it compares with one ruleset. Blocks; safe for many callers and nodes.
 */
public final class Shadows {
  /** How long, where nobody says. */
  public static final Duration USUAL = Duration.ofHours(24);

  /** A closing of books lies within it. */
  public static final Duration LONGEST = Duration.ofDays(31);

  /** Of one processor; the others decide. */
  public static final double SHARE_MAX = 0.5;

  private static final String ITSELF = new Actor.Component("rulesets").text();

  private final Database database;
  private final InstantSource clock;

  public Shadows(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Why one ended. */
  public enum End {
    /** A person said so. */
    STOPPED,
    /** Its time was up. */
    TIME,
    /** Something was activated. */
    ACTIVATION,
    /** The candidate failed too often, or does not load. */
    FAILED
  }

  /** Who wants a candidate asked, why, and what it may take. */
  public record Wish(Sha256 digest, String why, Bounds bounds, Actor actor) {}

  /** What came of a wish: an event, or why there is none. */
  public record Outcome(@Nullable RulesetEvent event, @Nullable Refused refused) {
    private static Outcome refused(String code, String why) {
      return new Outcome(null, new Refused(code, why));
    }
  }

  /**
   * A shadow.
   *
   * @param ended null while it runs
   */
  public record Shadow(ShadowPlan plan, @Nullable RulesetEvent ended) {
    public boolean runs() {
      return ended == null;
    }
  }

  /** The last shadow, of a ruleset or of any; null when there never was one. */
  public @Nullable Shadow last(@Nullable Sha256 digest) {
    return database.<@Nullable Shadow>read(tx -> last(tx, digest));
  }

  /** The last shadow of all; null when there never was one. */
  public static @Nullable Shadow newest(Tx tx) {
    return last(tx, null);
  }

  private static @Nullable Shadow last(Tx tx, @Nullable Sha256 digest) {
    var begun = RulesetEventTable.shadow(tx, digest);
    return begun == null
        ? null
        : new Shadow(ShadowPlan.of(begun), RulesetEventTable.shadowEnd(tx, begun.number()));
  }

  private static @Nullable ShadowPlan running(Tx tx) {
    var last = newest(tx);
    return last == null || !last.runs() ? null : last.plan();
  }

  /** Begins. */
  public Outcome begin(Wish wish) {
    return database.inTransaction(tx -> begun(tx, wish));
  }

  private Outcome begun(Tx tx, Wish wish) {
    RulesetEventTable.lock(tx);
    var digest = wish.digest();
    var judged = RulesetEventTable.judgement(tx, digest);
    var active = RulesetEventTable.active(tx);
    if (judged == null || judged.kind() != Kind.ADMITTED || active == null) {
      return Outcome.refused(
          "NOT_ADMITTED",
          "The ruleset %s is not admitted here. GET /v1/rulesets/%s shows why."
              .formatted(digest, digest));
    }
    if (active.ruleset().equals(digest)) {
      return Outcome.refused(
          "ACTIVE_ALREADY", "The ruleset %s decides; it has no shadow.".formatted(digest));
    }
    var running = running(tx);
    if (running != null) {
      return Outcome.refused(
          "SHADOW_RUNS",
          "The ruleset %s is asked already, by number %d, until %s. Maybe stop that first."
              .formatted(running.candidate(), running.number(), running.bounds().until()));
    }
    return new Outcome(
        append(
            tx,
            clock.instant(),
            judged,
            new News(
                Kind.SHADOW_BEGUN,
                wish.actor().text(),
                EventBody.begun(wish.bounds(), active.ruleset(), wish.why()))),
        null);
  }

  /** Ends the shadow of a ruleset, since a person says so. */
  public Outcome stop(Sha256 digest, String why, Actor actor) {
    return database.inTransaction(tx -> {
      RulesetEventTable.lock(tx);
      var running = running(tx);
      return running == null || !running.candidate().equals(digest)
          ? Outcome.refused(
              "NO_SHADOW", "The ruleset %s is not asked beside another.".formatted(digest))
          : new Outcome(
              ended(
                  tx,
                  clock.instant(),
                  running,
                  actor.text(),
                  EventBody.ended(running, End.STOPPED, why)),
              null);
    });
  }

  /** Ends a shadow by itself, unless it has ended. */
  public void end(ShadowPlan plan, End end, String why) {
    database.inTransaction(tx -> {
      RulesetEventTable.lock(tx);
      var running = running(tx);
      if (running != null && running.number() == plan.number()) {
        ended(tx, clock.instant(), plan, ITSELF, EventBody.ended(plan, end, why));
      }
      return true;
    });
  }

  /** Ends the one that runs, since something came into force; under the lock. */
  static void overtaken(Tx tx, RulesetEvent activation) {
    var running = running(tx);
    if (running != null) {
      var why =
          running.candidate().equals(activation.ruleset())
              ? "It decides from now on, by activation %d."
              : "Another ruleset decides from now on, by activation %d.";
      ended(
          tx,
          activation.at(),
          running,
          ITSELF,
          EventBody.ended(running, End.ACTIVATION, why.formatted(activation.number())));
    }
  }

  private static RulesetEvent ended(Tx tx, Instant at, ShadowPlan plan, String actor, String body) {
    return append(tx, at, plan.begun(), new News(Kind.SHADOW_ENDED, actor, body));
  }

  /** What is new, who did it, and what else is to be known. */
  private record News(Kind kind, String actor, String body) {}

  private static RulesetEvent append(Tx tx, Instant at, RulesetEvent of, News news) {
    return RulesetEventTable.append(
        tx,
        new Draft(
            at,
            news.kind(),
            of.digest(),
            of.source(),
            of.version(),
            news.actor(),
            of.kind() == Kind.ADMITTED ? Long.valueOf(of.number()) : of.admission(),
            null,
            news.body()));
  }
}
