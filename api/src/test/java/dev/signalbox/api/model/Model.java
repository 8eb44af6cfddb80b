package dev.signalbox.api.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the documents say of one exception: a lifecycle in plain words, written a second time and
 * sharing nothing with the first. It knows the ruleset of {@link ModelRules}.
 */
final class Model {
  /**
   * What a request comes to.
   *
   * @param effect null where the answer shows none
   */
  record Expected(int status, @Nullable String code, @Nullable String effect) {
    static Expected done(String effect) {
      return new Expected(200, null, effect);
    }

    static Expected refused(int status, String code) {
      return new Expected(status, code, null);
    }
  }

  static final List<String> QUEUES = List.of("senior", "compliance");
  static final List<String> VERDICTS = List.of("RESOLVED", "REOPENED", "ASSIGNED", "IN_PROGRESS");

  /** Reports here name an account, and no counterparty. */
  static final List<String> HOLDS = List.of("ITEM", "GL_ACCOUNT", "COUNTERPARTY");

  private final Item item = new Item();
  private final Rules rules = new Rules(item);
  private final People people = new People(item);
  private boolean changedUnseen;

  @Nullable String status() {
    return item.status;
  }

  /** Whether the last step may have changed it without an answer that shows it. */
  boolean isChangedUnseen() {
    return changedUnseen;
  }

  /** What an answer shows of it. */
  Map<String, @Nullable Object> shown() {
    return item.shown();
  }

  /** Lets it happen. */
  Expected take(Step step) {
    var verb = step.verb();
    changedUnseen = verb.isByItself() || verb == Verb.REPORT_OTHER;
    if (verb.isByItself()) {
      return item.status == null ? Expected.refused(404, "NOT_FOUND") : byItself(step);
    }
    if (!verb.isFor(step.who())) {
      return Expected.refused(403, "FORBIDDEN");
    }
    if (verb.isReport()) {
      return rules.reported(verb, Rules.REASONS.get(step.variant() % Rules.REASONS.size()));
    }
    if (item.status == null || (verb.isOfDispute() && item.disputes.isEmpty())) {
      return Expected.refused(404, "NOT_FOUND");
    }
    if (verb == Verb.HEARTBEAT) {
      return beat(step);
    }
    if (step.how() == Step.How.AT_STALE_VERSION && verb.isConditional()) {
      return Expected.refused(412, "STALE");
    }
    var refused = keptOut(step);
    if (refused == null && !isTaken(verb)) {
      changedUnseen |= verb == Verb.CALLBACK;
      refused = Expected.refused(422, "NOT_ALLOWED");
    }
    return refused != null ? refused : happened(step);
  }

  private Expected byItself(Step step) {
    return switch (step.verb()) {
      case LEASE_RUNS_OUT -> {
        var lease = item.lease;
        item.lease = lease == null ? null : new Item.Lease(lease.by(), lease.at(), true);
        yield Expected.done("unchanged");
      }
      case REST_RUNS_OUT -> {
        endsIfOver();
        yield item.isAt("RESOLVED") ? Expected.refused(422, "NOT_ALLOWED") : item.rests(false);
      }
      default -> {
        endsIfOver();
        yield people.answeredByLedger(step.verb(), step.variant() % 5 == 0);
      }
    };
  }

  /** A claim that ran out ends when anything is said. */
  private void endsIfOver() {
    if (item.lease != null && item.lease.isOver()) {
      changedUnseen = true;
      item.givenBack();
    }
  }

  /** Of every fourth heartbeat the fence is an old one. */
  private Expected beat(Step step) {
    var lease = item.lease;
    boolean isHeard =
        lease != null && !lease.isOver() && lease.by().equals(step.who()) && step.variant() % 4 > 0;
    return isHeard ? new Expected(200, null, null) : Expected.refused(409, "CLAIM_LOST");
  }

  /** A claim keeps others out. */
  private @Nullable Expected keptOut(Step step) {
    var verb = step.verb();
    endsIfOver();
    var lease = item.lease;
    boolean isOld =
        switch (step.how()) {
          case UNDER_OLD_CLAIM -> true;
          case UNDER_CLAIM -> item.everClaimed && lease == null;
          default -> false;
        };
    if (isOld && verb.isUnderClaim()) {
      return Expected.refused(409, "CLAIM_LOST");
    }
    return lease != null
            && !lease.by().equals(step.who())
            && !verb.isForAnybody()
            && (item.forOneAtATime || verb.isForTheHolder())
        ? Expected.refused(423, "HELD")
        : null;
  }

