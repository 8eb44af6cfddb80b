package dev.signalbox.api.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the documents say of one exception: a lifecycle in plain words, written a second time and
 * sharing nothing with the first. It knows the ruleset of {@link ModelRules}.
 */
final class Model {
  /** What a request comes to. */
  record Expected(int status, @Nullable String code, @Nullable String effect) {
    static Expected done(String effect) {
      return new Expected(200, null, effect);
    }

    static Expected refused(int status, String code) {
      return new Expected(status, code, null);
    }
  }

  /** The reasons that reports give; the rules go by them. */
  static final List<String> REASONS =
      List.of(
          "AMOUNT_OUTSIDE_TOLERANCE",
          "MISSING_RECORD",
          "VALIDATION_FAILED",
          "DUPLICATE_RECORD",
          "AMOUNT_WITHIN_TOLERANCE");

  static final List<String> QUEUES = List.of("senior", "compliance");
  static final List<String> KINDS =
      List.of("FORCE_MATCH", "ADJUSTMENT", "WRITE_OFF", "SPLIT", "WRONG_SPLIT", "KNOWN_DIFFERENCE");
  static final List<String> VERDICTS = List.of("RESOLVED", "REOPENED", "ASSIGNED", "IN_PROGRESS");
  private static final Set<String> IN_HANDS =
      Set.of("OPEN", "ASSIGNED", "UNDER_REVIEW", "ESCALATED");

  private @Nullable String status;
  private @Nullable String holder;
  private @Nullable String queue;
  private @Nullable String neededRole;
  private @Nullable String resolution;
  private @Nullable String proposer;
  private String proposed = "";
  private final Set<String> missing = new TreeSet<>();
  private final List<String> approvers = new ArrayList<>();
  private final Set<String> asked = new TreeSet<>();
  private final List<String> disputes = new ArrayList<>();
  private String reason = "";
  private int level;
  private int recurrences;
  private int comments;

  @Nullable String status() {
    return status;
  }

  /** What an answer shows of it. */
  Map<String, @Nullable Object> shown() {
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("status", status);
    shown.put("assignee", holder);
    shown.put("queue", queue);
    shown.put("escalationLevel", level);
    shown.put("recurrences", recurrences);
    shown.put("comments", comments);
    shown.put("disputes", List.copyOf(disputes));
    shown.put("resolution", resolution);
    return shown;
  }

  /** Lets it happen. */
  Expected take(Step step) {
    var verb = step.verb();
    if (!verb.isFor(step.who())) {
      return Expected.refused(403, "FORBIDDEN");
    }
    if (verb.isReport()) {
      return reported(verb, REASONS.get(step.variant() % REASONS.size()));
    }
    if (status == null || (verb.isOfDispute() && disputes.isEmpty())) {
      return Expected.refused(404, "NOT_FOUND");
    }
    if (step.how() == Step.How.AT_STALE_VERSION && verb != Verb.CALLBACK) {
      return Expected.refused(412, "STALE");
    }
    return isTaken(verb) ? happened(step) : Expected.refused(422, "NOT_ALLOWED");
  }

  private boolean isTaken(Verb verb) {
    return switch (verb) {
      case ASSIGN, PROPOSE, DISPATCH -> IN_HANDS.contains(at());
      case UNASSIGN -> Set.of("ASSIGNED", "UNDER_REVIEW").contains(at());
      case REVIEW -> Set.of("OPEN", "ASSIGNED", "ESCALATED").contains(at());
      case APPROVE, REJECT -> at().equals("PENDING_APPROVAL");
      case CALLBACK -> at().equals("PENDING_RESOLUTION");
      case REDRIVE -> at().equals("DEAD_LETTERED");
      case COMMENT -> true;
      default -> !at().equals("RESOLVED");
    };
  }

  private String at() {
    return String.valueOf(status);
  }

  private Expected happened(Step step) {
    var who = step.who();
    return switch (step.verb()) {
      case CLEAR -> {
        resolved("AUTO_CLEARED");
        yield Expected.done("cleared");
      }
      case ASSIGN -> assigned(step.variant() % 2 == 0 ? who : "senior");
      case UNASSIGN -> moved("OPEN", null);
      case REVIEW -> taken(who) ? moved("UNDER_REVIEW", who) : notTaken(who);
      case PROPOSE -> proposes(who, KINDS.get(step.variant() % KINDS.size()));
      case APPROVE -> approves(who);
      case REJECT -> rejects(who);
      case ESCALATE -> escalated(QUEUES.get(step.variant() % 2));
      case DISPATCH -> moved("PENDING_RESOLUTION", holder);
      case CALLBACK -> answered(VERDICTS.get(step.variant() % VERDICTS.size()), who);
      case REDRIVE -> {
        moved("OPEN", holder);
        routed();
        yield Expected.done("changed");
      }
      case COMMENT -> {
        comments++;
        yield new Expected(201, null, null);
      }
      case DISPUTE_OPEN -> {
        disputes.add("OPEN");
        yield new Expected(201, null, null);
      }
      default -> disputed(step);
    };
  }

