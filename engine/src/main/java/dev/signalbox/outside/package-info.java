/**
 * The ports to the outside: what an adapter implements, and the values that pass through them. It
 * knows the domain and no adapter, no protocol and no table. Start with {@link
 * dev.signalbox.outside.Outlet}.
 */
@NullMarked
package dev.signalbox.outside;

import org.jspecify.annotations.NullMarked;
