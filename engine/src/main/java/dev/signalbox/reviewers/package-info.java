/**
 * Who works on exceptions: the leases under which people hold them, what each may take on, and
 * whose turn it is. It knows the domain and the database; the desk, which alone changes a case,
 * writes the leases in its commits. Start with {@link dev.signalbox.reviewers.ClaimTable}.
 */
@NullMarked
package dev.signalbox.reviewers;

import org.jspecify.annotations.NullMarked;
