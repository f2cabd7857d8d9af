package io.leeway.monitor.metrics;

import static io.leeway.monitor.metrics.Counted.INDEPENDENT;
import static io.leeway.monitor.metrics.Counted.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.CategoricalTally;
import io.leeway.profile.Categories;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is published of more categories than are counted, held against all of them. */
class FoldedCategoriesTest {
  private static CategoricalProfile profile(
      List<String> dictionary, int limit, Map<String, Long> rows) {
    CategoricalTally tally = new CategoricalTally(new Categories(dictionary, limit));
    rows.forEach(tally::add);
    return tally.profile();
  }

  private static List<Measure> drift(CategoricalProfile reference, CategoricalProfile window) {
    return ColumnMeasures.drift(reference, window, Comparison.BASELINE, INDEPENDENT);
  }

  private static Map<String, Long> merchants(int from, int to, long rows) {
    Map<String, Long> merchants = new HashMap<>();
    for (int i = from; i < to; i++) {
      merchants.put("merchant " + i, rows);
    }
    return merchants;
  }

  /** 60 000 merchants, each new and with one row, of which 1 000 are counted by name. */
  private static final List<Measure> ALL_NEW =
      drift(
          profile(List.of("a", "b"), 1_000, Map.of("a", 500L, "b", 500L)),
          profile(List.of("a", "b"), 1_000, merchants(0, 60_000, 1)));

  @Test
  void theRestIsNoCategory() {
    Measure fresh = named("categories_new", ALL_NEW);
    assertThat(fresh.value()).isCloseTo(60_000, within(fresh.errorBound()));
    // 1 000 of 60 000 in the sample: 1 / sqrt(1000) of the value.
    assertThat(fresh.stdError()).isCloseTo(fresh.value() / Math.sqrt(1000), within(1e-6));
    assertThat(fresh.errorBound()).isLessThanOrEqualTo(0.18 * 60_000);
    assertThat(fresh.flags()).contains("APPROXIMATE");
    assertThat(fresh.reason()).isNull();
    assertThat(fresh.numerator()).isNull();
    // "a" and "b" lost a half each; only the rest, as one category, lost or won more.
    assertThat(named("l_infinity", ALL_NEW).value()).isEqualTo(0.5);
    assertThat(named("l_infinity", ALL_NEW).errorBound()).isCloseTo(59.0 / 60 - 0.5, within(1e-12));
    assertThat(named("total_variation", ALL_NEW).value()).isEqualTo(1);
    assertThat(named("total_variation", ALL_NEW).errorBound()).isZero();
    assertThat(named("total_variation", ALL_NEW).flags()).doesNotContain("APPROXIMATE");
    assertThat(named("categories_missing", ALL_NEW).value()).isEqualTo(2);
    assertThat(named("categories_missing", ALL_NEW).errorBound()).isZero();
    assertThat(named("categories_missing", ALL_NEW).referenceNumerator()).isEqualTo(1000);
    assertThat(named("categories_missing", ALL_NEW).reason())
        .isEqualTo("The most frequent missing category is 'a'.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "psi",
        "psi_smoothed",
        "psi_expected",
        "psi_corrected",
        "psi_pvalue",
        "js_distance",
        "js_divergence",
        "chi2",
        "chi2_dof",
        "chi2_pvalue",
        "cramers_v"
      })
  void whatHasNoBoundClaimsNone(String metric) {
    assertThat(named(metric, ALL_NEW).value()).isNotNull();
    assertThat(named(metric, ALL_NEW).errorBound()).isNull();
    assertThat(named(metric, ALL_NEW).flags()).contains("APPROXIMATE");
    List<Measure> few =
        drift(
            profile(List.of(), 10, Map.of("a", 500L, "b", 500L)),
            profile(List.of(), 10, Map.of("a", 300L, "b", 400L)));
    assertThat(named(metric, few).errorBound()).isZero();
    assertThat(named(metric, few).flags()).doesNotContain("APPROXIMATE");
  }

