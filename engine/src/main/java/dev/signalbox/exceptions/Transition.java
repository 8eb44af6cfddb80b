package dev.signalbox.exceptions;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of the lifecycle's table.
 *
 * @param from where the command is taken; empty for a case that does not exist yet
 * @param to where it may lead; null when the status stays
 */
public record Transition(
    CaseCommand.Kind command, Set<CaseStatus> from, @Nullable Set<CaseStatus> to) {
  public Transition {
    from = Set.copyOf(from);
    to = to == null ? null : Set.copyOf(to);
  }

  boolean allows(CaseCommand.Kind kind, CaseStatus status) {
    return command == kind && from.contains(status);
  }
}
