package dev.signalbox.exceptions;

import java.util.List;

/**
 * A person who works on exceptions.
 *
 * @param name by which journals know the person
 * @param roles in the words of rules, e.g. {@code SENIOR}; the highest first
 */
public record Reviewer(String name, List<String> roles) {
  public Reviewer {
    roles = List.copyOf(roles);
  }

  /** Empty for somebody without any. */
  public String highestRole() {
    return roles.isEmpty() ? "" : roles.getFirst();
  }
}
