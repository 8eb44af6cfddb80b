/**
 * Where what operators see goes: a page for Prometheus always, OTLP where an endpoint is
 * configured. Start with {@link dev.signalbox.ops.telemetry.Telemetry}.
 */
@NullMarked
package dev.signalbox.ops.telemetry;

import org.jspecify.annotations.NullMarked;
