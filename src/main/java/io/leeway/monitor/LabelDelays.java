package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Window;
import io.leeway.monitor.metrics.LateLabels;
import io.leeway.profile.NumericProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How late labels come, as the reference's show it, and so how many may be expected to be there.
 *
 * @param now when it is asked
 * @param byClass of each class the delays of its labels in the reference, in seconds; empty where
 *     they are not known
 */
record LabelDelays(ModelConfig model, Instant now, List<NumericProfile> byClass) {
  LabelDelays {
    byClass = List.copyOf(byClass);
  }

  /** The same as it was at another time. */
  LabelDelays asOf(Instant time) {
    return new LabelDelays(model, time, byClass);
  }

  /** Of the predictions of a window. */
  LateLabels of(Window window) {
    Instant matureOn = window.end().plus(model.labels().orElseThrow().matureAfter());
    Instant middle =
        window.start().plus(Duration.between(window.start(), window.end()).dividedBy(2));
    double age = Duration.between(middle, now).toMillis() / 1000.0;
    return new LateLabels(
        !matureOn.isAfter(now),
        matureOn,
        byClass.stream().map(delays -> delays.shareUpTo(age)).toList());
  }
}
