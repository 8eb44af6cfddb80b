package dev.signalbox.exceptions;

import dev.signalbox.exceptions.Decision.ApprovalDecision.Approval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A resolution that a person proposed and that does not hold yet.
 *
 * @param by who proposed it, and so can never approve it
 * @param needed the approvals that rules ask for; empty until they were asked
 * @param given those that there are
 */
public record PendingProposal(
    Resolution resolution, String by, Instant at, List<Approval> needed, List<Given> given) {

  /** An approval that was given. */
  public record Given(String role, String by) {}

  public PendingProposal {
    needed = List.copyOf(needed);
    given = List.copyOf(given);
  }

  static PendingProposal of(Resolution resolution, String by, Instant at) {
    return new PendingProposal(resolution, by, at, List.of(), List.of());
  }

  PendingProposal needing(List<Approval> approvals) {
    return new PendingProposal(resolution, by, at, approvals, given);
  }

  PendingProposal givenBy(String approver, String role) {
    var more = new ArrayList<>(given);
    more.add(new Given(role, approver));
    return new PendingProposal(resolution, by, at, needed, more);
  }

  /** The roles of which an approval is missing still. */
  public List<String> missing() {
    return needed.stream()
        .map(Approval::role)
        .filter(role -> given.stream().noneMatch(one -> one.role().equals(role)))
        .toList();
  }

  /** The role for which somebody can approve; empty when the person has none that is missing. */
  Optional<String> approvableBy(Reviewer approver) {
    return missing().stream().filter(approver.roles()::contains).findFirst();
  }

  boolean isApprovedBy(Reviewer approver) {
    return given.stream().anyMatch(one -> one.by().equals(approver.name()));
  }
}
