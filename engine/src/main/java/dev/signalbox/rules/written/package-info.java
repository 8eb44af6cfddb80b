/**
 * Rules as their authors wrote them, with their places: for those who explain, compare or review
 * them. It reads a ruleset that has passed its check, and compiles nothing.
 */
@NullMarked
package dev.signalbox.rules.written;

import org.jspecify.annotations.NullMarked;
