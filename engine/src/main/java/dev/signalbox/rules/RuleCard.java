package dev.signalbox.rules;

import dev.signalbox.exceptions.FiredRule;

/** What is known of a rule beside its code. */
record RuleCard(String name, String id, String owner, String because, int salience) {
  FiredRule fired() {
    return new FiredRule(id, because);
  }
}
