/**
 * Who may call, as what: keys that are kept as digests, the roles they carry, and the chain of what
 * happened to keys. It knows the database and nothing of HTTP. Start with {@link
 * dev.signalbox.access.Access}, which lets callers in, and {@link dev.signalbox.access.Keys}, which
 * makes and revokes.
 */
@NullMarked
package dev.signalbox.access;

import org.jspecify.annotations.NullMarked;
