package io.leeway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Subject;
import io.leeway.profile.StoredProfile;
import io.leeway.testing.LocalSpark;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are written by hand; 7 is the digit of everything that must not be seen. */
class SmallCellsTest {
  private static final Stamp STAMP = new Stamp("bins", "b", "r", "a", Attempts.NOW);
  private static final Segment VIC = new Segment(Slice.of("state"), List.of("VIC"));

  private final SparkSession spark = LocalSpark.session().newSession();

  private static Subject subject(Segment segment) {
    return new Subject("m", "v1", "1 day", Attempts.day(0), segment, "income");
  }

  private static Row row(Measure measure) {
    return MetricRows.row(subject(VIC), Attempts.inputs(0).kind(), measure, STAMP);
  }

  private static Row row(Segment segment, String part, StoredProfile profile) {
    return ProfileRows.row(subject(segment), part, profile, STAMP);
  }

  /** What the mask leaves of rows. */
  private List<Row> metrics(int least, String columns, Measure... measures) {
    List<Row> rows = Stream.of(measures).map(SmallCellsTest::row).toList();
    spark.createDataFrame(rows, ResultTable.METRICS.schema()).createOrReplaceTempView("rows");
    String masked = new SmallCells(least).metrics("SELECT * FROM rows");
    return spark.sql("SELECT " + columns + " FROM (" + masked + ")").collectAsList();
  }

  /** What the mask leaves of a row. */
  private List<Row> profiles(int least, String columns, StoredProfile profile) {
    List<Row> rows = List.of(row(VIC, "inputs", profile));
    spark.createDataFrame(rows, ResultTable.PROFILES.schema()).createOrReplaceTempView("rows");
    String masked = new SmallCells(least).profiles("SELECT * FROM rows");
    return spark.sql("SELECT " + columns + " FROM (" + masked + ")").collectAsList();
  }

  private static Measure.Builder mean(long n) {
    return Measure.of("mean", Comparison.NONE, 77)
        .interval(7.1, 7.2)
        .stdError(7.3)
        .errorBound(7.4)
        .n(n)
        .nLabelled(n)
        .fraction(7.5, 7.6)
        .expected(7.7)
        .dof(7.8)
        .note("Of 7 rows.");
  }

  private static StoredProfile.Builder numbers(long rows) {
    StoredProfile.Builder profile = new StoredProfile.Builder(ColumnKind.NUMERIC);
    profile.rows = rows;
    profile.n = rows;
    profile.minimum = 7.1;
    profile.maximum = 7.2;
    profile.total = BigInteger.valueOf(77);
    profile.squares = BigInteger.valueOf(777);
    return profile;
  }

  private static StoredProfile exact(long rows) {
    StoredProfile.Builder profile = numbers(rows);
    profile.exact = true;
    profile.values = new double[] {7.1};
    profile.valueCounts = new long[] {rows};
    return profile.build();
  }

  private static StoredProfile binned(long inFirst, long inSecond) {
    StoredProfile.Builder profile = numbers(inFirst + inSecond);
    profile.bins = new int[] {0, 1};
    profile.binCounts = new long[] {inFirst, inSecond};
    profile.binLows = new double[] {1.5, 2.5};
    profile.binHighs = new double[] {1.75, 2.75};
    profile.sumBins = new int[] {0, 1};
    profile.sums = new BigInteger[] {BigInteger.valueOf(16), BigInteger.valueOf(26)};
    return profile.build();
  }

  private static StoredProfile texts(long rows) {
    StoredProfile.Builder profile = new StoredProfile.Builder(ColumnKind.CATEGORICAL);
    profile.rows = rows;
    profile.n = rows;
    profile.categories = new String[] {"rare-7"};
    profile.categoryCounts = new long[] {rows};
    return profile.build();
  }

