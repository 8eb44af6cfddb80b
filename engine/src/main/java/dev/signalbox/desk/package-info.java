/**
 * The one door to a case: every report, person, timer, callback and adapter changes a case here and
 * nowhere else, in one commit of state, journal and work. It knows the domain, the rulebook, the
 * journal and the work table; nobody below knows it. Start with {@link dev.signalbox.desk.Desk}.
 */
@NullMarked
package dev.signalbox.desk;

import org.jspecify.annotations.NullMarked;
