package dev.signalbox.exceptions;

import java.util.List;

/**
 * A person who works on exceptions.
 *
 * @param name by which journals know the person
 * @param roles in the words of rules, e.g. {@code SENIOR}; the highest first
 * @param competence what the person may take on
 */
public record Reviewer(String name, List<String> roles, Competence competence) {
  public Reviewer {
    roles = List.copyOf(roles);
  }

  public Reviewer(String name, List<String> roles) {
    this(name, roles, Competence.PLAIN);
  }

  public Reviewer with(Competence other) {
    return new Reviewer(name, roles, other);
  }

  /** Empty for somebody without any. */
  public String highestRole() {
    return roles.isEmpty() ? "" : roles.getFirst();
  }
}
