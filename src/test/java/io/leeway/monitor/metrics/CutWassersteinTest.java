package io.leeway.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Status;
import io.leeway.stats.Outcome;
import io.leeway.stats.drift.AlignedCounts;
import io.leeway.stats.drift.WassersteinInference;
import io.leeway.stats.inference.Overdispersion;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected numbers are by brute force over the rows. */
class CutWassersteinTest {
  private static final Overdispersion INDEPENDENT = Overdispersion.given(1);
  private static final double FAR = 1e9;

  /** Squares of 0 to 999: their 0.5 and 99.5 % quantiles are the 5th and the 995th of them. */
  private static final double[] REFERENCE =
      IntStream.range(0, 1_000).mapToDouble(i -> (double) i * i).toArray();

  private static final double LOW = 4 * 4;
  private static final double HIGH = 994 * 994;

  private static final double[] WINDOW =
      DoubleStream.concat(
              IntStream.range(0, 199).mapToDouble(i -> 25.0 * i * i + 7), DoubleStream.of(FAR))
          .toArray();

  private static Measure published(double... window) {
    List<Measure> measures =
        ColumnMeasures.drift(
            Counted.numbers(0, REFERENCE),
            Counted.numbers(0, window),
            Comparison.BASELINE,
            Counted.INDEPENDENT);
    return Counted.named("wasserstein", measures);
  }

  @Test
  void thePublishedDistanceIsThatOfTheValuesAsTheyAre() {
    assertThat(published(WINDOW).value())
        .isCloseTo(distance(REFERENCE, WINDOW), within(1e-9 * FAR / 200));
  }

  @Test
  void itsIntervalIsThatOfTheCutValues() {
    double[] r = cut(REFERENCE);
    double[] w = cut(WINDOW);
    double error = Math.sqrt(variance(r) / r.length + variance(w) / w.length);
    Measure distance = published(WINDOW);
    assertThat(distance.stdError()).isCloseTo(error, within(1e-9 * error));
    double expected = expected(r, w);
    assertThat(distance.expected()).isCloseTo(expected, within(1e-9 * expected));
    assertThat(distance.ciHigh()).isLessThanOrEqualTo(distance(r, w) + 1.96 * error);
    assertThat(distance.ciHigh()).isLessThan(distance.value());
  }

  @Test
  void howFarTheFarValueLiesDoesNotMatter() {
    double[] nearer = WINDOW.clone();
    nearer[nearer.length - 1] = 2e6;
    assertThat(published(WINDOW).ciHigh()).isEqualTo(published(nearer).ciHigh());
    assertThat(published(WINDOW).ciLow()).isEqualTo(published(nearer).ciLow());
  }

  /** Rows of a uniform distribution over [0.005, 0.995] have the variance 0.99² / 12. */
  @Test
  void rowsOfACellAreTakenAsEvenlySpread() {
    AlignedCounts counts = AlignedCounts.builder(1).cell(0, 1, 1_000, 500).build();
    WassersteinInference inference = CutWasserstein.of(counts, INDEPENDENT).orElseThrow();
    double variance = 0.99 * 0.99 / 12;
    assertThat(inference.standardError())
        .isCloseTo(Math.sqrt(variance / 999 + variance / 499), within(1e-12));
  }

  @Test
  void aReferenceOfOneValueHasADistanceAndNoInterval() {
    double[] fives = new double[600];
    Arrays.fill(fives, 5);
    double[] sevens = new double[100];
    Arrays.fill(sevens, 7);
    Measure distance =
        Counted.named(
            "wasserstein",
            ColumnMeasures.drift(
                Counted.numbers(0, fives),
                Counted.numbers(0, sevens),
                Comparison.BASELINE,
                Counted.INDEPENDENT));
    assertThat(distance.value()).isEqualTo(2);
    assertThat(distance.status()).isEqualTo(Status.OK);
    assertThat(distance.ciLow()).isNull();
    assertThat(distance.reason()).contains("the reference holds one value");
  }

  @Test
  void valuesTooFarApartForADoubleHaveNoInterval() {
    Outcome<WassersteinInference> inference =
        CutWasserstein.of(
            AlignedCounts.builder(2)
                .point(-Double.MAX_VALUE, 5, 5)
                .point(Double.MAX_VALUE, 5, 5)
                .build(),
            INDEPENDENT);
    assertThat(inference.reason().orElseThrow()).contains("too far apart");
  }

  private static double[] cut(double[] values) {
    return Arrays.stream(values).map(x -> Math.min(Math.max(x, LOW), HIGH)).toArray();
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / (values.length - 1);
  }

  private static double distance(double[] r, double[] w) {
    return integral(r, w, (f, g) -> Math.abs(f - g));
  }

  private static double expected(double[] r, double[] w) {
    double m = r.length;
    double n = w.length;
    return Math.sqrt(2 / Math.PI)
        * integral(
            r,
            w,
            (f, g) -> {
              double pooled = (f * m + g * n) / (m + n);
              return Math.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n));
            });
  }

  private interface OfShares {
    double at(double f, double g);
  }

  private static double integral(double[] r, double[] w, OfShares height) {
    double[] all = DoubleStream.concat(Arrays.stream(r), Arrays.stream(w)).sorted().toArray();
    double sum = 0;
    for (int i = 1; i < all.length; i++) {
      double x = all[i - 1];
      if (all[i] > x) {
        double f = (double) Arrays.stream(r).filter(v -> v <= x).count() / r.length;
        double g = (double) Arrays.stream(w).filter(v -> v <= x).count() / w.length;
        sum += (all[i] - x) * height.at(f, g);
      }
    }
    return sum;
  }
}
