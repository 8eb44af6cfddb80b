/**
 * The domain, pure: what an exception is, what may be said to it, and what then becomes of it.
 *
 * <p>It knows the JDK and nothing else: no database, no rules engine, no clock. Start with {@link
 * dev.signalbox.exceptions.ExceptionCase}, then {@link dev.signalbox.exceptions.CaseCommand},
 * {@link dev.signalbox.exceptions.CaseEvent} and the {@link dev.signalbox.exceptions.Lifecycle}
 * that leads from one to the other.
 */
@NullMarked
package dev.signalbox.exceptions;

import org.jspecify.annotations.NullMarked;
