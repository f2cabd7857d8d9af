package io.leeway.policy.verdict;

import io.leeway.domain.Measure;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is counted, not estimated, such as rows, changes of a schema or the age of the newest row:
 * beyond the limit or not, as far as the value is exact. It takes no test and is in no family.
 */
record FactRecipe() implements Recipe {
  @Override
  public Tested test(Observed observed, Border border) {
    Measure measure = observed.measure();
    double value = measure.value();
    double bound = measure.errorBound() == null ? 0 : measure.errorBound();
    double toLimit = border.isUpper() ? value - border.a() : border.a() - value;
    return new Finding(
        value,
        border.a(),
        border.isUpper(),
        toLimit - bound > 0 ? 0 : 1,
        toLimit + bound <= 0 ? 0 : 1,
        OptionalDouble.empty(),
        Power.UNKNOWN,
        true,
        Optional.empty(),
        Optional.empty());
  }
}
