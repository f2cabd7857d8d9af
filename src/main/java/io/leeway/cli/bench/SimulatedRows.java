package io.leeway.cli.bench;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import io.leeway.stats.drift.DivergenceTest;
import io.leeway.stats.drift.Psi;
import io.leeway.stats.drift.SmoothedPsi;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.Overdispersion;

/** Rows of {@code metrics} as the monitor writes them, from counts. */
final class SimulatedRows {
  private SimulatedRows() {}

  /** The test of PSI of ordered bins or of categories. */
  static Outcome<DivergenceTest> test(long[] reference, long[] window, boolean categorical) {
    return categorical
        ? SmoothedPsi.ofCategories(reference, window)
        : SmoothedPsi.ofBins(reference, window);
  }

  /**
   * PSI.
   *
   * @param n rows of the window, at least one
   * @param m rows of the reference, at least one
   */
  static Measure psi(
      long[] reference,
      long m,
      long[] window,
      long n,
      Outcome<DivergenceTest> test,
      Overdispersion phi) {
    Measure.Builder measure =
        Measure.of("psi", Comparison.BASELINE, Psi.of(reference, window).orElseThrow())
            .n(n)
            .reference(null, m);
    test.value()
        .ifPresent(
            found -> {
              Interval interval = found.interval(phi);
              measure
                  .interval(interval.low(), interval.high())
                  .expected(found.expected(phi))
                  .dof(found.degrees());
            });
    test.reason().ifPresent(measure::lowSupport);
    Floor.BINS.objection(n, m).ifPresent(measure::lowSupport);
    return vary(measure, phi).build();
  }

  /** Accuracy: right predictions x of n, in the reference y of m. */
  static Measure accuracy(long x, long n, long y, long m, Overdispersion phi) {
    Measure.Builder measure =
        Measure.of("accuracy", Comparison.NONE, (double) x / n)
            .n(n)
            .nLabelled(n)
            .fraction((double) x, (double) n)
            .reference((double) y / m, m)
            .referenceFraction((double) y, (double) m);
    Floor.RATE.objection(n).ifPresent(measure::lowSupport);
    return vary(measure, phi).build();
  }

  private static Measure.Builder vary(Measure.Builder measure, Overdispersion phi) {
    boolean isGiven = Double.isInfinite(phi.degrees());
    return measure.overdispersion(phi.phi(), isGiven ? null : phi.degrees());
  }
}
