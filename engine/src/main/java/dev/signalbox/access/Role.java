package dev.signalbox.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody is here; {@link Permission} says what that allows. */
public enum Role {
  /** Sees to the installation: keys, and everything else where nobody else is there to do it. */
  ADMIN,
  /** Works on exceptions and proposes how they are settled. */
  ANALYST,
  /** An analyst for what is large or risky, who countersigns too. */
  SENIOR,
  /** Works on, and countersigns, what concerns restricted parties. */
  COMPLIANCE,
  /** Countersigns, and works on nothing. */
  APPROVER,
  /** Brings rulesets to life, and takes them back. */
  RULE_AUTHOR,
  /** Reads everything and has it recomputed. */
  AUDITOR,
  /** Sees to what goes out and comes back. */
  OPERATOR,
  /** A system that reports exceptions and withdraws them. */
  REPORTER,
  /** Reads. */
  VIEWER;

  /** As people and identity providers write it: {@code rule-author}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The role of a word, in whatever case, or of the name it is stored under. */
  public static Optional<Role> of(String word) {
    var wanted = word.strip().replace('_', '-');
    return Stream.of(values()).filter(role -> role.word().equalsIgnoreCase(wanted)).findFirst();
  }

  /** What is stored; authors of rules had another name once. */
  static Role stored(String name) {
    return name.equals("AUTHOR") ? RULE_AUTHOR : valueOf(name);
  }
}
