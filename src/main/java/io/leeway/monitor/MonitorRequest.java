package io.leeway.monitor;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is asked of one run of the monitor.
 *
 * @param from windows that start at or after this are computed again, published or not
 * @param until windows that end at or before this are; with neither, those without a published part
 *     and those that have changed since
 * @param labelsUntil predictions and labels of later times are not looked at
 * @param sourceVersion of the predictions' table to be read; the newest unless given
 * @param force whether a run that is already committed is made again
 * @param dryRun whether to plan only
 * @param now windows that end later are not complete yet and are left alone
 */
public record MonitorRequest(
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<Instant> labelsUntil,
    OptionalLong sourceVersion,
    boolean force,
    boolean dryRun,
    Instant now) {
  /** Whatever is due at a time. */
  public static MonitorRequest due(Instant now) {
    return asked(Optional.empty(), Optional.empty(), now);
  }

  /** Windows that are asked for. */
  public static MonitorRequest asked(Optional<Instant> from, Optional<Instant> until, Instant now) {
    return new MonitorRequest(
        from, until, Optional.empty(), OptionalLong.empty(), false, false, now);
  }

  /** The same, though it is committed already. */
  public MonitorRequest forced() {
    return new MonitorRequest(from, until, labelsUntil, sourceVersion, true, dryRun, now);
  }

  /** Whether this run follows the source's log, and the next one may go on where it ends. */
  boolean isIncremental() {
    return !asksForWindows() && sourceVersion.isEmpty() && labelsUntil.isEmpty();
  }

  boolean asksForWindows() {
    return from.isPresent() || until.isPresent();
  }
}
