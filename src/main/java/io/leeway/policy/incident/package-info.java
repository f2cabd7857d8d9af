/**
 * From breaches to what people deal with, pure: what of a window's breaches has one cause ({@link
 * io.leeway.policy.incident.Causes}), and how incidents open, go on and end from window to window
 * ({@link io.leeway.policy.incident.IncidentBook}).
 *
 * <p>Nothing here reads a clock or a table. The same verdicts in the same order of windows make the
 * same incidents, whether they are judged day by day, in a backfill or in a replay.
 */
package io.leeway.policy.incident;