  /** Every view of metrics and profiles at once, so that none is forgotten. */
  @Test
  void noViewTellsAnythingOfACellOfNineRows(@TempDir Path directory) {
    Store store = Store.atPath(spark, directory.toUri().toString());
    store.append(
        ResultTable.METRICS,
        spark.createDataFrame(
            List.of(row(mean(9).build()), row(psi(9, 600))), ResultTable.METRICS.schema()));
    store.append(
        ResultTable.PROFILES,
        spark.createDataFrame(
            List.of(
                row(VIC, "inputs", exact(9)),
                row(VIC, "inputs", texts(9)),
                row(Segment.ALL, "inputs", exact(9)),
                row(VIC, ProfileRows.REFERENCE, binned(4, 5))),
            ResultTable.PROFILES.schema()));
    new RunLedger(store)
        .commit(
            Attempts.run(
                "m",
                "r",
                "a",
                Attempts.sources(1, null),
                Attempts.published(Attempts.inputs(0), 1, null)));
    Views.createTemporary(store, 10);

    Map<String, Integer> rowsOfViews =
        Map.of(
            "latest_metrics", 2,
            "metrics_as_published", 2,
            "feature_drift", 1,
            "latest_profiles", 3,
            "reference_profiles", 1,
            "profile_bins", 0);
    rowsOfViews.forEach(
        (view, expected) -> {
          List<String> rows =
              spark.sql("SELECT to_json(struct(*)) FROM " + view).collectAsList().stream()
                  .map(row -> row.getString(0).replaceAll("\"published_at\":\"[^\"]*\"", ""))
                  .toList();
          assertThat(rows).as(view).hasSize(expected).noneMatch(row -> row.matches(".*[79].*"));
        });
  }

  private static Measure psi(long n, long referenceN) {
    return Measure.of("psi", Comparison.BASELINE, 7.1).n(n).reference(null, referenceN).build();
  }

  @Test
  void aValueOfTooFewRowsStaysAsARowThatSaysSo() {
    assertThat(metrics(10, "metric, value, n, status, reason", mean(9).build()))
        .containsExactly(
            RowFactory.create(
                "mean",
                null,
                null,
                "SUPPRESSED",
                "It rests on fewer than 10 rows, so it is not shown (min-cell)."));
  }

  @Test
  void aValueOfJustEnoughRowsIsShownWhole() {
    Measure enough = mean(10).build();
    assertThat(metrics(10, "*", enough)).isEqualTo(spark.table("rows").collectAsList());
  }

  /** Counted by the caller, not by the rows of the window: what a value is of decides. */
  @Test
  void aValueOfFewLabelledRowsAmongManyIsHidden() {
    assertThat(metrics(10, "value, n_labelled, status", mean(500).nLabelled(9).build()))
        .containsExactly(RowFactory.create(null, null, "SUPPRESSED"));
  }

  @Test
  void noRowsAreAFindingNotASecret() {
    Measure none =
        Measure.of("n", Comparison.NONE, 0)
            .n(0)
            .noData("There are no rows in this window.")
            .build();

    assertThat(metrics(10, "value, n, status, reason", none))
        .containsExactly(
            RowFactory.create(0.0, 0L, "NO_DATA", "There are no rows in this window."));
  }

  @Test
  void aDistanceFromAReferenceOfFewRowsIsHidden() {
    assertThat(metrics(10, "value, n, reference_n, status, reason", psi(500, 9)))
        .containsExactly(
            RowFactory.create(
                null,
                null,
                null,
                "SUPPRESSED",
                "It is held against fewer than 10 rows, so it is not shown (min-cell)."));
  }

  @Test
  void aStatisticShowsWithoutTheSmallReferenceBesideIt() {
    Measure beside = mean(500).reference(7.9, 9).referenceFraction(71.1, 9).build();

    assertThat(
            metrics(
                10,
                "value, n, status, reference_value, reference_n, reference_numerator,"
                    + " reference_denominator",
                beside))
        .containsExactly(RowFactory.create(77.0, 500L, "OK", null, null, null, null));
  }

