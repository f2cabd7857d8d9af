package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.profile.CategoricalComparison;
import io.leeway.profile.CategoricalProfile;
import io.leeway.stats.Outcome;
import io.leeway.stats.drift.CategoryDistances;
import io.leeway.stats.drift.CategoryDistances.OneSided;
import io.leeway.stats.drift.ChiSquareTest;
import io.leeway.stats.drift.DivergenceTest;
import io.leeway.stats.drift.JensenShannon;
import io.leeway.stats.drift.Psi;
import io.leeway.stats.drift.SmoothedPsi;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Overdispersion;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a categorical column holds, and its distances from the reference. */
final class CategoricalMeasures {
  private static final String ONE_CATEGORY = "There is one category only.";

  private CategoricalMeasures() {}

  static List<Measure> statistics(
      CategoricalProfile profile, ReferenceStatistics reference, Spreads spreads) {
    MeasureDraft ofRows = new MeasureDraft(profile.rows(), reference, spreads);
    ofRows.add("count", (double) profile.n());
    NumericStatistics.addRate(
        ofRows,
        Varying.NULL_RATE,
        profile.nulls(),
        profile.rows(),
        spreads.overdispersion(Varying.NULL_RATE));
    MeasureDraft ofValues = new MeasureDraft(profile.n(), reference, spreads);
    double distinct = profile.distinct();
    ofValues.add(
        "distinct",
        distinct,
        measure -> {
          if (!profile.isExact()) {
            measure
                .stdError(distinct * profile.distinctError())
                .errorBound(5 * distinct * profile.distinctError())
                .flag(MeasureDraft.APPROXIMATE);
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
      Spreads spreads) {
    CategoricalComparison compared = CategoricalComparison.of(reference, window);
    long[] before = compared.categories().reference();
    long[] after = compared.categories().window();
    Consumer<Measure.Builder> marks =
        measure -> {
          if (compared.approximate()) {
            measure.withoutErrorBound().flag(MeasureDraft.APPROXIMATE);
          }
        };
    Overdispersion phi = spreads.overdispersion(Varying.BINS);
    MeasureDraft draft = new MeasureDraft(comparison, window.rows(), reference.rows(), spreads);
    Outcome<ChiSquareTest> chiSquare = ChiSquareTest.of(before, after);
    addChiSquare(draft, chiSquare, marks);
    addCramersV(draft, chiSquare, ChiSquareTest.testOfCategories(before, after), phi, marks);
    addDistances(draft, compared);
    BinDistances.addPsi(
        draft, Psi.of(before, after), SmoothedPsi.ofCategories(before, after), phi, marks);
    BinDistances.addJensenShannon(
        draft,
        JensenShannon.of(before, after),
        JensenShannon.testOfCategories(before, after),
        phi,
        marks);
    return draft.measures();
  }

  /** Chi-square of all cells: its p-value is to be trusted where none of them is thin. */
  private static void addChiSquare(
      MeasureDraft draft, Outcome<ChiSquareTest> outcome, Consumer<Measure.Builder> marks) {
    Map<String, Outcome<Double>> values =
        Map.of(
            "chi2", outcome.map(ChiSquareTest::statistic),
            "chi2_pvalue", outcome.map(ChiSquareTest::pValue),
            "chi2_dof", outcome.map(test -> (double) test.degrees()));
    values.forEach(
        (metric, value) ->
            draft.add(
                metric,
                value,
                measure -> {
                  ChiSquareTest test = outcome.orElseThrow();
                  marks.accept(measure.dof(test.degrees()));
                  if (test.isConvention()) {
                    measure.convention(ONE_CATEGORY);
                  } else if (!test.isWellSupported()) {
                    measure.lowSupport(
                        "The least expected count is "
                            + String.format(java.util.Locale.ROOT, "%.2f", test.minExpected())
                            + ", below 5.");
                  }
                }));
  }

  /** Judged by its test, which merges thin cells. */
  private static void addCramersV(
      MeasureDraft draft,
      Outcome<ChiSquareTest> outcome,
      Outcome<DivergenceTest> test,
      Overdispersion phi,
      Consumer<Measure.Builder> marks) {
    draft.add(
        "cramers_v",
        outcome.map(ChiSquareTest::cramersV),
        marks.andThen(
            measure -> {
              if (outcome.orElseThrow().isConvention()) {
                measure.convention(ONE_CATEGORY).dof(0);
              } else {
                BinDistances.describe(measure, test, phi);
              }
            }));
  }

  private static void addDistances(MeasureDraft draft, CategoricalComparison compared) {
    Outcome<CategoryDistances> outcome = compared.distances();
    draft.add(
        "total_variation",
        outcome.map(CategoryDistances::totalVariation),
        measure -> MeasureDraft.errorBound(measure, outcome.orElseThrow().totalVariationBound()));
    draft.add(
        "l_infinity",
        outcome.map(CategoryDistances::lInfinity),
        measure -> MeasureDraft.errorBound(measure, outcome.orElseThrow().lInfinityBound()));
    addOneSided(
        draft,
        "new",
        outcome.map(CategoryDistances::fresh),
        compared.fresh(),
        (measure, rows) -> measure.fraction(rows, (double) total(compared.categories().window())));
    addOneSided(
        draft,
        "missing",
        outcome.map(CategoryDistances::gone),
        compared.gone(),
        (measure, rows) ->
            measure.referenceFraction(rows, (double) total(compared.categories().reference())));
  }

  /**
   * How many categories one side alone has.
   *
   * @param rows takes their rows, where all are named
   */
  private static void addOneSided(
      MeasureDraft draft,
      String kind,
      Outcome<OneSided> named,
      CategoricalComparison.Unnamed unnamed,
      BiConsumer<Measure.Builder, Double> rows) {
    Outcome<CategoryCount> counted = named.map(of -> CategoryCount.of(of.categories(), unnamed));
    draft.add(
        "categories_" + kind,
        counted.map(CategoryCount::value),
        measure -> {
          OneSided known = named.orElseThrow();
          counted.orElseThrow().addTo(measure);
          if (unnamed.most() == 0) {
            rows.accept(measure, (double) known.rows());
          }
          name(kind, known).ifPresent(measure::note);
        });
  }

  private static long total(long[] counts) {
    return Arrays.stream(counts).sum();
  }

  /** A category of a few rows may well be somebody's own text, and is not named. */
  private static Optional<String> name(String kind, OneSided known) {
    return known
        .mostFrequent()
        .filter(name -> Floor.SEGMENT.objection(known.mostFrequentRows()).isEmpty())
        .map(name -> "The most frequent " + kind + " category is '" + name + "'.");
  }
}
