/**
 * What operators see: the names of all metrics and spans in one place, over the OpenTelemetry API.
 * It knows the domain's words and nothing that is measured; exporters are chosen where the program
 * is assembled. Start with {@link dev.signalbox.signals.Signals}.
 */
@NullMarked
package dev.signalbox.signals;

import org.jspecify.annotations.NullMarked;
