/**
 * The driver over HTTP: a real server on a real database, and callers whose every answer is held
 * against the contract. Start with {@link dev.signalbox.api.testkit.ApiBox}.
 */
@NullMarked
package dev.signalbox.api.testkit;

import org.jspecify.annotations.NullMarked;
