/** The outside systems, each in a package of its own; none knows another. */
@NullMarked
package dev.signalbox.adapters;

import org.jspecify.annotations.NullMarked;
