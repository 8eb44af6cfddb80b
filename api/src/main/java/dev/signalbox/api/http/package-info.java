/**
 * HTTP: routes, answers and streams over Vert.x. The event loop parses and answers; what waits is
 * done on virtual threads. It knows the desk and what is below it, and no adapter. Start with
 * {@link dev.signalbox.api.http.HttpApi}.
 */
@NullMarked
package dev.signalbox.api.http;

import org.jspecify.annotations.NullMarked;
