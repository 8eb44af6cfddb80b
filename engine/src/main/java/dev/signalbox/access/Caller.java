package dev.signalbox.access;

import dev.signalbox.exceptions.Actor;
import dev.signalbox.exceptions.Competence;
import dev.signalbox.exceptions.Reviewer;
import dev.signalbox.exceptions.Sight;
import java.util.Comparator;
import java.util.Set;

/**
 * Who calls.
 *
 * @param name the same for all that one person or system does
 * @param sight which exceptions it may see and touch
 * @param competence what it may take on
 */
public record Caller(String name, Set<Role> roles, Sight sight, Competence competence) {
  /** What rules take for a proposer's highest role is the gravest responsibility. */
  private static final Comparator<Role> BY_RANK =
      Comparator.comparingInt(role ->
          switch (role) {
            case COMPLIANCE -> 0;
            case SENIOR -> 1;
            case APPROVER -> 2;
            case ANALYST -> 3;
            case ADMIN, RULE_AUTHOR, AUDITOR, OPERATOR, REPORTER, VIEWER -> 4;
          });

  public Caller {
    roles = Set.copyOf(roles);
  }

  public Actor actor() {
    return new Actor.Person(name);
  }

  /** The person as somebody who works on exceptions. */
  public Reviewer reviewer() {
    return new Reviewer(name, roles.stream().sorted(BY_RANK).map(Role::name).toList(), competence);
  }

  public boolean may(Permission permission) {
    return permission.isOf(roles);
  }
}
