/** What differs between two versions of a ruleset, as its authors think of it. A pure function. */
@NullMarked
package dev.signalbox.rules.diff;

import org.jspecify.annotations.NullMarked;
