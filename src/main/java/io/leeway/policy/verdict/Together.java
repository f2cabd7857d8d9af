package io.leeway.policy.verdict;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Status;
import io.leeway.stats.Outcome;
import java.util.Collection;
import java.util.List;

/**
 * The same value of several windows as one: rates by their counts, others as the mean over all
 * rows, windows taken as independent. Windows whose value is missing or rests on too few rows are
 * left out.
 */
final class Together {
  private Together() {}

  /** Of the windows that have the value. */
  static Outcome<Measure> of(String metric, Collection<Measure> measures) {
    List<Measure> known =
        measures.stream()
            .filter(of -> of.value() != null && of.n() != null && of.n() > 0)
            .filter(of -> of.status() == Status.OK)
            .toList();
    if (known.isEmpty()) {
      return Outcome.undefined("None of the windows that it is held against has a value.");
    }
    long n = known.stream().mapToLong(Measure::n).sum();
    double sum = 0;
    double square = 0;
    double numerator = 0;
    double denominator = 0;
    boolean isRate = true;
    boolean hasError = true;
    for (Measure of : known) {
      isRate &= of.numerator() != null && of.denominator() != null;
      hasError &= of.stdError() != null;
      sum += of.n() * of.value();
      numerator += isRate ? of.numerator() : 0;
      denominator += isRate ? of.denominator() : 0;
      square += hasError ? Math.pow(of.n() * of.stdError(), 2) : 0;
    }
    isRate &= denominator > 0;
    double value = isRate ? numerator / denominator : sum / n;
    Measure.Builder together = Measure.of(metric, Comparison.NONE, value).n(n);
    Measure latest = known.get(0);
    if (isRate) {
      together.fraction(numerator, denominator);
    }
    if (hasError) {
      together.stdError(Math.sqrt(square) / n);
    }
    if (latest.phi() != null) {
      together.overdispersion(latest.phi(), latest.phiDf());
    }
    return Outcome.of(together.build());
  }
}
