package io.leeway.monitor.metrics;

import io.leeway.config.Task;
import io.leeway.domain.Segment;
import io.leeway.profile.Moment;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.ProfileBundle;
import io.leeway.stats.Outcome;
import io.leeway.stats.calibration.CalibrationInTheLarge;
import io.leeway.stats.inference.MeanInterval;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.performance.Confusion;
import io.leeway.stats.performance.Share;
import java.util.Optional;

/**
 * What of a group's outcome is compared with other groups'.
 *
 * @param name of the group
 * @param segment that it is
 * @param counts what happened against what was decided
 * @param calibration by how much more came than the scores promised, where they are probabilities
 * @param errors of a regression: mean and deviation of the errors, where there are two rows
 */
public record GroupOutcome(
    String name,
    Segment segment,
    OutcomeCounts counts,
    Optional<Estimated> calibration,
    Optional<Errors> errors) {

  /** An estimate and the rows of its rarer class. */
  record Estimated(MeanInterval mean, long rows, long rarer) {}

  /** Of so many labelled rows. */
  record Errors(long rows, double mean, double deviation) {}

  /** Takes what is needed of a group's profiles. */
  public static GroupOutcome of(
      String name, Segment segment, ProfileBundle bundle, OutcomeMembers members) {
    return new GroupOutcome(
        name,
        segment,
        OutcomeCounts.of(bundle, members),
        members.task() == Task.BINARY
            ? BinaryMeasures.scores(bundle).flatMap(GroupOutcome::calibration)
            : Optional.empty(),
        bundle.numeric(OutcomeMembers.ERROR).flatMap(GroupOutcome::errors));
  }

  private static Optional<Estimated> calibration(ScoreOutcomes scores) {
    if (!scores.areProbabilities()) {
      return Optional.empty();
    }
    return CalibrationInTheLarge.of(scores.coarse(), Overdispersion.NONE)
        .value()
        .map(of -> new Estimated(of.asMean(), scores.rows(), scores.rarer()));
  }

  private static Optional<Errors> errors(NumericProfile error) {
    Outcome<Double> deviation = error.deviation().map(Moment::value);
    return deviation.value().map(of -> new Errors(error.n(), error.mean(), of));
  }

  public long rows() {
    return counts.rows();
  }

  public long labelled() {
    return counts.labelled();
  }

  Confusion confusion() {
    return counts.favourable();
  }

  Share selection() {
    return counts.selection();
  }

  /** Rows without a label for which the favourable class was decided. */
  long unlabelledSelected() {
    return counts.classes() == 0
        ? 0
        : counts.pairs()[counts.classes()][counts.members().positive()];
  }

  /** Rows without a label for which another class was decided. */
  long unlabelledOthers() {
    long all = 0;
    for (int decided = 0; decided < counts.classes(); decided++) {
      all += counts.pairs()[counts.classes()][decided];
    }
    return all - unlabelledSelected();
  }
}
