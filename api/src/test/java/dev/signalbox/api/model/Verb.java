package dev.signalbox.api.model;

import java.util.Set;

/**
 * What is said to an exception over HTTP, and who may say it, as the documents say; and what
 * happens around it by itself.
 */
enum Verb {
  REPORT_NEW("reporter"),
  REPORT_SAME("reporter"),
  REPORT_OLD("reporter"),
  REPORT_OTHER("reporter"),
  CLEAR("reporter"),
  ASSIGN("analyst", "senior", "compliance", "operator"),
  UNASSIGN("analyst", "senior", "compliance", "operator"),
  REVIEW("analyst", "senior", "compliance"),
  CLAIM("analyst", "senior", "compliance"),
  RELEASE("analyst", "senior", "compliance", "approver"),
  HEARTBEAT("analyst", "senior", "compliance", "approver"),
  PROPOSE("analyst", "senior", "compliance"),
  APPROVE("senior", "compliance", "approver"),
  REJECT("senior", "compliance", "approver"),
  ESCALATE("analyst", "senior", "compliance", "operator"),
  DISPATCH("operator"),
  CALLBACK("operator"),
  REDRIVE("operator"),
  HOLD("analyst", "senior", "compliance", "operator"),
  UNHOLD("senior", "compliance"),
  SNOOZE("analyst", "senior", "compliance"),
  WAKE("analyst", "senior", "compliance"),
  COMMENT("analyst", "senior", "compliance", "approver", "operator"),
  DISPUTE_OPEN("analyst", "senior", "compliance"),
  DISPUTE_EVIDENCE("analyst", "senior", "compliance"),
  DISPUTE_REQUEST("analyst", "senior", "compliance"),
  DISPUTE_CLOSE("analyst", "senior", "compliance"),
  DISPUTE_REOPEN("analyst", "senior", "compliance"),

  /** Nobody was heard of for the length of the lease. */
  LEASE_RUNS_OUT,
  /** The time comes until which it rests. */
  REST_RUNS_OUT,
  LEDGER_POSTS,
  LEDGER_REFUSES,
  /** It was asked as often as allowed, and never answered. */
  LEDGER_IS_SILENT;

  @SuppressWarnings("ImmutableEnumChecker") // Nobody can change it.
  private final Set<String> roles;

  Verb(String... roles) {
    this.roles = Set.of(roles);
  }

  boolean isFor(String role) {
    return roles.contains(role);
  }

  /** Whether nobody says it. */
  boolean isByItself() {
    return roles.isEmpty();
  }

  boolean isReport() {
    return switch (this) {
      case REPORT_NEW, REPORT_SAME, REPORT_OLD, REPORT_OTHER -> true;
      default -> false;
    };
  }

  boolean isOfDispute() {
    return switch (this) {
      case DISPUTE_EVIDENCE, DISPUTE_REQUEST, DISPUTE_CLOSE, DISPUTE_REOPEN -> true;
      default -> false;
    };
  }

  /** Whether it is about the version that was seen last. */
  boolean isConditional() {
    return !isReport() && !isByItself() && this != CALLBACK && this != HEARTBEAT;
  }

  /** Whether it may be said under a claim. */
  boolean isUnderClaim() {
    return switch (this) {
      case ASSIGN, UNASSIGN, REVIEW, CLAIM, RELEASE, PROPOSE, APPROVE, REJECT -> true;
      default -> false;
    };
  }

  /** What only the holder of a claim says, however the exception is routed. */
  boolean isForTheHolder() {
    return switch (this) {
      case REVIEW, CLAIM, PROPOSE, APPROVE, REJECT -> true;
      default -> false;
    };
  }

  /** What anybody says while another has claimed it, even where only one may have it. */
  boolean isForAnybody() {
    return switch (this) {
      case CLEAR, CALLBACK, COMMENT, HOLD, UNHOLD -> true;
      default -> isReport() || isByItself();
    };
  }
}
