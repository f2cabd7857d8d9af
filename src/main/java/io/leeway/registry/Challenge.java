package io.leeway.registry;

import java.time.Instant;

/**
 * A version that is tried beside the champion.
 *
 * @param test names the test; its first entry's number
 * @param version of the challenger
 * @param shadow it answers beside the champion, and nobody gets its answers
 * @param basisPoints its share of the traffic, in [1, 9 999]; 0 in the shadow
 * @param step of the ramp, from 0
 * @param salt of the assignment
 * @param since when the test began
 * @param stepSince when this step began
 */
public record Challenge(
    long test,
    int version,
    boolean shadow,
    int basisPoints,
    int step,
    String salt,
    Instant since,
    Instant stepSince) {
  Challenge ramped(int more, int next, Instant at) {
    return new Challenge(test, version, shadow, more, next, salt, since, at);
  }
}
