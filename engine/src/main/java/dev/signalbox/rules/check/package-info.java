/**
 * The first wall around rule code: refuses all in a rule file that it does not know to be harmless.
 * It knows the words of rules (a table) and the parsers of the rules engine, and nothing of how
 * rules are compiled or asked. Start with {@link dev.signalbox.rules.check.RuleCheck}; the words
 * are in {@link dev.signalbox.rules.check.Words}.
 */
@NullMarked
package dev.signalbox.rules.check;

import org.jspecify.annotations.NullMarked;
