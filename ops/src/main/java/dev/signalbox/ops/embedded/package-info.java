/**
 * PostgreSQL on this machine, started and stopped with the service, for whoever has none yet. It
 * knows files and processes, and of the rest only how to connect. Start with {@link
 * dev.signalbox.ops.embedded.EmbeddedDatabase}.
 */
@NullMarked
package dev.signalbox.ops.embedded;

import org.jspecify.annotations.NullMarked;
