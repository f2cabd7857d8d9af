package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import io.leeway.stats.drift.DivergenceScale;
import io.leeway.stats.drift.DivergenceTest;
import io.leeway.stats.inference.Overdispersion;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * PSI, Jensen-Shannon and Cramér's V by noncentral chi-square. The statistic that is tested, which
 * is smoothed and over merged cells, is had back from the upper end of the stored interval.
 *
 * @param scale the unit of the limit
 * @param tested the metric whose row carries interval, degrees and rows
 */
record DivergenceRecipe(DivergenceScale scale, String tested) implements Recipe {
  /** Below so many rows per bin the chi-square tail near 1e-7 is too heavy to rely on alone. */
  private static final double ROWS_PER_BIN = 20;

  @Override
  public Set<String> looksBeside(String metric) {
    return Set.of(tested);
  }

  @Override
  public Optional<String> refusal(
      String metric, Direction direction, double limit, boolean relative) {
    return Recipe.onlyAbove(direction, limit);
  }

  @Override
  public boolean learns(Direction direction) {
    return direction == Direction.ABOVE;
  }

  /** Of a statistic with mean (B − 1) k phi: {@code spreads k phi sqrt(2 (B - 1))}. */
  @Override
  public Outcome<Double> learned(Observed observed, double spreads) {
    Measure row = row(observed);
    return row == null
        ? Outcome.undefined(notStored())
        : Outcome.of(
            DivergenceTest.aboveNoise(
                scale,
                row.dof().intValue(),
                row.referenceN(),
                row.n(),
                Observed.overdispersion(row),
                spreads));
  }

  private String notStored() {
    return "Its test is not stored: the row of " + tested + " has no interval.";
  }

  /** The row with the test; {@code null} where it is not stored. */
  private Measure row(Observed observed) {
    Measure row =
        observed.series().metric().equals(tested)
            ? observed.measure()
            : observed.beside(tested).orElse(null);
    boolean isWhole =
        row != null
            && row.ciHigh() != null
            && row.dof() != null
            && row.dof() >= 1
            && row.n() != null
            && row.referenceN() != null;
    return isWhole ? row : null;
  }

  @Override
  public boolean isSurelyQuiet(Observed observed, Border border) {
    Measure row = row(observed);
    return row != null
        && DivergenceTest.isSurelyQuiet(
            scale,
            inUnit(row.ciHigh()),
            row.dof().intValue(),
            row.referenceN(),
            row.n(),
            Observed.overdispersion(row),
            border.a());
  }

  @Override
  public Tested test(Observed observed, Border border) {
    Measure row = row(observed);
    if (row == null) {
      return Tested.undefined(notStored());
    }
    Overdispersion phi = Observed.overdispersion(row);
    DivergenceTest test =
        DivergenceTest.ofInterval(
            scale, inUnit(row.ciHigh()), row.dof().intValue(), row.referenceN(), row.n(), phi);
    double limit = border.a();
    double p = test.pLimit(limit, phi);
    Power power =
        (alpha, evidence) ->
            OptionalDouble.of(
                evidence == Evidence.LIMIT
                    ? test.detectable(limit, alpha, phi)
                    : Math.max(test.detectable(0, alpha, phi), test.seenBeyond(limit, phi)));
    Finding finding =
        Finding.of(
            test.corrected(phi),
            limit,
            true,
            p,
            1 - p,
            OptionalDouble.of(test.pChange(phi)),
            power);
    double perBin = (double) Math.min(row.n(), row.referenceN()) / test.cells();
    return perBin < ROWS_PER_BIN
        ? finding.notAlone(
            String.format(
                Locale.ROOT,
                "it takes %.0f rows per bin, and there are %.1f",
                ROWS_PER_BIN,
                perBin))
        : finding;
  }

  /** The interval of the distance in the unit of a rule on the divergence. */
  private double inUnit(double end) {
    return scale == DivergenceScale.JS_DIVERGENCE ? end * end : end;
  }
}
