/**
 * How fast the product is, each number beside the limit that the same machine set in the same run.
 * Measures from outside: over HTTP, through the tables, by the sizes on disk. Nothing else knows
 * it.
 */
@NullMarked
package dev.signalbox.ops.bench;

import org.jspecify.annotations.NullMarked;
