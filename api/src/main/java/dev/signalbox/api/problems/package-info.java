/**
 * What an error looks like to a caller: RFC 9457, one shape for all. One exhaustive switch makes a
 * problem of each refusal. Start with {@link dev.signalbox.api.problems.Problem}.
 */
@NullMarked
package dev.signalbox.api.problems;

import org.jspecify.annotations.NullMarked;
