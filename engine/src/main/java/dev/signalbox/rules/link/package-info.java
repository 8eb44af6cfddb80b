/**
 * The second wall around rule code: what the classes that rules become may see, and what they may
 * do. It does not trust that the first wall stood. Start with {@link
 * dev.signalbox.rules.link.RuleLoader} and {@link dev.signalbox.rules.link.LinkCheck}.
 */
@NullMarked
package dev.signalbox.rules.link;

import org.jspecify.annotations.NullMarked;
