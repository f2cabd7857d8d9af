package io.leeway.stats.performance;

import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Estimate;
import java.util.List;

/**
 * Labelled rows by true and predicted class, one of the two classes being the positive one. Rates
 * come as {@link Share}s, undefined where their denominator is 0: precision without predicted
 * positives is no 0. Counts add up.
 *
 * @param tp positives predicted as such, &ge; 0
 * @param fp negatives predicted as positive, &ge; 0
 * @param tn negatives predicted as such, &ge; 0
 * @param fn positives predicted as negative, &ge; 0
 */
public record Confusion(long tp, long fp, long tn, long fn) {
  public static final Confusion EMPTY = new Confusion(0, 0, 0, 0);

  public Confusion {
    if (tp < 0 || fp < 0 || tn < 0 || fn < 0) {
      throw new IllegalArgumentException(
          "Counts must not be negative, but are tp "
              + tp
              + ", fp "
              + fp
              + ", tn "
              + tn
              + ", fn "
              + fn
              + ".");
    }
  }

  /** Labelled rows. */
  public long n() {
    return positives() + negatives();
  }

  /** Rows whose true class is the positive one. */
  public long positives() {
    return tp + fn;
  }

  /** Rows whose true class is the negative one. */
  public long negatives() {
    return tn + fp;
  }

  /** Rows that were predicted as positive. */
  public long predicted() {
    return tp + fp;
  }

  public Confusion plus(Confusion other) {
    return new Confusion(
        Math.addExact(tp, other.tp),
        Math.addExact(fp, other.fp),
        Math.addExact(tn, other.tn),
        Math.addExact(fn, other.fn));
  }

  public Share accuracy() {
    return new Share(tp + tn, n());
  }

  /** Positives among the rows predicted as such; also positive predictive value. */
  public Share precision() {
    return new Share(tp, predicted());
  }

  /** Positives found; also sensitivity, true positive rate. */
  public Share recall() {
    return new Share(tp, positives());
  }

  /** Negatives left alone; also true negative rate. */
  public Share specificity() {
    return new Share(tn, negatives());
  }

  /** 1 − specificity. */
  public Share falsePositiveRate() {
    return new Share(fp, negatives());
  }

  /** 1 − recall. */
  public Share falseNegativeRate() {
    return new Share(fn, positives());
  }

  /** Negatives among the rows predicted as such. */
  public Share negativePredictiveValue() {
    return new Share(tn, tn + fn);
  }

  /** Positives among all labelled rows; also prevalence. */
  public Share baseRate() {
    return new Share(positives(), n());
  }

  /** Rows predicted as positive among all labelled rows. */
  public Share predictedRate() {
    return new Share(predicted(), n());
  }

  /**
   * {@code F = 2 tp / D}, {@code D = 2 tp + fp + fn}, with {@code SE² = F (1 - F) (2 - F) / D}: one
   * more tp changes F by (2 − 2F)/D, one more fp or fn by −F/D. Undefined where D is 0.
   */
  public Outcome<Estimate> f1() {
    double d = 2.0 * tp + fp + fn;
    if (d == 0) {
      return Outcome.undefined("No row is positive or predicted so.");
    }
    double f = 2.0 * tp / d;
    return Outcome.of(Estimate.exact(f, Math.sqrt(f * (1 - f) * (2 - f) / d)));
  }

  /**
   * The mean of recall and specificity, {@code SE² = (SE_recall² + SE_specificity²) / 4}: they are
   * rates of different rows. Undefined with one class only.
   */
  public Outcome<Estimate> balancedAccuracy() {
    return recall()
        .estimate()
        .<Outcome<Estimate>>fold(
            ofPositives ->
                specificity()
                    .estimate()
                    .fold(
                        ofNegatives -> Outcome.of(middle(ofPositives, ofNegatives)),
                        why -> Outcome.undefined("No labelled row is negative.")),
            why -> Outcome.undefined("No labelled row is positive."));
  }

  /** Matthews' correlation; 0 by convention with one true or one predicted class only. */
  public Outcome<Measure> mcc() {
    return Matthews.of(
        2,
        List.of(
            new ClassPair(1, 1, tp),
            new ClassPair(0, 1, fp),
            new ClassPair(0, 0, tn),
            new ClassPair(1, 0, fn)));
  }

  private static Estimate middle(Estimate one, Estimate other) {
    return Estimate.exact(
        (one.value() + other.value()) / 2,
        Math.hypot(one.standardError(), other.standardError()) / 2);
  }
}
