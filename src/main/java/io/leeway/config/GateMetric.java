package io.leeway.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a gate can hold a candidate to. Names and definitions are those of the catalogue; {@code
 * disparate_impact_ratio} is its {@code demographic_parity_ratio}.
 */
public enum GateMetric {
  LOG_LOSS(Kind.MEAN, Better.LOW, Of.CLASSES),
  BRIER(Kind.MEAN, Better.LOW, Of.CLASSES),
  ACCURACY(Kind.MEAN, Better.HIGH, Of.CLASSES),
  /** The share of positives that are decided positive. */
  RECALL(Kind.MEAN, Better.HIGH, Of.TWO_CLASSES),
  /** The share of negatives that are decided negative. */
  SPECIFICITY(Kind.MEAN, Better.HIGH, Of.TWO_CLASSES),
  MAE(Kind.MEAN, Better.LOW, Of.NUMBERS),
  MSE(Kind.MEAN, Better.LOW, Of.NUMBERS),
  ROC_AUC(Kind.AUC, Better.HIGH, Of.TWO_CLASSES),
  RMSE(Kind.WHOLE, Better.LOW, Of.NUMBERS),
  BIAS(Kind.WHOLE, Better.LOW, Of.NUMBERS),
  PRECISION(Kind.WHOLE, Better.HIGH, Of.TWO_CLASSES),
  ECE(Kind.CALIBRATION, Better.LOW, Of.CLASSES),
  CALIBRATION_IN_THE_LARGE(Kind.CALIBRATION, Better.LOW, Of.TWO_CLASSES),
  /** Of the candidate's scores against the champion's, in the champion's deciles. */
  SCORE_PSI(Kind.STABILITY, Better.LOW, Of.ALL),
  /** The share of rows that the two models decide differently. */
  DECISION_FLIP_RATE(Kind.STABILITY, Better.LOW, Of.CLASSES),
  DEMOGRAPHIC_PARITY_DIFFERENCE(Kind.GAP, Better.LOW, Of.CLASSES),
  EQUAL_OPPORTUNITY_DIFFERENCE(Kind.GAP, Better.LOW, Of.CLASSES),
  /** The gap in false positive rates. */
  PREDICTIVE_EQUALITY_DIFFERENCE(Kind.GAP, Better.LOW, Of.CLASSES),
  DISPARATE_IMPACT_RATIO(Kind.GAP, Better.HIGH, Of.CLASSES),
  /** The candidate's time for a thousand rows over the champion's. */
  INFERENCE_COST_RATIO(Kind.COST, Better.LOW, Of.ALL);

  /** How a metric is made, on which hangs what may be demanded of it. */
  public enum Kind {
    /** A mean over rows, comparable row by row, in segments and scenarios, too. */
    MEAN,
    /** Comparable over the same rows, in segments and scenarios, too. */
    AUC,
    /** A value of the candidate alone. */
    WHOLE,
    /** A value of the candidate's probabilities alone. */
    CALIBRATION,
    /** How far the candidate is from the champion, better or worse. */
    STABILITY,
    /** A difference or ratio between groups of an attribute. */
    GAP,
    /** What it costs to ask the model. */
    COST;

    /** Whether single segments can be tested for it, and a champion held against it. */
    public boolean isTested() {
      return this == MEAN || this == AUC;
    }

    /** Whether named rows alone can be asked for it. */
    public boolean hasScenarios() {
      return this != COST && this != GAP;
    }
  }

  /** Which way is better; of signed values, whose size is judged, {@code LOW}. */
  public enum Better {
    LOW,
    HIGH
  }

  /** What models predict that have it. */
  private enum Of {
    TWO_CLASSES,
    CLASSES,
    NUMBERS,
    ALL
  }

  private final Kind kind;
  private final Better better;
  private final Of of;

  GateMetric(Kind kind, Better better, Of of) {
    this.kind = kind;
    this.better = better;
    this.of = of;
  }

  /** As written in the configuration and in results. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Kind kind() {
    return kind;
  }

  public Better better() {
    return better;
  }

  /**
   * Whether it may be demanded: a value only on its good side, a comparison with the champion where
   * its noise is known, growth of a difference between groups.
   */
  public boolean takes(GateDemand demand) {
    return switch (demand) {
      case NO_WORSE_BY, BETTER -> kind.isTested();
      case ABOVE -> better == Better.HIGH;
      case BELOW -> better == Better.LOW;
      case GROWS_BY -> kind == Kind.GAP && better == Better.LOW;
    };
  }

  /** What may be demanded, in the order of declaration. */
  List<String> demands() {
    return Arrays.stream(GateDemand.values()).filter(this::takes).map(GateDemand::text).toList();
  }

  /** Whether models of the task have it. */
  public boolean fits(Task task) {
    return switch (task) {
      case BINARY -> of != Of.NUMBERS;
      case MULTICLASS -> of == Of.CLASSES || of == Of.ALL;
      case REGRESSION -> of == Of.NUMBERS || of == Of.ALL;
      case TELEMETRY -> false;
    };
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(GateMetric::text).toList();
  }

  /** Those that models of the task have. */
  static List<String> texts(Task task) {
    return Arrays.stream(values()).filter(of -> of.fits(task)).map(GateMetric::text).toList();
  }

  static GateMetric parse(String text) {
    return valueOf(Block.oneOf(text, texts()).toUpperCase(Locale.ROOT));
  }
}
