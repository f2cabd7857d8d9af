package io.leeway.monitor;

import java.time.Instant;
import java.util.Optional;

/**
 * What is asked of one run of the monitor.
 *
 * @param from windows that start at or after this are computed again, published or not
 * @param until windows that end at or before this are; with neither, those without a published part
 * @param force whether a run that is already committed is made again
 * @param dryRun whether to plan only
 * @param now windows that end later are not complete yet and are left alone
 */
public record MonitorRequest(
    Optional<Instant> from, Optional<Instant> until, boolean force, boolean dryRun, Instant now) {
  /** Whatever is due now. */
  public static MonitorRequest due() {
    return new MonitorRequest(Optional.empty(), Optional.empty(), false, false, Instant.now());
  }

  boolean asksForWindows() {
    return from.isPresent() || until.isPresent();
  }
}