  private Expected reported(Verb verb, String why) {
    if (status == null) {
      return opened(verb, why);
    }
    return switch (verb) {
      case REPORT_SAME -> Expected.done("duplicate");
      case REPORT_OTHER -> Expected.refused(409, "CONFLICT");
      case REPORT_OLD -> at().equals("RESOLVED") ? Expected.done("duplicate") : seenAgain(why);
      default -> {
        if (!at().equals("RESOLVED")) {
          yield seenAgain(why);
        }
        yield "KNOWN_DIFFERENCE".equals(resolution) ? Expected.done("duplicate") : recurred(why);
      }
    };
  }

  private Expected opened(Verb verb, String why) {
    reason = verb == Verb.REPORT_SAME ? REASONS.getFirst() : why;
    status = "OPEN";
    routed();
    settledByRules();
    return new Expected(201, null, "recorded");
  }

  private Expected seenAgain(String why) {
    reason = why;
    if (at().equals("OPEN")) {
      settledByRules();
    }
    return Expected.done("redetected");
  }

  private Expected recurred(String why) {
    reason = why;
    recurrences++;
    resolution = null;
    level = 0;
    moved("OPEN", null);
    routed();
    settledByRules();
    return Expected.done("recurred");
  }

  /** What the rules say of each reason. */
  private void routed() {
    neededRole = null;
    switch (reason) {
      case "VALIDATION_FAILED" -> {
        queue = null;
        moved("DEAD_LETTERED", holder);
      }
      case "MISSING_RECORD" -> {
        queue = "outside";
        moved("PENDING_RESOLUTION", holder);
      }
      case "DUPLICATE_RECORD" -> {
        queue = "compliance";
        neededRole = "compliance";
      }
      default -> queue = "junior";
    }
  }

  private void settledByRules() {
    if (at().equals("OPEN") && reason.equals("AMOUNT_WITHIN_TOLERANCE")) {
      resolved("KNOWN_DIFFERENCE");
    }
  }

  private Expected moved(String to, @Nullable String with) {
    status = to;
    holder = with;
    proposer = null;
    missing.clear();
    approvers.clear();
    asked.clear();
    return Expected.done("changed");
  }

  private void resolved(String how) {
    moved("RESOLVED", holder);
    resolution = how;
  }

  private Expected assigned(String to) {
    return at().equals("ASSIGNED") && to.equals(holder)
        ? Expected.done("unchanged")
        : moved("ASSIGNED", to);
  }

  private boolean taken(String by) {
    return (holder == null || holder.equals(by)) && (neededRole == null || neededRole.equals(by));
  }

  private Expected notTaken(String by) {
    return holder != null && !holder.equals(by)
        ? Expected.refused(423, "HELD")
        : Expected.refused(403, "ROLE_NEEDED");
  }

  private Expected proposes(String by, String kind) {
    if (!taken(by)) {
      return notTaken(by);
    }
    if (kind.equals("WRONG_SPLIT")) {
      return Expected.refused(422, "MISFIT");
    }
    holder = by;
    if (kind.equals("WRITE_OFF") || kind.equals("ADJUSTMENT")) {
      moved("PENDING_APPROVAL", by);
      proposer = by;
      proposed = kind;
      missing.add("senior");
      if (kind.equals("ADJUSTMENT")) {
        missing.add("compliance");
      }
      asked.addAll(missing);
    } else {
      resolved(kind);
    }
    return Expected.done("changed");
  }

  private Expected approves(String by) {
    if (by.equals(proposer)) {
      return Expected.refused(403, "OWN_PROPOSAL");
    }
    if (approvers.contains(by)) {
      return Expected.refused(403, "APPROVED_BEFORE");
    }
    if (!missing.remove(by)) {
      return Expected.refused(403, "ROLE_NEEDED");
    }
    approvers.add(by);
    if (missing.isEmpty()) {
      resolved(proposed);
    }
    return Expected.done("changed");
  }

  private Expected rejects(String by) {
    return by.equals(proposer) || asked.contains(by)
        ? moved("UNDER_REVIEW", proposer)
        : Expected.refused(403, "ROLE_NEEDED");
  }

  private Expected escalated(String to) {
    level++;
    if (queue != null) {
      queue = to;
    }
    return IN_HANDS.contains(at()) ? moved("ESCALATED", null) : Expected.done("changed");
  }

  private Expected answered(String verdict, String who) {
    switch (verdict) {
      case "RESOLVED" -> resolved("EXTERNAL");
      case "REOPENED" -> moved("OPEN", null);
      case "ASSIGNED" -> moved("ASSIGNED", who);
      default -> {}
    }
    return Expected.done("changed");
  }

  private Expected disputed(Step step) {
    var state = disputes.getLast();
    boolean isFought = Set.of("OPEN", "PENDING_EVIDENCE").contains(state);
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
    disputes.set(disputes.size() - 1, next);
    if (next.equals("WON") && at().equals("UNDER_REVIEW")) {
      moved("ASSIGNED", holder);
    } else if (next.equals("LOST") && at().equals("ASSIGNED")) {
      moved("UNDER_REVIEW", holder);
    } else if (next.equals("LOST")
        && Set.of("OPEN", "ESCALATED").contains(at())
        && taken(step.who())) {
      moved("UNDER_REVIEW", step.who());
    }
    return new Expected(200, null, null);
  }
}
