/**
 * Why rules fired or did not. The rules engine says what fired; the conditions of the other rules
 * are followed here, one by one, over the same facts. Start with {@link
 * dev.signalbox.rules.explain.Explanation}.
 */
@NullMarked
package dev.signalbox.rules.explain;

import org.jspecify.annotations.NullMarked;
