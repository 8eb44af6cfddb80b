/**
 * The life of a ruleset in the service: a source is watched, what comes is judged, what is admitted
 * is activated, on every node, and can be rolled back; each step is an event in a chain of its own.
 * It knows rulesets and the database, and nothing of exceptions' lives. Start with {@link
 * dev.signalbox.rulesets.RulesetWatch} and {@link dev.signalbox.rulesets.ActiveRuleset}.
 */
@NullMarked
package dev.signalbox.rulesets;

import org.jspecify.annotations.NullMarked;
