package dev.signalbox.rules.facts;

/** Who proposes a resolution. */
public enum Proposer {
  PERSON,
  INFERENCE,
  RULES
}
