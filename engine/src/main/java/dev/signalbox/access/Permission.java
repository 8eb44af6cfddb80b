package dev.signalbox.access;

import static dev.signalbox.access.Role.ADMIN;
import static dev.signalbox.access.Role.ANALYST;
import static dev.signalbox.access.Role.APPROVER;
import static dev.signalbox.access.Role.AUDITOR;
import static dev.signalbox.access.Role.COMPLIANCE;
import static dev.signalbox.access.Role.OPERATOR;
import static dev.signalbox.access.Role.REPORTER;
import static dev.signalbox.access.Role.RULE_AUTHOR;
import static dev.signalbox.access.Role.SENIOR;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What can be done here, and which roles may: the one table of it. What is not in it nobody may. An
 * administrator may all of it.
 */
public enum Permission {
  /** See exceptions, dead letters, rulesets, the state of the service. */
  READ(Role.values()),
  /** Report exceptions. */
  REPORT(REPORTER),
  /** Withdraw an exception that was reported: its counterpart arrived. */
  WITHDRAW(REPORTER),
  /** Hand an exception to an outside system. */
  DISPATCH(OPERATOR),
  /** Say what an outside system answered. */
  ANSWER(OPERATOR),
  /** Try dead letters again. */
  REDRIVE(OPERATOR),
  /** Give an exception to somebody, or put it back on its queue. */
  ASSIGN(ANALYST, SENIOR, COMPLIANCE, OPERATOR),
  /** Say who is chosen by rule for the exceptions of a queue. */
  MANAGE_ROSTERS(SENIOR, COMPLIANCE),
  /** Take an exception, work on it, and propose how it is settled. */
  REVIEW(ANALYST, SENIOR, COMPLIANCE),
  /** Hold an exception for a while, to work on it or to approve. */
  CLAIM(ANALYST, SENIOR, COMPLIANCE, APPROVER),
  /** Countersign what somebody else proposed, or send it back. */
  APPROVE(SENIOR, COMPLIANCE, APPROVER),
  /** Take an exception up a level. */
  ESCALATE(ANALYST, SENIOR, COMPLIANCE, OPERATOR),
  /** Say something about an exception, and take back what one said oneself. */
  COMMENT(ANALYST, SENIOR, COMPLIANCE, APPROVER, OPERATOR, AUDITOR),
  /** Fight something out with an outside party. */
  DISPUTE(ANALYST, SENIOR, COMPLIANCE),
  /** Tell the ledger not to post what is related to an exception. */
  HOLD(ANALYST, SENIOR, COMPLIANCE, OPERATOR),
  /** Tell the ledger that it may post again what was held. */
  RELEASE(SENIOR, COMPLIANCE),
  /** Let an exception rest, or wake it. */
  SNOOZE(ANALYST, SENIOR, COMPLIANCE),
  /** See what the embedded book holds. */
  READ_BOOK(SENIOR, COMPLIANCE, APPROVER, AUDITOR),
  /** Have chains recomputed and decisions made again. */
  AUDIT(AUDITOR, OPERATOR, RULE_AUTHOR),
  /** Have the source of rulesets looked at. */
  REFRESH_RULES(RULE_AUTHOR),
  /** Publish what a backtest found. */
  BACKTEST_RULES(RULE_AUTHOR),
  /** Have a ruleset asked beside the one that decides. */
  SHADOW_RULES(RULE_AUTHOR),
  /** Let a ruleset decide, or take it back. */
  ACTIVATE_RULES(RULE_AUTHOR),
  /** List, make, replace and revoke keys. */
  MANAGE_KEYS;

  @SuppressWarnings("ImmutableEnumChecker") // Nobody can change it.
  private final Set<Role> roles;

  Permission(Role... roles) {
    var all = EnumSet.of(ADMIN);
    Collections.addAll(all, roles);
    this.roles = Collections.unmodifiableSet(all);
  }

  /** Who may. */
  public Set<Role> roles() {
    return roles;
  }

  /** Whether it concerns all there is, so that nobody with a limited sight may. */
  public boolean isOfTheWhole() {
    return switch (this) {
      case READ_BOOK,
          AUDIT,
          REFRESH_RULES,
          BACKTEST_RULES,
          SHADOW_RULES,
          ACTIVATE_RULES,
          MANAGE_KEYS ->
          true;
      case READ,
          REPORT,
          WITHDRAW,
          DISPATCH,
          ANSWER,
          REDRIVE,
          ASSIGN,
          MANAGE_ROSTERS,
          REVIEW,
          CLAIM,
          APPROVE,
          ESCALATE,
          COMMENT,
          DISPUTE,
          HOLD,
          RELEASE,
          SNOOZE ->
          false;
    };
  }

  /** Whether somebody with these roles may. */
  public boolean isOf(Collection<Role> held) {
    return held.stream().anyMatch(roles::contains);
  }
}