  private boolean isTaken(Verb verb) {
    return switch (verb) {
      case ASSIGN, PROPOSE, DISPATCH -> item.isInHands();
      case CLAIM, SNOOZE -> item.isInHands() || item.isAt("PENDING_APPROVAL");
      case UNASSIGN -> item.isAt("ASSIGNED", "UNDER_REVIEW");
      case RELEASE -> item.isAt("PENDING_APPROVAL", "UNDER_REVIEW");
      case REVIEW -> item.isAt("OPEN", "ASSIGNED", "ESCALATED");
      case APPROVE, REJECT -> item.isAt("PENDING_APPROVAL");
      case CALLBACK -> item.isAt("PENDING_RESOLUTION");
      case REDRIVE -> item.isAt("DEAD_LETTERED");
      case COMMENT -> true;
      default -> !item.isAt("RESOLVED");
    };
  }

  private Expected happened(Step step) {
    var who = step.who();
    int variant = step.variant();
    return switch (step.verb()) {
      case CLEAR -> cleared();
      case ASSIGN -> people.assigned(variant % 2 == 0 ? who : "senior");
      case UNASSIGN -> item.moved("OPEN", null);
      case REVIEW -> people.reviews(who);
      case CLAIM -> people.claims(who);
      case RELEASE -> people.releases(who);
      case PROPOSE -> people.proposes(who, People.KINDS.get(variant % People.KINDS.size()));
      case APPROVE -> people.approves(who);
      case REJECT -> people.rejects(who);
      case ESCALATE -> item.escalated(QUEUES.get(variant % 2));
      case DISPATCH -> item.dispatched();
      case CALLBACK -> answered(VERDICTS.get(variant % VERDICTS.size()), who);
      case REDRIVE -> rules.redriven();
      case HOLD -> holds(HOLDS.get(variant % HOLDS.size()));
      case UNHOLD -> unholds(variant);
      case SNOOZE -> variant % 4 < 2 ? item.rests(true) : Expected.refused(422, "MISFIT");
      case WAKE -> item.rests(false);
      case COMMENT -> {
        item.comments++;
        yield unseen(201);
      }
      case DISPUTE_OPEN -> {
        item.disputes.add("OPEN");
        yield unseen(201);
      }
      default -> disputed(step);
    };
  }

  /** Done, and the answer shows something else. */
  private Expected unseen(int code) {
    changedUnseen = true;
    return new Expected(code, null, null);
  }

  private Expected cleared() {
    if (item.isBeingPosted()) {
      return Expected.refused(422, "POSTING_UNDER_WAY");
    }
    item.resolved("AUTO_CLEARED");
    return Expected.done("cleared");
  }

  private Expected answered(String verdict, String who) {
    if (item.isBeingPosted()) {
      changedUnseen = true;
      return Expected.refused(422, "POSTING_UNDER_WAY");
    }
    switch (verdict) {
      case "RESOLVED" -> item.resolved("EXTERNAL");
      case "REOPENED" -> item.moved("OPEN", null);
      case "ASSIGNED" -> item.moved("ASSIGNED", who);
      default -> {}
    }
    return Expected.done("changed");
  }

  private Expected holds(String on) {
    if (on.equals("COUNTERPARTY")) {
      return Expected.refused(422, "MISFIT");
    }
    item.holds.add(on);
    return Expected.done("changed");
  }

  /** Every fifth time it is one that is not there. */
  private Expected unholds(int which) {
    if (item.holds.isEmpty() || which % 5 == 0) {
      return Expected.refused(404, "UNKNOWN_HOLD");
    }
    item.holds.remove(which % item.holds.size());
    return Expected.done("changed");
  }

  private Expected disputed(Step step) {
    var state = item.disputes.getLast();
    boolean isFought = List.of("OPEN", "PENDING_EVIDENCE").contains(state);
    var next =
        switch (step.verb()) {
          case DISPUTE_EVIDENCE -> isFought ? "OPEN" : null;
          case DISPUTE_REQUEST -> state.equals("OPEN") ? "PENDING_EVIDENCE" : null;
          case DISPUTE_CLOSE -> isFought ? (step.variant() % 2 == 0 ? "WON" : "LOST") : null;
          default -> state.equals("LOST") ? "OPEN" : null;
        };
    if (next == null) {
      return Expected.refused(422, "NOT_ALLOWED");
    }
    item.disputes.set(item.disputes.size() - 1, next);
    if (next.equals("WON") && item.isAt("UNDER_REVIEW")) {
      item.moved("ASSIGNED", item.holder);
    } else if (next.equals("LOST") && item.isAt("ASSIGNED")) {
      item.moved("UNDER_REVIEW", item.holder);
    } else if (next.equals("LOST") && item.isAt("OPEN", "ESCALATED") && item.isFor(step.who())) {
      item.reviewed(step.who());
    }
    return unseen(200);
  }
}
