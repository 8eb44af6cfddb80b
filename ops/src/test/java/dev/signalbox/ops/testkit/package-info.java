/**
 * A whole node for tests, and what stands around it. Start with {@link
 * dev.signalbox.ops.testkit.LiveBox}.
 */
@NullMarked
package dev.signalbox.ops.testkit;

import org.jspecify.annotations.NullMarked;
