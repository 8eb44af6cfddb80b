/**
 * The story a stranger watches: a thousand realistic exceptions routed, on a node of their own,
 * with stand-ins for the outside. Start with {@link dev.signalbox.ops.demo.Demo}.
 */
@NullMarked
package dev.signalbox.ops.demo;

import org.jspecify.annotations.NullMarked;
