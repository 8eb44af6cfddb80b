package dev.signalbox.rules.check;

import dev.signalbox.exceptions.AssignmentRule;
import dev.signalbox.exceptions.Lane;
import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.ResolutionKind;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.rules.facts.Attributes;
import dev.signalbox.rules.facts.Classified;
import dev.signalbox.rules.facts.Item;
import dev.signalbox.rules.facts.NearMatch;
import dev.signalbox.rules.facts.Parameters;
import dev.signalbox.rules.facts.Party;
import dev.signalbox.rules.facts.PartyRisk;
import dev.signalbox.rules.facts.Proposal;
import dev.signalbox.rules.facts.Proposer;
import dev.signalbox.rules.facts.Waiting;
import java.util.Arrays;
import java.util.List;

/**
 * The words of rules. What is not here is refused. A new decision point is a line for each fact, a
 * line for its output, and one that brings them together; {@code WordsTest} compares the facts with
 * their records. A call may stand here only if it is pure, cannot fail on any fact, and takes time
 * and memory in proportion to its arguments.
 */
public final class Words {
  private static final String ROOM = "dev.signalbox.rules.";

  /** All of them. */
  public static final Vocabulary ALL =
      facts(values(new Vocabulary()))
          .choice(Severity.values())
          .choice(ReasonCode.values())
          .choice(PartyRisk.values())
          .choice(ResolutionKind.values())
          .choice(Proposer.values())
          .choice(Lane.values())
          // What outputs have in common: rules link it, and have nothing to say to it.
          .output(ROOM + "Output")
          .output(
              ROOM + "Classifying",
              "severity(Severity) nothing",
              "severity(Severity, whole) nothing")
          .point("classify", ROOM + "Classifying", Item.class)
          .output(ROOM + "Routing", "to(text) Way", "flag(text) nothing", "flags(texts) nothing")
          .output(ROOM + "Routing$Way", "immediate() Way", "batch() Way", "retry() Way")
          .output(ROOM + "Routing$Way", "target(text) Way", "requiredRole(text) Way")
          .output(ROOM + "Routing$Way", "exclusiveLock() Way", "skill(text) Way")
          .output(ROOM + "Routing$Way", "assign(text) Way")
          .only("Way", "assign", assignments())
          .point("route", ROOM + "Routing", Item.class, Classified.class)
          .output(
              ROOM + "Resolving",
              "match(text) nothing",
              "knownDifference(text) nothing",
              "knownDifference(text, whole) nothing")
          .point("resolve", ROOM + "Resolving", Item.class, Classified.class, NearMatch.class)
          .output(ROOM + "Gating", "accept() nothing", "review() nothing", "reject() nothing")
          .point("gate", ROOM + "Gating", Item.class, Classified.class, Proposal.class)
          .output(ROOM + "Approving", "by(text) nothing", "byNobody() nothing")
          .point("approve", ROOM + "Approving", Item.class, Classified.class, Proposal.class)
          .output(ROOM + "Escalating", "remind(whole) Escalating")
          .output(ROOM + "Escalating", "reassign(whole, text) Escalating")
          .output(ROOM + "Escalating", "deadLetter(whole, text) Escalating")
          .point("escalate", ROOM + "Escalating", Item.class, Classified.class, Waiting.class);

  private Words() {}

  private static List<String> assignments() {
    return Arrays.stream(AssignmentRule.values()).map(AssignmentRule::word).toList();
  }

  private static Vocabulary values(Vocabulary words) {
    return words
        .kind("amount", "abs() amount", "negate() amount", "signum() whole")
        .kind("text", "isEmpty() flag", "length() whole", "startsWith(text) flag")
        .kind("text", "endsWith(text) flag", "contains(text) flag", "equalsIgnoreCase(text) flag")
        .kind("texts", "isEmpty() flag", "size() whole", "contains(text) flag");
  }

  private static Vocabulary facts(Vocabulary words) {
    return words
        .fact(Item.class, "context text", "source text", "reasonCode ReasonCode", "amount amount")
        .fact(Item.class, "currency text", "magnitude amount", "magnitudeKnown flag")
        .fact(Item.class, "transactionAgeHours whole", "confidence amount", "counterparty Party")
        .fact(
            Item.class,
            "counterpartyId text",
            "regulatory texts",
            "glAccount text",
            "candidates whole")
        .fact(Item.class, "recurrences whole", "attributes Attributes", "parameters Parameters")
        .fact(Classified.class, "severity Severity")
        .fact(Party.class, "id text", "known flag", "riskTier PartyRisk", "restricted flag")
        .fact(Party.class, "trusted flag")
        .fact(Attributes.class, "has(text) flag", "text(text) text", "number(text) amount")
        .fact(Attributes.class, "flag(text) flag")
        .fact(Parameters.class, "amount(text) amount", "hours(text) whole", "list(text) texts")
        .fact(Parameters.class, "anyIn(text, texts) flag", "text(text) text")
        .fact(Parameters.class, "number(text) amount", "role(text) text")
        .fact(NearMatch.class, "ref text", "source text", "sameReference flag")
        .fact(NearMatch.class, "difference amount", "score amount")
        .fact(Proposal.class, "kind ResolutionKind", "proposer Proposer", "role text")
        .fact(Proposal.class, "model text", "confidence amount", "candidate text")
        .fact(Proposal.class, "candidateKnown flag", "magnitude amount", "magnitudeKnown flag")
        .fact(Waiting.class, "queue text", "lane Lane");
  }
}
