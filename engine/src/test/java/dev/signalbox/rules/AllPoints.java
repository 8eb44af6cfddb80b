package dev.signalbox.rules;

import dev.signalbox.exceptions.Decision.Route;
import java.util.List;

/** What a rulebook says of one item, and of what somebody proposes for it. */
final class AllPoints {
  private AllPoints() {}

  static List<Object> of(Rulebook rulebook, ProposalQuestion proposal) {
    var question = proposal.item();
    var assessment = rulebook.assess(question);
    var severity = assessment.classification().decision().severity();
    return List.of(
        assessment,
        rulebook.resolve(question, severity),
        rulebook.gate(proposal, severity),
        rulebook.approve(proposal, severity),
        assessment.routing().decision() instanceof Route route
            ? rulebook.escalate(question, severity, route)
            : "unrouted");
  }
}
