/**
 * What every request goes through: who calls, what the contract says, bodies, answers, keys of
 * idempotency. The event loop parses and answers; what waits is done on virtual threads. It knows
 * the desk and what is below it, and no route. Start with {@link
 * dev.signalbox.api.http.Operations}.
 */
@NullMarked
package dev.signalbox.api.http;

import org.jspecify.annotations.NullMarked;
