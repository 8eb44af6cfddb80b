/**
 * Calls to outside systems over HTTP: one address that was checked, one answer cut at a size, and
 * an outcome that tells "it never left" from "nobody knows". It knows no outside system and nothing
 * of a case. Start with {@link dev.signalbox.adapters.http.HttpCaller}.
 */
@NullMarked
package dev.signalbox.adapters.http;

import org.jspecify.annotations.NullMarked;
