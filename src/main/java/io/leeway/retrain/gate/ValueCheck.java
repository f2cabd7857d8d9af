package io.leeway.retrain.gate;

import io.leeway.config.GateMetric;
import io.leeway.config.GateRule;
import io.leeway.config.Task;
import io.leeway.stats.Outcome;
import io.leeway.stats.calibration.ExpectedCalibrationError;
import io.leeway.stats.calibration.ReliabilityBin;
import io.leeway.stats.calibration.ReliabilityTable;
import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A rule about a value that the candidate has over rows taken together. It is held against its
 * limit as measured, the limit included; of signed values their size is.
 *
 * <p>The expected calibration error only grows with noise: scores that are right have one of about
 * 0.05 over 500 rows. So what chance alone makes of it is taken off before it is judged ({@link
 * ExpectedCalibrationError#corrected}); shown is the plain value.
 */
final class ValueCheck {
  private static final int TENTHS = 10;

  private ValueCheck() {}

  static GateCheck of(Case of, GateRule rule, CheckDraft draft, int[] rows) {
    HoldoutRows holdout = of.holdout();
    GateMetric metric = rule.metric();
    draft.rows(holdout, rows).limit(rule.limit().value());
    of.usableChampion()
        .flatMap(scores -> measured(metric, holdout, scores, rows).value())
        .ifPresent(value -> draft.champion(value.plain));
    return measured(metric, holdout, holdout.candidate(), rows)
        .fold(
            value -> judged(rule, draft, value, rows.length),
            why -> draft.fails(metric.text() + " cannot be computed: " + why));
  }

  private record Value(double plain, double judged) {}

  private static GateCheck judged(GateRule rule, CheckDraft draft, Value value, int n) {
    draft.candidate(value.plain);
    double limit = rule.limit().value();
    boolean high = rule.metric().better() == GateMetric.Better.HIGH;
    boolean holds = high ? value.judged >= limit : value.judged <= limit;
    String words =
        rule.metric().text()
            + " is "
            + Wording.number(value.plain)
            + " on "
            + Wording.rows(n)
            + (rule.metric() == GateMetric.ECE
                ? ", without chance " + Wording.number(value.judged)
                : "")
            + (holds ? ", and" : ", but")
            + " must be "
            + (high ? "at least " : "at most ")
            + Wording.number(limit)
            + (value.plain < 0 ? " in size" : "");
    return holds ? draft.passes(Wording.sentence(words)) : draft.fails(Wording.sentence(words));
  }

  private static Outcome<Value> measured(
      GateMetric metric, HoldoutRows holdout, Scores of, int[] rows) {
    if (rows.length == 0) {
      return Outcome.undefined("There are no rows.");
    }
    return switch (metric) {
      case RMSE -> {
        double mse = mean(rows, row -> RowMean.value(GateMetric.MSE, holdout, of, row));
        yield Outcome.of(new Value(Math.sqrt(mse), Math.sqrt(mse)));
      }
      case BIAS -> signed(mean(rows, row -> of.score(row) - holdout.label(row)));
      case CALIBRATION_IN_THE_LARGE ->
          signed(mean(rows, row -> holdout.label(row) - of.score(row)));
      case PRECISION -> precision(holdout, of, rows);
      case ECE ->
          ExpectedCalibrationError.of(tenths(holdout, of, rows), Overdispersion.NONE)
              .map(error -> new Value(error.value(), error.corrected()));
      default ->
          throw new IllegalArgumentException(metric.text() + " is no value of one model alone.");
    };
  }

  private static Outcome<Value> signed(double value) {
    return Outcome.of(new Value(value, Math.abs(value)));
  }

  private static double mean(int[] rows, IntToDoubleFunction of) {
    double sum = 0;
    for (int row : rows) {
      sum += of.applyAsDouble(row);
    }
    return sum / rows.length;
  }

  private static Outcome<Value> precision(HoldoutRows holdout, Scores of, int[] rows) {
    long decided = 0;
    long right = 0;
    for (int row : rows) {
      if (of.decision(row) == 1) {
        decided++;
        right += holdout.labelClass(row);
      }
    }
    double share = (double) right / decided;
    return decided == 0
        ? Outcome.undefined("No row is decided positive.")
        : Outcome.of(new Value(share, share));
  }

  /**
   * Of two classes the score and the label, of several the highest score and whether it is right.
   */
  private static ReliabilityTable tenths(HoldoutRows holdout, Scores of, int[] rows) {
    long[] n = new long[TENTHS];
    long[] right = new long[TENTHS];
    double[] sums = new double[TENTHS];
    double[] squares = new double[TENTHS];
    double[] ofRight = new double[TENTHS];
    boolean binary = holdout.task() == Task.BINARY;
    for (int row : rows) {
      double p = of.highest(row);
      boolean hit =
          binary ? holdout.labelClass(row) == 1 : holdout.labelClass(row) == of.likeliest(row);
      int bin = Math.min((int) Math.floor(TENTHS * p), TENTHS - 1);
      n[bin]++;
      sums[bin] += p;
      squares[bin] += p * p;
      if (hit) {
        right[bin]++;
        ofRight[bin] += p;
      }
    }
    List<ReliabilityBin> bins = new ArrayList<>();
    for (int b = 0; b < TENTHS; b++) {
      bins.add(
          new ReliabilityBin(
              (double) b / TENTHS,
              (b + 1.0) / TENTHS,
              n[b],
              right[b],
              sums[b],
              squares[b],
              ofRight[b]));
    }
    return ReliabilityTable.of(bins);
  }
}
