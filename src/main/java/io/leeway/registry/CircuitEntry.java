package io.leeway.registry;

import java.time.Instant;

/**
 * The circuit as it was last published.
 *
 * @param state as {@code io.leeway.serving} names it
 * @param since when it came to that state
 * @param published when that was last said
 * @param validUntil from then on nobody may rely on it
 * @param reason of the last entry
 * @param details of the last entry
 */
public record CircuitEntry(
    String state,
    Instant since,
    Instant published,
    Instant validUntil,
    String reason,
    Details details) {}
