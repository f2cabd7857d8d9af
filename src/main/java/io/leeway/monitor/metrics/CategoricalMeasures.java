package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.profile.CategoricalComparison;
import io.leeway.profile.CategoricalProfile;
import io.leeway.stats.Outcome;
import io.leeway.stats.drift.AlignedCategories;
import io.leeway.stats.drift.CategoryDistances;
import io.leeway.stats.drift.ChiSquareTest;
import io.leeway.stats.drift.JensenShannon;
import io.leeway.stats.drift.Psi;
import io.leeway.stats.drift.SmoothedPsi;
import io.leeway.stats.inference.Floor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a categorical column holds, and its distances from the reference. */
final class CategoricalMeasures {
  private CategoricalMeasures() {}

  static List<Measure> statistics(
      CategoricalProfile profile, ReferenceStatistics reference, Spread spread) {
    MeasureDraft ofRows = new MeasureDraft(profile.rows(), reference);
    ofRows.add("count", (double) profile.n());
    NumericStatistics.addRate(
        ofRows, "null_rate", profile.nulls(), profile.rows(), spread.overdispersion(), spread);
    MeasureDraft ofValues = new MeasureDraft(profile.n(), reference);
    double distinct = profile.distinct();
    ofValues.add(
        "distinct",
        distinct,
        measure -> {
          if (!profile.isExact()) {
            measure
                .stdError(distinct * profile.distinctError())
                .errorBound(5 * distinct * profile.distinctError())
                .flags(List.of(MeasureDraft.APPROXIMATE));
          }
        });
    if (profile.n() > 0) {
      ofValues.add("is_constant", profile.isExact() && distinct == 1 ? 1 : 0);
    }
    return Stream.concat(ofRows.measures().stream(), ofValues.measures().stream()).toList();
  }

  static List<Measure> drift(
      CategoricalProfile reference,
      CategoricalProfile window,
      Comparison comparison,
      Spread spread) {
    CategoricalComparison compared = CategoricalComparison.of(reference, window);
    long[] before = compared.categories().reference();
    long[] after = compared.categories().window();
    boolean folded = compared.approximate();
    List<String> flags = spread.flags(folded);
    MeasureDraft draft = new MeasureDraft(comparison, window.rows(), reference.rows());
    addChiSquare(draft, ChiSquareTest.of(before, after), flags);
    addDistances(draft, CategoryDistances.of(compared.categories()), compared.categories(), flags);
    BinDistances.addPsi(
        draft, Psi.of(before, after), SmoothedPsi.ofCategories(before, after), spread, folded);
    BinDistances.addJensenShannon(
        draft,
        JensenShannon.of(before, after),
        JensenShannon.testOfCategories(before, after),
        spread,
        folded);
    return draft.measures();
  }

  private static void addChiSquare(
      MeasureDraft draft, Outcome<ChiSquareTest> outcome, List<String> flags) {
    Map<String, Outcome<Double>> values =
        Map.of(
            "chi2", outcome.map(ChiSquareTest::statistic),
            "chi2_pvalue", outcome.map(ChiSquareTest::pValue),
            "chi2_dof", outcome.map(test -> (double) test.degrees()),
            "cramers_v", outcome.map(ChiSquareTest::cramersV));
    values.forEach(
        (metric, value) ->
            draft.add(
                metric,
                value,
                measure -> {
                  ChiSquareTest test = outcome.orElseThrow();
                  measure.dof(test.degrees()).flags(flags);
                  if (test.isConvention()) {
                    measure.convention("There is one category only.");
                  } else if (!test.isWellSupported()) {
                    measure.lowSupport(
                        "The least expected count is "
                            + String.format(java.util.Locale.ROOT, "%.2f", test.minExpected())
                            + ", below 5.");
                  }
                }));
  }

  private static void addDistances(
      MeasureDraft draft,
      Outcome<CategoryDistances> outcome,
      AlignedCategories categories,
      List<String> flags) {
    draft.add(
        "total_variation",
        outcome.map(CategoryDistances::totalVariation),
        measure -> measure.flags(flags));
    draft.add(
        "l_infinity", outcome.map(CategoryDistances::lInfinity), measure -> measure.flags(flags));
    draft.add(
        "categories_new",
        outcome.map(found -> (double) found.newCategories()),
        measure -> {
          CategoryDistances found = outcome.orElseThrow();
          long rows = Arrays.stream(categories.window()).sum();
          measure.fraction((double) found.newRows(), (double) rows).flags(flags);
          found
              .mostFrequentNew()
              .filter(name -> mayBeNamed(categories, name))
              .ifPresent(name -> measure.note("The most frequent new category is '" + name + "'."));
        });
    draft.add(
        "categories_missing",
        outcome.map(found -> (double) found.missingCategories()),
        measure -> measure.flags(flags));
  }

  /** A category of a few rows may well be somebody's own text. */
  private static boolean mayBeNamed(AlignedCategories categories, String name) {
    long rows = categories.window()[categories.names().indexOf(name)];
    return Floor.SEGMENT.objection(rows).isEmpty();
  }
}
