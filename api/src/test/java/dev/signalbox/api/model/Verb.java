package dev.signalbox.api.model;

import java.util.Set;

/** What callers say to an exception over HTTP, and who may; as the documents say. */
enum Verb {
  REPORT_NEW("reporter"),
  REPORT_SAME("reporter"),
  REPORT_OLD("reporter"),
  REPORT_OTHER("reporter"),
  CLEAR("reporter"),
  ASSIGN("analyst", "senior", "compliance", "operator"),
  UNASSIGN("analyst", "senior", "compliance", "operator"),
  REVIEW("analyst", "senior", "compliance"),
  PROPOSE("analyst", "senior", "compliance"),
  APPROVE("senior", "compliance", "approver"),
  REJECT("senior", "compliance", "approver"),
  ESCALATE("analyst", "senior", "compliance", "operator"),
  DISPATCH("operator"),
  CALLBACK("operator"),
  REDRIVE("operator"),
  COMMENT("analyst", "senior", "compliance", "approver", "operator"),
  DISPUTE_OPEN("analyst", "senior", "compliance"),
  DISPUTE_EVIDENCE("analyst", "senior", "compliance"),
  DISPUTE_REQUEST("analyst", "senior", "compliance"),
  DISPUTE_CLOSE("analyst", "senior", "compliance"),
  DISPUTE_REOPEN("analyst", "senior", "compliance");

  @SuppressWarnings("ImmutableEnumChecker") // Nobody can change it.
  private final Set<String> roles;

  Verb(String... roles) {
    this.roles = Set.of(roles);
  }

  boolean isFor(String role) {
    return roles.contains(role);
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
}
