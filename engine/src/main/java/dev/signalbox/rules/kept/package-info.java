/**
 * Compiled rules that outlive the program: the classes that rules became as bytes, the name under
 * which they may be found again, and the port to where they are kept. Whoever loads them reads them
 * with {@link dev.signalbox.rules.link.LinkCheck} first, as if they came from the compiler. Knows
 * no files; what was said of rules is not in here, only what they became.
 */
@NullMarked
package dev.signalbox.rules.kept;

import org.jspecify.annotations.NullMarked;
