package dev.signalbox.exceptions;

import static java.util.stream.Collectors.joining;

import dev.signalbox.exceptions.disputes.DisputeState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Why a command was refused. A refusal changes nothing, except where it says so. */
public sealed interface Refusal {

  /** Stable, for machines: upper case with underscores. */
  String code();

  /** One sentence for people: what was wrong, with its values, and what is possible. */
  String detail();

  /** There is no such case. */
  record NotFound(CaseId id) implements Refusal {
    @Override
    public String code() {
      return "NOT_FOUND";
    }

    @Override
    public String detail() {
      return "There is no exception with the id %s.".formatted(id);
    }
  }

  /**
   * The lifecycle does not allow the command where the case stands.
   *
   * @param allowed what is allowed there
   */
  record NotAllowed(CaseCommand.Kind command, CaseStatus status, Set<CaseCommand.Kind> allowed)
      implements Refusal {
    public NotAllowed {
      allowed = Set.copyOf(allowed);
    }

    @Override
    public String code() {
      return "NOT_ALLOWED";
    }

    @Override
    public String detail() {
      var words = allowed.stream().map(CaseCommand.Kind::words).sorted().toList();
      return "An exception that is %s does not take the command \"%s\"; it takes %s."
          .formatted(status, command.words(), words.isEmpty() ? "none" : String.join(", ", words));
    }
  }

  /** The caller saw an older version of the case. */
  record Stale(long expected, long current) implements Refusal {
    @Override
    public String code() {
      return "STALE";
    }

    @Override
    public String detail() {
      return "The exception is at version %d, not %d. Maybe read it again and decide anew."
          .formatted(current, expected);
    }
  }

  /** The item was reported before with another substance. The attempt is in the journal. */
  record Conflict(CaseId id, Sha256 knownSubstance, Sha256 reportedSubstance) implements Refusal {
    @Override
    public String code() {
      return "CONFLICT";
    }

    @Override
    public String detail() {
      return ("The item %s was reported before with another amount, currency, transaction date or"
              + " counterparty (substance %s, now %s). Maybe it is a new item and needs a"
              + " \"sourceRef\" or \"period\" of its own.")
          .formatted(id, abbreviated(knownSubstance), abbreviated(reportedSubstance));
    }

    private static String abbreviated(Sha256 hash) {
      return hash.hex().substring(0, 12);
    }
  }

  /** Whoever reports has nothing to do with that context. */
  record OutOfReach(String context) implements Refusal {
    @Override
    public String code() {
      return "OUT_OF_REACH";
    }

    @Override
    public String detail() {
      return "The caller does not reach the context \"%s\". Maybe the report names another one."
          .formatted(context);
    }
  }

  /**
   * Somebody else has it.
   *
   * @param end when a claim ends; null where there is none
   */
  record HeldByAnother(String holder, @Nullable LeaseEnd end) implements Refusal {
    @Override
    public String code() {
      return "HELD";
    }

    @Override
    public String detail() {
      return end == null
          ? "The exception is with %s. Maybe ask for it, or have it assigned to you."
              .formatted(holder)
          : "The exception is with %s until %s, unless that is prolonged."
              .formatted(holder, end.at());
    }
  }

  /**
   * The claim under which this was asked is over.
   *
   * @param holder who has it now; null for nobody
   * @param end when the claim there is ends; null where there is none
   */
  record ClaimLost(long fence, @Nullable String holder, @Nullable LeaseEnd end) implements Refusal {
    @Override
    public String code() {
      return "CLAIM_LOST";
    }

    @Override
    public String detail() {
      var now =
          holder == null
              ? "nobody has the exception. Maybe claim it again."
              : end == null
                  ? "the exception is with %s.".formatted(holder)
                  : "the exception is with %s until %s.".formatted(holder, end.at());
      return "The claim %d is over; %s".formatted(fence, now);
    }
  }

  /** Whoever works on this knows something that the caller is not known to know. */
  record SkillNeeded(String skill) implements Refusal {
    @Override
    public String code() {
      return "SKILL_NEEDED";
    }

    @Override
    public String detail() {
      return "Only somebody with the skill \"%s\" works on this exception.".formatted(skill);
    }
  }

  /**
   * It is worth more than the caller may settle.
   *
   * @param amount in the reporting currency; null where nobody knows it
   * @param above the roles that may; empty where nobody may
   */
  record AboveLimit(@Nullable BigDecimal amount, BigDecimal limit, List<String> above)
      implements Refusal {
    public AboveLimit {
      above = List.copyOf(above);
    }

    @Override
    public String code() {
      return "ABOVE_LIMIT";
    }

    @Override
    public String detail() {
      return "The exception is worth %s, and the limit of the caller is %s%s."
          .formatted(
              amount == null ? "an amount that nobody knows" : amount.toPlainString(),
              limit.toPlainString(),
              above.isEmpty()
                  ? ""
                  : "; it needs somebody with the role " + String.join(" or ", above));
    }
  }

