package dev.signalbox.exceptions;

/** The risk class of a counterparty, declared from least to most risky. */
public enum RiskTier {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
