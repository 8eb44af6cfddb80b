/**
 * Streams reports into a running instance, with back-pressure both ways. Start with {@link
 * dev.signalbox.ops.load.Loader}.
 */
@NullMarked
package dev.signalbox.ops.load;

import org.jspecify.annotations.NullMarked;