  /**
   * Whoever does this has another role.
   *
   * @param roles one of them is needed, in the words of rules
   * @param what such a person does
   */
  record RoleNeeded(List<String> roles, String what) implements Refusal {
    public RoleNeeded {
      roles = List.copyOf(roles);
    }

    @Override
    public String code() {
      return "ROLE_NEEDED";
    }

    @Override
    public String detail() {
      return "Only somebody with the role %s %s.".formatted(String.join(" or ", roles), what);
    }
  }

  /** Nobody approves his own proposal. */
  record OwnProposal(String by) implements Refusal {
    @Override
    public String code() {
      return "OWN_PROPOSAL";
    }

    @Override
    public String detail() {
      return "%s proposed the resolution, so somebody else has to approve it.".formatted(by);
    }
  }

  /** Nobody approves for two. */
  record ApprovedBefore(String by, List<String> missing) implements Refusal {
    public ApprovedBefore {
      missing = List.copyOf(missing);
    }

    @Override
    public String code() {
      return "APPROVED_BEFORE";
    }

    @Override
    public String detail() {
      return "%s approved the resolution already; it needs somebody else with the role %s."
          .formatted(by, String.join(" and ", missing));
    }
  }

  /** The resolution is not one of this item. */
  record Misfit(String why) implements Refusal {
    @Override
    public String code() {
      return "MISFIT";
    }

    @Override
    public String detail() {
      return why;
    }
  }

  /**
   * The dispute does not take that where it stands.
   *
   * @param takenAt where it would
   */
  record DisputeStands(DisputeState state, Set<DisputeState> takenAt) implements Refusal {
    public DisputeStands {
      takenAt = Set.copyOf(takenAt);
    }

    @Override
    public String code() {
      return "NOT_ALLOWED";
    }

    @Override
    public String detail() {
      return "The dispute is %s; this is possible while it is %s."
          .formatted(
              state, new TreeSet<>(takenAt).stream().map(Enum::name).collect(joining(" or ")));
    }
  }

  /** The resolution is posted, and nobody said to which account. */
  record AccountUnknown(String why) implements Refusal {
    @Override
    public String code() {
      return "ACCOUNT_UNKNOWN";
    }

    @Override
    public String detail() {
      return why;
    }
  }

  /** The ledger may have posted the resolution already, so nothing else may settle the case. */
  record PostingUnderWay(Posting posting) implements Refusal {
    @Override
    public String code() {
      return "POSTING_UNDER_WAY";
    }

    @Override
    public String detail() {
      return ("The posting %s is with the ledger, which may have posted it. Maybe try again once the"
              + " ledger has answered.")
          .formatted(posting.id());
    }
  }

  /** The message is about another dispatch than the one that is pending. */
  record UnknownDispatch(DispatchId dispatch) implements Refusal {
    @Override
    public String code() {
      return "UNKNOWN_DISPATCH";
    }

    @Override
    public String detail() {
      return "The dispatch %s is not pending on this exception.".formatted(dispatch);
    }
  }

  /** There is no such hold on the case, or not any more. */
  record UnknownHold(HoldId hold) implements Refusal {
    @Override
    public String code() {
      return "UNKNOWN_HOLD";
    }

    @Override
    public String detail() {
      return "The exception has no hold %s. Maybe it was released already.".formatted(hold);
    }
  }

  /** The rules of its context do not let an exception rest. */
  record NotSnoozable(String context) implements Refusal {
    @Override
    public String code() {
      return "NOT_SNOOZABLE";
    }

    @Override
    public String detail() {
      return ("The rules do not let exceptions of the context \"%s\" rest. Maybe set the duration"
              + " \"snoozeAtMost\" in ruleset.yaml.")
          .formatted(context);
    }
  }

  /** The answer is about another matter of the outside system than the one that is pending. */
  record OtherMatter(String awaited, String answered) implements Refusal {
    @Override
    public String code() {
      return "OTHER_MATTER";
    }

    @Override
    public String detail() {
      return "The exception waits for %s, not for %s.".formatted(awaited, answered);
    }
  }

  /** The idempotency key was used before for something else. */
  record KeyReused(String key) implements Refusal {
    @Override
    public String code() {
      return "KEY_REUSED";
    }

    @Override
    public String detail() {
      return ("The idempotency key \"%s\" was used before with another request body. Maybe use a new"
              + " key for a new request.")
          .formatted(key);
    }
  }

  /** Others kept changing the case; nothing was done. */
  record Busy(CaseId id, int attempts) implements Refusal {
    @Override
    public String code() {
      return "BUSY";
    }

    @Override
    public String detail() {
      return "The exception %s changed %d times while this was tried. Maybe try again."
          .formatted(id, attempts);
    }
  }

  /** What was refused before under the same idempotency key is refused again in the same words. */
  record Repeated(String code, String detail) implements Refusal {}
}
