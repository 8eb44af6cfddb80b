package dev.signalbox.api.model;

import dev.signalbox.api.model.Model.Expected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people, and the ledger they post to, do to an exception of a {@link Model}. */
final class People {
  static final List<String> KINDS =
      List.of(
          "FORCE_MATCH",
          "ADJUSTMENT",
          "WRITE_OFF",
          "SPLIT",
          "WRONG_SPLIT",
          "KNOWN_DIFFERENCE",
          "SPLIT_TO_ACCOUNT");

  private final Item item;

  People(Item item) {
    this.item = item;
  }

  Expected assigned(String to) {
    return item.isAt("ASSIGNED") && to.equals(item.holder)
        ? Expected.done("unchanged")
        : item.moved("ASSIGNED", to);
  }

  Expected reviews(String by) {
    return item.isFor(by) ? item.reviewed(by) : keptOut(by);
  }

  private Expected keptOut(String by) {
    return item.holder != null && !item.holder.equals(by)
        ? Expected.refused(423, "HELD")
        : Expected.refused(403, "ROLE_NEEDED");
  }

  Expected claims(String by) {
    if (item.isAt("PENDING_APPROVAL")) {
      var refused = cannotApprove(by);
      return refused != null ? refused : item.claimed("PENDING_APPROVAL", by);
    }
    return item.isFor(by) ? item.claimed("UNDER_REVIEW", by) : keptOut(by);
  }

  Expected releases(String by) {
    var has = item.lease != null ? item.lease.by() : item.isAt("UNDER_REVIEW") ? item.holder : null;
    if (has == null) {
      return Expected.done("unchanged");
    }
    return has.equals(by) ? item.givenBack() : Expected.refused(423, "HELD");
  }

  Expected proposes(String by, String kind) {
    if (!item.isFor(by)) {
      return keptOut(by);
    }
    if (kind.equals("WRONG_SPLIT")) {
      return Expected.refused(422, "MISFIT");
    }
    item.holder = by;
    item.posting = null;
    switch (kind) {
      case "WRITE_OFF", "ADJUSTMENT" -> {
        item.moved("PENDING_APPROVAL", by);
        item.missing.add("senior");
        if (kind.equals("ADJUSTMENT")) {
          item.missing.add("compliance");
        }
        item.asked.addAll(item.missing);
        item.posting = "DRAFTED";
      }
      case "SPLIT_TO_ACCOUNT" -> {
        item.moved("PENDING_RESOLUTION", by);
        item.posting = "REQUESTED";
      }
      default -> item.resolved(kind);
    }
    if (item.posting != null) {
      item.proposer = by;
      item.proposed = kind.equals("SPLIT_TO_ACCOUNT") ? "SPLIT" : kind;
    }
    return Expected.done("changed");
  }

  private @Nullable Expected cannotApprove(String by) {
    if (by.equals(item.proposer)) {
      return Expected.refused(403, "OWN_PROPOSAL");
    }
    if (item.approvers.contains(by)) {
      return Expected.refused(403, "APPROVED_BEFORE");
    }
    return item.missing.contains(by) ? null : Expected.refused(403, "ROLE_NEEDED");
  }

  /** All that wait for an approval here go to the ledger. */
  Expected approves(String by) {
    var refused = cannotApprove(by);
    if (refused != null) {
      return refused;
    }
    item.missing.remove(by);
    item.approvers.add(by);
    item.lease = null;
    if (item.missing.isEmpty()) {
      item.status = "PENDING_RESOLUTION";
      item.posting = "REQUESTED";
    }
    return Expected.done("changed");
  }

  Expected rejects(String by) {
    return by.equals(item.proposer) || item.asked.contains(by)
        ? item.moved("UNDER_REVIEW", item.proposer)
        : Expected.refused(403, "ROLE_NEEDED");
  }

  /** The ledger answers; nobody asked it for what is not this posting. */
  Expected answeredByLedger(Verb answer, boolean isOther) {
    if (!item.isAt("PENDING_RESOLUTION")) {
      return Expected.refused(422, "NOT_ALLOWED");
    }
    if (!item.isBeingPosted() || isOther) {
      return Expected.refused(422, "UNKNOWN_DISPATCH");
    }
    switch (answer) {
      case LEDGER_POSTS -> {
        item.posting = "POSTED";
        item.resolved(item.proposed);
      }
      case LEDGER_REFUSES -> {
        item.posting = "REFUSED";
        item.moved("UNDER_REVIEW", item.proposer);
      }
      default -> item.posting = "STUCK";
    }
    return Expected.done("changed");
  }
}
