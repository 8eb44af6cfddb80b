package dev.signalbox.rules.facts;

/** The risk class of a counterparty, with a name for having none. */
public enum PartyRisk {
  UNKNOWN,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
