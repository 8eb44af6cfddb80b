/**
 * A node: everything put together, started in order and stopped in the other. Start with {@link
 * dev.signalbox.ops.node.Node}.
 */
@NullMarked
package dev.signalbox.ops.node;

import org.jspecify.annotations.NullMarked;
