package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.profile.JointGrid;
import io.leeway.profile.JointProfile;
import io.leeway.stats.Outcome;
import io.leeway.stats.drift.CorrelationChange;
import io.leeway.stats.estimate.ScoreChange;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Newcombe;
import io.leeway.stats.inference.Normal;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What all numeric features, and the score with them, say together. */
final class JointMeasures {
  /** The root mean square change of a correlation between two features. */
  static final String DRIFT = "multivariate_drift";

  /** The mark of a score that changed although the inputs did not. */
  static final String SERVING_FAULT = "SERVING_FAULT";

  private final Spreads spreads;
  private final MeasureDraft draft;

  private JointMeasures(MeasureDraft draft, Spreads spreads) {
    this.draft = draft;
    this.spreads = spreads;
  }

  /**
   * How far the window lies from the reference.
   *
   * @param sameVersion whether both sides are of one model version, so that the same inputs are to
   *     be scored the same
   */
  static List<Measure> of(
      JointProfile reference,
      JointProfile window,
      Comparison comparison,
      boolean sameVersion,
      Spreads spreads) {
    MeasureDraft draft = new MeasureDraft(comparison, window.n(), reference.n(), spreads);
    JointMeasures measures = new JointMeasures(draft, spreads);
    boolean likeBins = reference.grid().equals(window.grid());
    if (!likeBins) {
      draft.undefined(DRIFT, "MIXED_BINS: The two sides were counted on other bins.");
      return draft.measures();
    }
    if (window.grid().inputs() > 1) {
      measures.addDrift(reference, window);
    }
    if (window.grid().hasOutput() && comparison == Comparison.BASELINE) {
      measures.addScoreChange(reference, window, sameVersion);
    }
    return draft.measures();
  }

  private void addDrift(JointProfile reference, JointProfile window) {
    Overdispersion phi = spreads.overdispersion(Varying.BINS);
    Outcome<CorrelationChange> change =
        CorrelationChange.of(reference.crossMoments(false), window.crossMoments(false));
    draft.add(
        DRIFT,
        change.map(CorrelationChange::value),
        measure -> {
          CorrelationChange found = change.orElseThrow();
          Interval interval = found.interval(phi);
          measure
              .interval(interval.low(), interval.high())
              .expected(found.expected(phi))
              .dof(found.degrees())
              .note(largest(found, window.grid()));
        });
    draft.add("multivariate_drift_corrected", change.map(of -> of.corrected(phi)), measure -> {});
    draft.add("multivariate_drift_pvalue", change.map(of -> of.pChange(phi)), measure -> {});
  }

  private static String largest(CorrelationChange change, JointGrid grid) {
    return change.largest().stream()
        .map(
            pair ->
                String.format(
                    Locale.ROOT,
                    "%s with %s %.2f → %.2f",
                    name(grid, pair.first()),
                    name(grid, pair.second()),
                    pair.before(),
                    pair.after()))
        .collect(Collectors.joining("; ", "Largest: ", "."));
  }

  private static String name(JointGrid grid, int input) {
    return grid.isProjected() ? "projection " + input : grid.numeric().get(input);
  }

  private void addScoreChange(JointProfile reference, JointProfile window, boolean sameVersion) {
    Overdispersion phi = spreads.overdispersion(Varying.MEAN_TOGETHER);
    Outcome<ScoreChange> change =
        ScoreChange.of(reference.crossMoments(true), window.crossMoments(true), phi);
    Optional<String> otherCause = otherCause(reference, window, sameVersion, phi);
    draft.add(
        "score_change",
        change.map(ScoreChange::total),
        measure -> {
          if (otherCause.isEmpty()) {
            measure.note(change.orElseThrow().sentence());
          }
        });
    draft.add(
        "score_change_explained",
        change.map(ScoreChange::explained),
        measure -> {
          ScoreChange found = change.orElseThrow();
          around(measure, found.explained(), found.explainedError());
        });
    draft.add(
        "score_change_unexplained",
        change.map(ScoreChange::unexplained),
        measure -> {
          ScoreChange found = change.orElseThrow();
          around(measure, found.unexplained(), found.unexplainedError());
          if (found.servingFault()) {
            otherCause.ifPresentOrElse(
                measure::note, () -> measure.flag(SERVING_FAULT).note(found.sentence()));
          }
        });
  }

  /**
   * What besides a fault may have changed the score of the same numbers, where moments do not tell
   * of it; empty where all that the model is given is among them.
   */
  private static Optional<String> otherCause(
      JointProfile reference, JointProfile window, boolean sameVersion, Overdispersion phi) {
    JointGrid grid = window.grid();
    if (!sameVersion) {
      return Optional.of("No fault: the reference is of another version.");
    } else if (!grid.categorical().isEmpty()) {
      return Optional.of(
          "Not called a fault, since categories are not among these inputs and may be the cause: "
              + String.join(", ", grid.categorical())
              + ".");
    } else if (grid.isProjected()) {
      return Optional.of("Not called a fault, since projections do not tell all of the inputs.");
    }
    return IntStream.range(0, grid.numeric().size())
        .filter(column -> isMissingOtherwise(reference, window, column, phi))
        .mapToObj(
            column ->
                "Not called a fault, since "
                    + grid.numeric().get(column)
                    + " is missing in another share of the rows, which may be the cause.")
        .findFirst();
  }

  private static boolean isMissingOtherwise(
      JointProfile reference, JointProfile window, int column, Overdispersion phi) {
    return Newcombe.difference(
            window.missing(column), window.n(), reference.missing(column), reference.n(), phi)
        .fold(between -> between.low() > 0 || between.high() < 0, why -> true);
  }

  /** A value with its standard error and normal interval. */
  static void around(Measure.Builder measure, double value, double error) {
    double half = Normal.Z95 * error;
    measure.interval(value - half, value + half).stdError(error);
  }
}
