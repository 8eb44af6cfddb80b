/**
 * Who works on exceptions: the leases under which people hold them, and the rosters from which
 * somebody is chosen by rule. It knows the domain, the database, the chain of its own events, and
 * what each role may take on; the desk, which alone changes a case, writes the leases and the
 * choices in its commits. Start with {@link dev.signalbox.reviewers.ClaimTable} and {@link
 * dev.signalbox.reviewers.Assigner}.
 */
@NullMarked
package dev.signalbox.reviewers;

import org.jspecify.annotations.NullMarked;
