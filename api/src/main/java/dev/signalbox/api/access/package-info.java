/**
 * Who may call, as what: keys that are kept as digests, and the roles they carry. It knows the
 * database and nothing of HTTP. Start with {@link dev.signalbox.api.access.Access}.
 */
@NullMarked
package dev.signalbox.api.access;

import org.jspecify.annotations.NullMarked;
