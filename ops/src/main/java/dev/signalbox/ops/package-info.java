/** The program's entrance. Start with {@link dev.signalbox.ops.Main}. */
@NullMarked
package dev.signalbox.ops;

import org.jspecify.annotations.NullMarked;
