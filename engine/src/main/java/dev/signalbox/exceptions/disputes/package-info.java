/**
 * Disputes: formal investigations with an outside party, and what is talked over about an
 * exception. Values only; may know nothing but the platform.
 */
@NullMarked
package dev.signalbox.exceptions.disputes;

import org.jspecify.annotations.NullMarked;
