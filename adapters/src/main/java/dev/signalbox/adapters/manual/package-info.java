/**
 * Work that people take outside of every system, e.g. on the phone. Start with {@link
 * dev.signalbox.adapters.manual.ManualOutlet}.
 */
@NullMarked
package dev.signalbox.adapters.manual;

import org.jspecify.annotations.NullMarked;
