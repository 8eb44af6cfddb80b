package dev.signalbox.rules.check;

import dev.signalbox.exceptions.ReasonCode;
import dev.signalbox.exceptions.Severity;
import dev.signalbox.rules.facts.Attributes;
import dev.signalbox.rules.facts.Classified;
import dev.signalbox.rules.facts.Item;
import dev.signalbox.rules.facts.Parameters;
import dev.signalbox.rules.facts.Party;
import dev.signalbox.rules.facts.PartyRisk;

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
          .output(
              ROOM + "Classifying",
              "severity(Severity) nothing",
              "severity(Severity, whole) nothing")
          .point("classify", ROOM + "Classifying", Item.class)
          .output(ROOM + "Routing", "to(text) Way", "flag(text) nothing", "flags(texts) nothing")
          .output(ROOM + "Routing$Way", "immediate() Way", "batch() Way", "retry() Way")
          .output(ROOM + "Routing$Way", "target(text) Way", "requiredRole(text) Way")
          .output(ROOM + "Routing$Way", "exclusiveLock() Way")
          .point("route", ROOM + "Routing", Item.class, Classified.class);

  private Words() {}

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
        .fact(Item.class, "regulatory texts", "glAccount text", "candidates whole")
        .fact(Item.class, "recurrences whole", "attributes Attributes", "parameters Parameters")
        .fact(Classified.class, "severity Severity")
        .fact(Party.class, "id text", "known flag", "riskTier PartyRisk", "restricted flag")
        .fact(Party.class, "trusted flag")
        .fact(Attributes.class, "has(text) flag", "text(text) text", "number(text) amount")
        .fact(Attributes.class, "flag(text) flag")
        .fact(Parameters.class, "amount(text) amount", "hours(text) whole", "list(text) texts")
        .fact(Parameters.class, "anyIn(text, texts) flag", "text(text) text");
  }
}
