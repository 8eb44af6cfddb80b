/**
 * A ruleset's own tests: given an exception, expect a decision. It knows the rulebook as any other
 * caller does. Start with {@link dev.signalbox.rules.scenarios.Scenarios}.
 */
@NullMarked
package dev.signalbox.rules.scenarios;

import org.jspecify.annotations.NullMarked;
