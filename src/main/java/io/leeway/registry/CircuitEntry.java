package io.leeway.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * The circuit as it was last published.
 *
 * @param state as {@code io.leeway.serving} names it
 * @param since when it came to that state
 * @param published when that was last said
 * @param validUntil from then on nobody may rely on it; empty if it holds until it is changed
 * @param isForced whether a person has set it, so that it outlives the champion
 * @param reason of the last entry
 * @param details of the last entry
 */
public record CircuitEntry(
    String state,
    Instant since,
    Instant published,
    Optional<Instant> validUntil,
    boolean isForced,
    String reason,
    Details details) {}