  @Test
  void aLeastCellOfOneRowHidesNothing() {
    Measure one = mean(1).reference(7.9, 1).build();

    assertThat(metrics(1, "*", one)).isEqualTo(spark.table("rows").collectAsList());
  }

  private static Measure newCategories(int categories, long rows) {
    return Measure.of("categories_new", Comparison.BASELINE, categories)
        .n(500)
        .reference(null, 5_000)
        .fraction((double) rows, 500)
        .note("The most frequent new category is 'rare-7'.")
        .build();
  }

  /**
   * Of two categories with 39 rows together one holds 20 at least, which is all that can be said;
   * of two with 40, 20, too, so the name may be shown from 20 rows on.
   */
  @Test
  void aNewCategoryIsNamedOnlyWhereEnoughRowsHoldItForCertain() {
    assertThat(
            metrics(
                20,
                "reason",
                newCategories(2, 39),
                newCategories(2, 40),
                newCategories(1, 19),
                newCategories(1, 20)))
        .extracting(row -> row.getString(0).contains("rare-7"))
        .containsExactly(false, true, false, true);
  }

  /** Of missing ones the reference's rows count; where those are not known, nothing is named. */
  @Test
  void aMissingCategoryIsNamedOnlyWhereEnoughRowsOfTheReferenceHeldIt() {
    assertThat(
            metrics(
                20,
                "reason",
                missingCategories().referenceFraction(39, 5_000).build(),
                missingCategories().referenceFraction(40, 5_000).build(),
                missingCategories().build()))
        .extracting(row -> row.getString(0).contains("rare-7"))
        .containsExactly(false, true, false);
  }

  private static Measure.Builder missingCategories() {
    return Measure.of("categories_missing", Comparison.BASELINE, 2)
        .n(500)
        .reference(null, 5_000)
        .note("The most frequent missing category is 'rare-7'.");
  }

  /** Whoever writes the name has seen to ten rows. */
  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void upToTheWritersOwnFloorNamesStay(int least) {
    assertThat(metrics(least, "reason", newCategories(30, 40)))
        .extracting(row -> row.getString(0))
        .containsExactly("The most frequent new category is 'rare-7'.");
  }

  @Test
  void aProfileOfEnoughRowsIsShownWhole() {
    assertThat(profiles(10, "n_rows, n, minimum, maximum, total, `values`[0].value", exact(10)))
        .containsExactly(RowFactory.create(10L, 10L, 7.1, 7.2, new BigDecimal(77), 7.1));
  }

  /** 500 rows, of which 3 have a value: how many are missing is a count of 500 rows. */
  @Test
  void fewValuesInManyRowsAreHiddenAndTheMissingOnesCounted() {
    StoredProfile.Builder sparse = numbers(3);
    sparse.rows = 500;
    sparse.nulls = 497;

    assertThat(profiles(10, "n_rows, n_null, n, minimum, maximum, total, squares", sparse.build()))
        .containsExactly(RowFactory.create(500L, 497L, null, null, null, null, null));
  }

  @Test
  void endsOfABinGoByItsOwnRows() {
    assertThat(profiles(10, "bins.n, bins.low, bins.high", binned(9, 10)))
        .extracting(row -> row.getList(0), row -> row.getList(1), row -> row.getList(2))
        .containsExactly(
            tuple(List.of(9L, 10L), Arrays.asList(null, 2.5), Arrays.asList(null, 2.75)));
  }

  @Test
  void sumsOfBinsShowWhereNoBinHoldsFewRows() {
    assertThat(profiles(10, "sums.bin", binned(9, 10)))
        .containsExactly(RowFactory.create((Object) null));
    assertThat(profiles(10, "sums.bin", binned(10, 10)).get(0).<Integer>getList(0))
        .containsExactly(0, 1);
  }
}
