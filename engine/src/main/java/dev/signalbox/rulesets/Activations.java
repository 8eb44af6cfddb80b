package dev.signalbox.rulesets;

import dev.signalbox.db.Database;
import dev.signalbox.db.Tx;
import dev.signalbox.db.Unavailable;
import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Sha256;
import dev.signalbox.rulesets.RulesetEvent.Draft;
import dev.signalbox.rulesets.RulesetEvent.Kind;
import dev.signalbox.signals.Signals;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which ruleset decides: activates what was admitted, and goes back. What it answers is on
 * disk and in force on this node; other nodes follow. Blocks; safe for many callers and nodes.
 */
public final class Activations {
  private static final Logger LOG = LoggerFactory.getLogger(Activations.class);
  private static final Actor ITSELF = new Actor.Component("rulesets");

  private final Database database;
  private final ActiveRuleset active;
  private final Policy policy;
  private final InstantSource clock;
  private final Signals signals;
  private final Consumer<RulesetEvent> activated;

  /**
   * How a ruleset comes into force.
   *
   * @param automatically when it is admitted; else when people say so
   * @param approvals how many different people must say so; going back takes one
   * @param needsBacktest whether people must name a backtest that passed
   */
  public record Policy(boolean automatically, int approvals, boolean needsBacktest) {
    /** What is admitted is activated. */
    public static final Policy USUAL = new Policy(true, 1);

    public Policy(boolean automatically, int approvals) {
      this(automatically, approvals, false);
    }
  }

  /**
   * Who wants a ruleset activated, and why.
   *
   * @param admission the number of the event that admitted it: its check and its scenarios passed
   * @param backtest the number of the backtest that speaks for it; null for none
   */
  public record Wish(
      Sha256 digest, long admission, @Nullable Long backtest, String why, Actor actor) {}

  /** Who says so, why, and by what backtest. */
  private record By(String why, Actor actor, @Nullable Long backtest) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** It decides now. */
    record Activated(RulesetEvent event) implements Outcome {}

    /** Noted; more people are needed. */
    record Approved(RulesetEvent event, int approvals, int needed) implements Outcome {}