  /** Shares of all categories, one by one, without any folding. */
  private record BruteForce(double totalVariation, double lInfinity, long fresh, long gone) {
    static BruteForce of(Map<String, Long> reference, Map<String, Long> window) {
      double m = reference.values().stream().mapToLong(Long::longValue).sum();
      double n = window.values().stream().mapToLong(Long::longValue).sum();
      Set<String> all = new TreeSet<>(reference.keySet());
      all.addAll(window.keySet());
      double[] moves =
          all.stream()
              .mapToDouble(
                  name ->
                      Math.abs(
                          window.getOrDefault(name, 0L) / n - reference.getOrDefault(name, 0L) / m))
              .toArray();
      return new BruteForce(
          java.util.Arrays.stream(moves).sum() / 2,
          java.util.Arrays.stream(moves).max().orElseThrow(),
          window.keySet().stream().filter(name -> !reference.containsKey(name)).count(),
          reference.keySet().stream().filter(name -> !window.containsKey(name)).count());
    }
  }

  @ParameterizedTest(name = "limits {0} and {1}, {2} in the dictionary, seed {3}")
  @CsvSource({
    "200, 200, 0, 1",
    "200, 100000, 0, 2",
    "100000, 200, 0, 3",
    "200, 400, 100, 4",
    "50, 50, 1000, 5",
    "1, 1, 0, 6",
    "200, 200, 5000, 7"
  })
  void allCategoriesLieWithinTheBounds(int ofReference, int ofWindow, int known, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Long> reference = new HashMap<>();
    Map<String, Long> window = new HashMap<>();
    for (int i = 0; i < 5000; i++) {
      long rows = 1 + (long) (5 / (0.001 + random.nextDouble()));
      if (i < 3000) {
        reference.put("merchant " + i, rows);
      }
      if (i >= 2000) {
        window.put("merchant " + i, rows * random.nextInt(1, 4));
      }
    }
    List<String> dictionary = reference.keySet().stream().sorted().limit(known).toList();
    List<Measure> measures =
        drift(profile(dictionary, ofReference, reference), profile(dictionary, ofWindow, window));
    BruteForce truth = BruteForce.of(reference, window);
    assertWithin(named("total_variation", measures), truth.totalVariation());
    assertWithin(named("l_infinity", measures), truth.lInfinity());
    assertWithin(named("categories_new", measures), (double) truth.fresh());
    assertWithin(named("categories_missing", measures), (double) truth.gone());
  }

  private static void assertWithin(Measure measure, double truth) {
    assertThat(measure.value()).isCloseTo(truth, within(measure.errorBound() + 1e-12));
  }

  /** With hundreds in the sample the estimate is one, not merely a value with a wide bound. */
  @Test
  void theEstimateIsSharp() {
    Map<String, Long> reference = merchants(0, 30_000, 2);
    Map<String, Long> window = merchants(20_000, 60_000, 1);
    List<Measure> measures =
        drift(profile(List.of(), 1_000, reference), profile(List.of(), 1_000, window));
    assertThat(named("categories_new", measures).value()).isCloseTo(30_000, within(6_000.0));
    assertThat(named("categories_missing", measures).value()).isCloseTo(20_000, within(4_000.0));
  }

  @Test
  void aMissingCategoryIsNamedFromTenRowsOn() {
    assertThat(missing(9).reason()).isNull();
    assertThat(missing(9).referenceNumerator()).isEqualTo(9);
    assertThat(missing(9).referenceDenominator()).isEqualTo(509);
    assertThat(missing(10).reason()).isEqualTo("The most frequent missing category is 'c'.");
  }

  private static Measure missing(long rows) {
    return named(
        "categories_missing",
        drift(
            profile(List.of(), 10, Map.of("a", 500L, "c", rows)),
            profile(List.of(), 10, Map.of("a", 500L))));
  }
}
