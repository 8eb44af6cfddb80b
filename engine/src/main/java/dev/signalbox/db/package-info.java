/**
 * PostgreSQL through the Vert.x JDBC client, as straight-line code: a transaction is a function of
 * a {@link dev.signalbox.db.Tx}, and the caller's virtual thread waits. No word of the domain is
 * known here. Start with {@link dev.signalbox.db.Database}.
 */
@NullMarked
package dev.signalbox.db;

import org.jspecify.annotations.NullMarked;