    /**
     * Nothing happened.
     *
     * @param code stable, for machines
     * @param why one sentence
     */
    record Refused(String code, String why) implements Outcome {}
  }

  /**
   * Activations.
   *
   * @param activated told of each one that was made here; must not block
   */
  public Activations(
      Database database,
      ActiveRuleset active,
      Policy policy,
      InstantSource clock,
      Signals signals,
      Consumer<RulesetEvent> activated) {
    this.database = database;
    this.active = active;
    this.policy = policy;
    this.clock = clock;
    this.signals = signals;
    this.activated = activated;
  }

  /** Activates a ruleset, or notes that one more person wants it. */
  public Outcome activate(Wish wish) {
    var digest = wish.digest();
    var admitted = find(wish.admission());
    if (admitted == null
        || admitted.kind() != Kind.ADMITTED
        || !digest.equals(admitted.digest())
        || isRefusedSince(admitted)) {
      return new Outcome.Refused(
          "NOT_ADMITTED",
          "The event %d does not admit the ruleset %s. GET /v1/rulesets/%s shows what does."
              .formatted(wish.admission(), digest, digest));
    }
    var unfit = unfit(digest);
    var by = new By(wish.why(), wish.actor(), wish.backtest());
    return unfit != null ? unfit : done(database.inTransaction(tx -> activated(tx, admitted, by)));
  }

  private boolean isRefusedSince(RulesetEvent admitted) {
    var last =
        database.<@Nullable RulesetEvent>read(
            tx -> RulesetEventTable.judgement(tx, admitted.ruleset()));
    return last != null && last.kind() == Kind.REFUSED;
  }

  private Outcome activated(Tx tx, RulesetEvent admitted, By by) {
    RulesetEventTable.lock(tx);
    var now = RulesetEventTable.active(tx);
    if (now != null && now.ruleset().equals(admitted.ruleset())) {
      return new Outcome.Refused(
          "ACTIVE_ALREADY", "The ruleset %s decides already.".formatted(admitted.digest()));
    }
    var fault =
        Evidence.fault(
            tx,
            by.backtest(),
            admitted.ruleset(),
            now == null ? null : now.ruleset(),
            policy.needsBacktest());
    if (fault != null) {
      return fault;
    }
    var approvers = RulesetEventTable.approvers(tx, admitted.ruleset());
    if (approvers.contains(by.actor().text())) {
      return new Outcome.Refused(
          "SECOND_PERSON",
          "%s has approved it already; another person is needed.".formatted(by.actor().name()));
    }
    if (approvers.size() + 1 < policy.approvals()) {
      var noted = append(tx, Kind.APPROVED, admitted, null, by);
      return new Outcome.Approved(noted, approvers.size() + 1, policy.approvals());
    }
    var back = now == null ? null : now.number();
    return new Outcome.Activated(append(tx, Kind.ACTIVATED, admitted, back, by));
  }

  /**
   * Goes back to what decided before.
   *
   * @param from the number of the activation to leave; null for whichever it is
   */
  public Outcome rollBack(@Nullable Long from, String why, Actor actor) {
    var now = database.<@Nullable RulesetEvent>read(RulesetEventTable::active);
    var back = now == null ? null : find(now.backTo());
    if (now == null || back == null) {
      return new Outcome.Refused("NOTHING_BEFORE", "No ruleset decided before this one.");
    }
    var unfit = unfit(back.ruleset());
    return unfit != null
        ? unfit
        : done(
            database.inTransaction(
                tx -> rolledBack(tx, now, back, from, new By(why, actor, null))));
  }

  private @Nullable RulesetEvent find(@Nullable Long number) {
    return number == null
        ? null
        : database.<@Nullable RulesetEvent>read(tx -> RulesetEventTable.find(tx, number));
  }

  private Outcome rolledBack(
      Tx tx, RulesetEvent seen, RulesetEvent back, @Nullable Long from, By by) {
    RulesetEventTable.lock(tx);
    long number = RulesetEventTable.activeNumber(tx);
    if (number != seen.number() || (from != null && from != number)) {
      return new Outcome.Refused(
          "CHANGED", "The activation %d is in force by now; look again.".formatted(number));
    }
    return new Outcome.Activated(append(tx, Kind.ROLLED_BACK, back, back.backTo(), by));
  }

  /**
   * Activates what was just admitted, where nobody has to be asked; or what is the first of all.
   * Does nothing when something was activated since.
   */
  void follow(RulesetEvent admitted) {
    if ((!policy.automatically() || policy.needsBacktest()) && active.isThere()) {
      return;
    }
    var why = "The version %s of %s was admitted.".formatted(admitted.version(), admitted.source());
    var event =
        database.<@Nullable RulesetEvent>inTransaction(tx -> {
          RulesetEventTable.lock(tx);
          var now = RulesetEventTable.active(tx);
          if (now != null
              && (now.number() > admitted.number() || now.ruleset().equals(admitted.ruleset()))) {
            return null;
          }
          var back = now == null ? null : now.number();
          return append(tx, Kind.ACTIVATED, admitted, back, new By(why, ITSELF, null));
        });
    if (event == null) {
      // Maybe another node was faster, and this one has no ruleset yet.
      active.follow();
    } else {
      done(new Outcome.Activated(event));
    }
  }

  private Outcome.@Nullable Refused unfit(Sha256 digest) {
    try {
      active.prepare(digest);
      return null;
    } catch (Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("The ruleset {} cannot be activated.", digest, e);
      return new Outcome.Refused("DOES_NOT_LOAD", String.valueOf(e.getMessage()));
    }
  }

  private Outcome done(Outcome outcome) {
    if (outcome instanceof Outcome.Activated(var event)) {
      try {
        active.follow();
      } catch (Unavailable e) {
        // It is on disk; the node follows as soon as it can read that.
        active.ring();
      }
      signals.rulesetActivated(event.kind().name());
      LOG.info("{} {}: number {}.", event.kind(), event.digest(), event.number());
      activated.accept(event);
    }
    return outcome;
  }

  private RulesetEvent append(Tx tx, Kind kind, RulesetEvent of, @Nullable Long backTo, By by) {
    var event =
        RulesetEventTable.append(
            tx,
            new Draft(
                clock.instant(),
                kind,
                of.digest(),
                of.source(),
                of.version(),
                by.actor().text(),
                of.kind() == Kind.ADMITTED ? Long.valueOf(of.number()) : of.admission(),
                backTo,
                EventBody.why(by.why(), by.backtest())));
    if (kind != Kind.APPROVED) {
      Shadows.overtaken(tx, event);
    }
    return event;
  }
}
