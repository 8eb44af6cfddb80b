package dev.signalbox.exceptions;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A near match the engine saw and did not take.
 *
 * @param date as reported: a date or an instant (RFC 3339)
 * @param score the matcher's score, 0 to 1
 */
public record Candidate(
    String ref,
    @Nullable String source,
    @Nullable Money money,
    @Nullable String date,
    @Nullable BigDecimal score,
    @Nullable String reference) {}
