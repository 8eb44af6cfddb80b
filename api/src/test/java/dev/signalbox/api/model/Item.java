package dev.signalbox.api.model;

import dev.signalbox.api.model.Model.Expected;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The exception of a {@link Model}: where it stands, and how it moves from there. */
final class Item {
  static final Set<String> IN_HANDS = Set.of("OPEN", "ASSIGNED", "UNDER_REVIEW", "ESCALATED");

  @Nullable String status;
  @Nullable String holder;
  @Nullable String queue;
  @Nullable String neededRole;
  @Nullable String resolution;
  @Nullable String proposer;
  @Nullable String posting;
  @Nullable Lease lease;
  String proposed = "";
  final Set<String> missing = new TreeSet<>();
  final Set<String> asked = new TreeSet<>();
  final List<String> approvers = new ArrayList<>();
  final List<String> disputes = new ArrayList<>();
  final List<String> holds = new ArrayList<>();
  boolean rests;
  boolean forOneAtATime;
  boolean everClaimed;
  int level;
  int recurrences;
  int comments;

  /** A claim: it ends when the exception leaves the status at which it began. */
  record Lease(String by, String at, boolean isOver) {}

  /** What an answer shows of it. */
  Map<String, @Nullable Object> shown() {
    var shown = new LinkedHashMap<String, @Nullable Object>();
    shown.put("status", status);
    shown.put("assignee", holder);
    shown.put("queue", queue);
    shown.put("claim", lease == null ? null : lease.by());
    shown.put("proposedBy", proposer);
    shown.put("posting", posting);
    shown.put("holds", List.copyOf(holds));
    shown.put("rests", rests);
    shown.put("escalationLevel", level);
    shown.put("recurrences", recurrences);
    shown.put("comments", comments);
    shown.put("disputes", List.copyOf(disputes));
    shown.put("resolution", resolution);
    return shown;
  }

  boolean isAt(String... any) {
    return status != null && List.of(any).contains(status);
  }

  boolean isInHands() {
    return status != null && IN_HANDS.contains(status);
  }

  /** Whether the ledger may have posted it, and has not said so. */
  boolean isBeingPosted() {
    return "REQUESTED".equals(posting) || "STUCK".equals(posting);
  }

  /** Whatever moves it ends what was proposed, and a claim on it that does not fit any more. */
  Expected moved(String to, @Nullable String with) {
    status = to;
    holder = with;
    proposer = null;
    missing.clear();
    approvers.clear();
    asked.clear();
    if ("DRAFTED".equals(posting)) {
      posting = null;
    }
    boolean isKept =
        lease != null
            && lease.at().equals(to)
            && (to.equals("PENDING_APPROVAL") || lease.by().equals(with));
    if (!isKept) {
      lease = null;
    }
    return Expected.done("changed");
  }

  void resolved(String how) {
    moved("RESOLVED", holder);
    resolution = how;
    rests = false;
    holds.clear();
  }

  Expected dispatched() {
    rests = false;
    return moved("PENDING_RESOLUTION", holder);
  }

  Expected escalated(String to) {
    level++;
    if (queue != null) {
      queue = to;
    }
    return isInHands() ? moved("ESCALATED", null) : Expected.done("changed");
  }

  /** Whether somebody may work on it. */
  boolean isFor(String by) {
    return (holder == null || holder.equals(by)) && (neededRole == null || neededRole.equals(by));
  }

  /** What is for one at a time is claimed by that. */
  Expected reviewed(String by) {
    return forOneAtATime ? claimed("UNDER_REVIEW", by) : moved("UNDER_REVIEW", by);
  }

  Expected claimed(String at, String by) {
    if (!at.equals("PENDING_APPROVAL")) {
      moved(at, by);
    }
    lease = new Lease(by, at, false);
    everClaimed = true;
    return Expected.done("changed");
  }

  /** The claim ends; what was claimed to work on is nobody's. */
  Expected givenBack() {
    if (isAt("UNDER_REVIEW")) {
      moved("OPEN", null);
    }
    lease = null;
    return Expected.done("changed");
  }

  Expected rests(boolean now) {
    boolean isNothing = !rests && !now;
    rests = now;
    return Expected.done(isNothing ? "unchanged" : "changed");
  }
}
