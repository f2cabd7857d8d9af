package io.leeway.monitor.metrics;

import io.leeway.domain.ColumnRole;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.IdSample;
import io.leeway.profile.JointGrid;
import io.leeway.profile.JointProfile;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.Profile;
import io.leeway.profile.ProfileBundle;
import io.leeway.profile.RatioProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All measures of a column, whatever its kind. */
public final class ColumnMeasures {
  private ColumnMeasures() {}

  /**
   * What the column holds.
   *
   * @param facts what is known of it besides
   */
  public static List<Measure> statistics(Profile<?> profile, Spreads spreads, ColumnFacts facts) {
    return statistics(profile, ReferenceStatistics.none(), spreads, facts);
  }

  /**
   * What the column holds, beside what its reference held.
   *
   * @param facts what is known of it besides
   */
  public static List<Measure> statistics(
      Profile<?> profile, ReferenceStatistics reference, Spreads spreads, ColumnFacts facts) {
    List<Measure> measures = new ArrayList<>();
    if (facts.role() == ColumnRole.FEATURE_GROUP || facts.role() == ColumnRole.OUTCOME_VALUE) {
      return measures;
    }
    if (facts.role() == ColumnRole.THROUGHPUT) {
      measures.addAll(
          OperationMeasures.throughput((NumericProfile) profile, reference, facts.length()));
    } else if (facts.role() == ColumnRole.BUSINESS_CAPPED) {
      measures.addAll(
          BusinessMeasures.mean(
              "business_mean_capped", (NumericProfile) profile, reference, spreads));
    } else if (profile instanceof NumericProfile numeric) {
      measures.addAll(NumericStatistics.of(numeric, reference, spreads, facts.range()));
      measures.addAll(ofRole(numeric, reference, spreads, facts.role()));
    } else if (profile instanceof ProfileBundle outcome) {
      measures.addAll(OutcomeMeasures.of(outcome, reference, spreads, facts));
    } else if (profile instanceof RatioProfile ratio) {
      measures.addAll(BusinessMeasures.ratio(ratio, reference, spreads));
    } else if (profile instanceof IdSample ids) {
      measures.addAll(IdMeasures.of(ids, reference, spreads));
    } else if (profile instanceof CategoricalProfile categories) {
      measures.addAll(CategoricalMeasures.statistics(categories, reference, spreads));
      if (facts.role() == ColumnRole.FAILURE) {
        measures.addAll(OperationMeasures.failure(categories, reference, spreads));
      }
    }
    return measures;
  }

  private static List<Measure> ofRole(
      NumericProfile profile, ReferenceStatistics reference, Spreads spreads, ColumnRole role) {
    return switch (role) {
      case LATENCY -> OperationMeasures.latency(profile, reference, spreads);
      case COST -> OperationMeasures.cost(profile, reference, spreads);
      case BUSINESS -> BusinessMeasures.mean("business_mean", profile, reference, spreads);
      default -> List.of();
    };
  }

  /** Whether windows are held against the reference and the window before by their distances. */
  public static boolean isCompared(ColumnRole role) {
    return switch (role) {
      case THROUGHPUT,
          FAILURE,
          BUSINESS_CAPPED,
          BUSINESS_RATIO,
          IDENTITY,
          LABEL_DELAY,
          FEATURE_GROUP,
          OUTCOME_VALUE ->
          false;
      default -> true;
    };
  }

  /**
   * How far the window lies from the reference, by the column that it is told of: {@code column}
   * itself, unless that looks at each feature in turn.
   *
   * @param comparison what kind of reference it is
   * @param sameVersion whether both sides are of one model version
   * @param facts what is known of the column in the window
   */
  public static <P extends Profile<P>> Map<String, List<Measure>> drift(
      String column,
      Described<P> referenceSide,
      Described<P> windowSide,
      Comparison comparison,
      boolean sameVersion,
      Spreads spreads,
      ColumnFacts facts) {
    Profile<?> reference = referenceSide.profile();
    Profile<?> window = windowSide.profile();
    if (window instanceof ProfileBundle) {
      return Map.of("", OutcomeChanges.of(referenceSide, windowSide, comparison, spreads, facts));
    }
    if (facts.role() == ColumnRole.OUTCOME_BY_FEATURE) {
      return RelationByFeature.of(
          column, (JointProfile) reference, (JointProfile) window, comparison, spreads, facts);
    }
    if (facts.role() == ColumnRole.LABEL && window instanceof CategoricalProfile labels) {
      return Map.of(
          column,
          drift(
              ((CategoricalProfile) reference).withoutNulls(),
              labels.withoutNulls(),
              comparison,
              spreads));
    }
    if (window instanceof JointProfile joint) {
      JointProfile before = (JointProfile) reference;
      return joint.grid().keeps() == JointGrid.Keeps.GROUPS
          ? ScoreByFeature.of(before, joint, comparison, spreads)
          : Map.of(column, JointMeasures.of(before, joint, comparison, sameVersion, spreads));
    }
    return Map.of(column, drift(reference, window, comparison, spreads));
  }

  /** The metric that people look for first, which says why there are no others. */
  public static String first(ColumnRole role) {
    return switch (role) {
      case JOINT -> JointMeasures.DRIFT;
      case SCORE_BY_FEATURE -> "score_change";
      case THROUGHPUT -> "throughput_peak_per_minute";
      case FAILURE -> "failure_rate";
      case BUSINESS_CAPPED -> "business_mean_capped";
      case BUSINESS_RATIO -> BusinessMeasures.RATIO;
      case IDENTITY -> "duplicate_rate";
      case OUTCOME -> "label_coverage";
      case LABEL_DELAY -> "median";
      default -> "psi";
    };
  }

  /** The metric that says why a column is not compared; empty where nobody looks for one. */
  public static Optional<String> leading(Profile<?> window) {
    if (window instanceof ProfileBundle) {
      return Optional.of("accuracy_change");
    }
    if (window instanceof JointProfile joint) {
      boolean moments = joint.grid().keeps() == JointGrid.Keeps.MOMENTS;
      return moments && joint.grid().inputs() > 1
          ? Optional.of(JointMeasures.DRIFT)
          : Optional.empty();
    }
    return Optional.of("psi");
  }

  /**
   * How far a single column's window lies from the reference.
   *
   * @param comparison what kind of reference it is
   */
  public static List<Measure> drift(
      Profile<?> reference, Profile<?> window, Comparison comparison, Spreads spreads) {
    return window instanceof NumericProfile numeric
        ? NumericDrift.of((NumericProfile) reference, numeric, comparison, spreads)
        : CategoricalMeasures.drift(
            (CategoricalProfile) reference, (CategoricalProfile) window, comparison, spreads);
  }
}
