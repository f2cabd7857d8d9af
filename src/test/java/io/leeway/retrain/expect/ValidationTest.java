package io.leeway.retrain.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.AnomalyCode;
import io.leeway.config.AnomalyCode.Severity;
import io.leeway.config.ExpectationsConfig;
import io.leeway.config.IgnoredAnomaly;
import io.leeway.config.Task;
import io.leeway.stats.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ValidationTest {
  private static final String INCOME = "income";
  private static final String PURPOSE = "purpose";

  private static Validation validate(BatchFacts batch) {
    return Validation.of(References.expectations(), batch, References.PERIOD);
  }

  /** What is found and of which severity: {@code income:FLOAT_TYPE_HAS_NAN ERROR}. */
  private static List<String> found(BatchFacts batch) {
    return found(validate(batch));
  }

  private static List<String> found(Validation validation) {
    return validation.anomalies().stream()
        .map(
            each ->
                each.column().map(name -> name + ":").orElse("")
                    + each.code()
                    + " "
                    + each.severity())
        .toList();
  }

  private static String sentence(BatchFacts batch) {
    List<Anomaly> anomalies = validate(batch).anomalies();
    assertThat(anomalies).hasSize(1);
    return anomalies.get(0).sentence();
  }

  private static BatchFacts with(long rows, long duplicates, LabelFacts labels, Instant latest) {
    return new BatchFacts(
        rows,
        duplicates,
        labels,
        References.batch().earliest(),
        Optional.of(latest),
        References.batch().columns());
  }

  private static final Instant LATEST = Instant.parse("2026-02-28T23:00:00Z");

  private static NumberFacts numbers(double min, double max) {
    return new NumberFacts(
        0, 0, Optional.of(min), Optional.of(max), References.incomeValues().binCounts());
  }

  @Test
  void aBatchLikeTheReferenceHasNothing() {
    Validation validation = validate(References.batch());

    assertThat(validation.anomalies()).isEmpty();
    assertThat(validation.ignored()).isEmpty();
    assertThat(validation.rejects()).isFalse();
    assertThat(validation.expectations()).isEqualTo(References.expectations().version());
  }

  @Test
  void withoutRowsNothingElseIsLookedAt() {
    BatchFacts none =
        new BatchFacts(
            0, 0, References.labels(0, 0), Optional.empty(), Optional.empty(), List.of());

    assertThat(found(none)).containsExactly("NO_DATA_IN_SPAN ERROR");
    assertThat(sentence(none))
        .isEqualTo(
            "The period [2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z) has no rows to train on.");
  }

  @Test
  void countsRowsThatHaveALabel() {
    assertThat(found(with(1_900, 0, References.labels(890, 110), LATEST))).isEmpty();
    assertThat(found(with(1_900, 0, References.labels(890, 109), LATEST)))
        .containsExactly("DATASET_LOW_NUM_EXAMPLES ERROR");
  }

  @Test
  void oneDuplicateInAThousandMayBe() {
    assertThat(found(with(2_000, 2, References.labels(1_750, 200), LATEST))).isEmpty();

    BatchFacts more = with(2_000, 3, References.labels(1_750, 200), LATEST);
    assertThat(found(more)).containsExactly("DUPLICATE_KEY ERROR");
    assertThat(sentence(more))
        .isEqualTo(
            "3 of the period's 2000 predictions, 0.15 %, repeat the identifier of another or have"
                + " none; at most 0.1 % may. Look for a job that ran twice.");
  }

  @Test
  void oneInAThousandMayBeLaterThanTheBatch() {
    assertThat(foundOf(ofFuture(999_000, 1_000))).isEmpty();
    assertThat(foundOf(ofFuture(998_999, 1_000))).containsExactly("FUTURE_TIMESTAMP ERROR");
    assertThat(foundOf(ofFuture(0, 0))).doesNotContain("FUTURE_TIMESTAMP ERROR");
  }

  private static PeriodCounts ofFuture(long predictions, long future) {
    return new PeriodCounts(
        predictions,
        predictions,
        predictions,
        future,
        future == 0 ? Optional.empty() : Optional.of(References.AS_OF.plusMillis(1)));
  }

  @Test
  void halfOfThePredictionsNeedALabel() {
    assertThat(found(with(4_000, 0, References.labels(1_800, 200), LATEST))).isEmpty();
    assertThat(found(with(4_001, 0, References.labels(1_800, 200), LATEST)))
        .containsExactly("LABEL_MATURITY_LOW ERROR");
  }

  @Test
  void ofASampleThePeriodCountsAndNotTheBatch() {
    // The batch has 1950 labels; half of the predictions have one, and one in a thousand repeats.
    assertThat(foundOf(counts(99_900, 50_000))).isEmpty();
    assertThat(foundOf(counts(99_900, 49_999))).containsExactly("LABEL_MATURITY_LOW ERROR");
    assertThat(foundOf(counts(99_899, 50_000))).containsExactly("DUPLICATE_KEY ERROR");
  }

  private static PeriodCounts counts(long identifiers, long labelled) {
    return new PeriodCounts(100_000, identifiers, labelled, 0, Optional.empty());
  }

  private static List<String> foundOf(PeriodCounts counts) {
    PeriodFacts period =
        new PeriodFacts(References.PERIOD.period(), References.AS_OF, Optional.of(counts));
    return found(Validation.of(References.expectations(), References.batch(), period));
  }

  @Test
  void oneClassTeachesNothing() {
    assertThat(found(with(2_000, 0, References.labels(1_950, 0), LATEST)))
        .containsExactly("LABEL_ONE_CLASS ERROR");
  }

  @Test
  void aConstantNumberTeachesNothingEither() {
    Expectations ofNumbers =
        Expectations.inferred(ReferenceLabel.unknown(Task.REGRESSION), List.of());
    LabelFacts labels =
        new LabelFacts(
            2_000, new TreeMap<>(), Optional.of(3.5), Optional.of(3.5), Optional.of(3.5));
    BatchFacts batch =
        new BatchFacts(2_000, 0, labels, Optional.of(LATEST), Optional.of(LATEST), List.of());

    assertThat(found(Validation.of(ofNumbers, batch, References.PERIOD)))
        .containsExactly("LABEL_ONE_CLASS ERROR");
  }

  @Test
  void aChangedRateOfLabelsIsAWarning() {
    // 10 % in the reference, and 15 points more are allowed: 500 of 2000 are just that.
    assertThat(found(with(2_000, 0, References.labels(1_500, 499), LATEST))).isEmpty();
    BatchFacts shifted = with(2_000, 0, References.labels(1_480, 520), LATEST);
    assertThat(found(shifted)).containsExactly("LABEL_RATE_SHIFT WARNING");
    assertThat(sentence(shifted))
        .isEqualTo("74 % of the labels are class 0, in the reference 90 %.");
    assertThat(validate(shifted).rejects()).isFalse();
  }

  @Test
  void aColumnMustBeThereAndANewOneIsTold() {
    List<ColumnFacts> columns = new ArrayList<>(References.batch().columns());
    columns.remove(0);
    columns.add(ColumnFacts.unread("age", "INT", 2_000, 0));

    assertThat(found(References.batch(columns)))
        .containsExactly("age:SCHEMA_NEW_COLUMN WARNING", "income:SCHEMA_MISSING_COLUMN ERROR");
  }

  @Test
  void aTypeMayWidenButNotChange() {
    assertThat(found(References.batchWith(ofType("FLOAT")))).isEmpty();
    assertThat(found(References.batchWith(ofType("DECIMAL(10,2)")))).isEmpty();
    for (String other : List.of("STRING", "BIGINT", "BOOLEAN", "ARRAY<DOUBLE>")) {
      assertThat(found(References.batchWith(ofType(other))))
          .containsExactly("income:FEATURE_TYPE_CHANGED ERROR");
    }
  }

  private static ColumnFacts ofType(String type) {
    return ColumnFacts.unread(INCOME, type, 2_000, 40);
  }

  @Test
  void aBurstOfMissingValuesIsAnError() {
    // 2 % are missing in the reference: 1 - 0.9 * 0.98 = 11.8 %, and three standard errors of 1000
    // rows, 3 * sqrt(0.02 * 0.98 / 1000) = 1.3282 %: 13.128 % of 2000 are 262.6.
    assertThat(found(References.batchWith(References.income(262, References.incomeValues()))))
        .isEmpty();
    BatchFacts burst = References.batchWith(References.income(263, References.incomeValues()));
    assertThat(found(burst)).containsExactly("income:FEATURE_TYPE_LOW_FRACTION_PRESENT ERROR");
    assertThat(sentence(burst))
        .isEqualTo(
            "Column 'income' lacks a value in 13.15 % of the rows, at most 13.13 % may; in the"
                + " reference 2 % do.");
  }

  @Test
  void numbersAreNumbersAndFinite() {
    NumberFacts odd =
        new NumberFacts(
            1, 2, Optional.of(1.0), Optional.of(99.0), References.incomeValues().binCounts());

    assertThat(found(References.batchWith(References.income(40, odd))))
        .containsExactly("income:FLOAT_TYPE_HAS_NAN ERROR", "income:FLOAT_TYPE_HAS_INF ERROR");
  }

  @Test
  void numbersStayWithinTenRangesOfTheReference() {
    // The reference reaches from 0 to 100.
    assertThat(found(References.batchWith(References.income(40, numbers(-1_000, 1_100)))))
        .isEmpty();
    assertThat(found(References.batchWith(References.income(40, numbers(-1_001, 1_101)))))
        .containsExactly(
            "income:FLOAT_TYPE_SMALL_FLOAT ERROR", "income:FLOAT_TYPE_BIG_FLOAT ERROR");
    assertThat(sentence(References.batchWith(References.income(40, numbers(0, 999_999)))))
        .isEqualTo(
            "Column 'income' goes up to 1000000, and 1100 is the limit; look for a stand-in for"
                + " missing values, or a changed unit.");
  }

  @Test
  void newCategoriesMayBeAFew() {
    Map<String, Long> few = Map.of("car", 950L, "home", 550L, "boat", 400L, "dog", 40L);
    assertThat(found(References.batchWith(References.purpose(few, 60)))).isEmpty();

    BatchFacts many = References.batchWith(References.purpose(few, 61));
    assertThat(found(many)).containsExactly("purpose:ENUM_TYPE_UNEXPECTED_STRING_VALUES ERROR");
    assertThat(sentence(many))
        .isEqualTo(
            "Column 'purpose' has unexpected values in 5.047 % of its values, at most 5 % may be:"
                + " 'dog' and others; look for a changed spelling or code.");
  }

  @Test
  void categoriesThatTheReferenceDidNotTellAreNotNew() {
    Map<String, Double> told = Map.of("car", 0.5, "home", 0.3);
    Expectations expectations =
        Expectations.inferred(
            References.label(),
            List.of(
                References.income(),
                References.owner(),
                ReferenceColumn.categorical(PURPOSE, "STRING", 10_000, 0, new TreeMap<>(told))));

    // 20 % are others in the reference, as in the batch.
    assertThat(found(Validation.of(expectations, References.batch(), References.PERIOD))).isEmpty();
  }

  @Test
  void driftOfNumbersIsAWarning() {
    // A quarter of the reference is in each bin; 0.25 more are allowed: 980 of 1960 are half.
    assertThat(found(References.batchWith(References.income(40, binned(980, 400, 300, 280)))))
        .isEmpty();
    BatchFacts drifted = References.batchWith(References.income(40, binned(400, 981, 300, 279)));
    assertThat(found(drifted)).containsExactly("income:COMPARATOR_L_INFTY_HIGH WARNING");
    assertThat(sentence(drifted))
        .isEqualTo(
            "Column 'income' has drifted: 50.05 % of values from 10 to below 30, in the reference"
                + " 25 %.");
    assertThat(validate(drifted).rejects()).isFalse();
  }

  private static NumberFacts binned(long... counts) {
    return new NumberFacts(
        0, 0, Optional.of(1.0), Optional.of(99.0), Arrays.stream(counts).boxed().toList());
  }

  @Test
  void driftOfCategoriesIsAWarning() {
    Map<String, Long> drifted = Map.of("car", 480L, "home", 1_120L, "boat", 400L);

    // Home has 30 % in the reference and 56 % here.
    BatchFacts batch = References.batchWith(References.purpose(drifted, 0));
    assertThat(found(batch)).containsExactly("purpose:COMPARATOR_L_INFTY_HIGH WARNING");
    assertThat(sentence(batch))
        .isEqualTo("Column 'purpose' has drifted: 56 % 'home', in the reference 30 %.");
  }

  @Test
  void aColumnThatVariedMustVary() {
    NumberFacts constant =
        new NumberFacts(0, 0, Optional.of(20.0), Optional.of(20.0), List.of(0L, 1_960L, 0L, 0L));
    assertThat(found(References.batchWith(References.income(40, constant))))
        .containsExactly("income:FEATURE_STUCK ERROR", "income:COMPARATOR_L_INFTY_HIGH WARNING");
    assertThat(found(References.batchWith(References.owner(Map.of("false", 2_000L)))))
        .containsExactly("owner:FEATURE_STUCK ERROR", "owner:COMPARATOR_L_INFTY_HIGH WARNING");
  }

  @Test
  void whatWasNearlyConstantMayBeConstantByChance() {
    // 0.999 to the power of 2000 is 13 %, 0.99 to it 2e-9.
    assertThat(Stuck.of(INCOME, "0", 0.999, 2_000)).isEmpty();
    assertThat(Stuck.of(INCOME, "0", 0.99, 2_000)).isPresent();
    assertThat(Stuck.of(INCOME, "0", 1, 2_000)).isEmpty();
    assertThat(Stuck.of(INCOME, "0", 0, 1)).isPresent();
  }

  @Test
  void aConstantColumnMayStayConstant() {
    ReferenceColumn constant =
        ReferenceColumn.numeric(
            INCOME,
            "DOUBLE",
            1_000,
            0,
            Optional.of(5.0),
            Optional.of(5.0),
            Optional.of(new BinShares(List.of(5.0), List.of(0.0, 1.0))));
    Expectations expectations = Expectations.inferred(References.label(), List.of(constant));
    NumberFacts same =
        new NumberFacts(0, 0, Optional.of(5.0), Optional.of(5.0), List.of(0L, 2_000L));
    BatchFacts batch = References.batch(List.of(References.income(0, same)));

    assertThat(found(Validation.of(expectations, batch, References.PERIOD))).isEmpty();
  }

  @Test
  void aFeatureThatTellsTheLabelIsSuspect() {
    assertThat(found(References.batchWith(leaking(0.98)))).isEmpty();
    assertThat(found(References.batchWith(leaking(0.981))))
        .containsExactly("income:TARGET_LEAKAGE_SUSPECT ERROR");
  }

  private static ColumnFacts leaking(double auc) {
    return new ColumnFacts(
        INCOME,
        "DOUBLE",
        2_000,
        40,
        Optional.of(References.incomeValues()),
        Optional.empty(),
        Outcome.of(auc));
  }

  @Test
  void whatIsIgnoredDoesNotRejectButIsKept() {
    BatchFacts batch = References.batchWith(References.income(40, numbers(-1_001, 1_101)));
    Expectations lenient =
        References.expectations()
            .with(ignoring("income:FLOAT_TYPE_SMALL_FLOAT", "purpose:FLOAT_TYPE_BIG_FLOAT"));

    Validation validation = Validation.of(lenient, batch, References.PERIOD);

    assertThat(found(validation)).containsExactly("income:FLOAT_TYPE_BIG_FLOAT ERROR");
    assertThat(validation.ignored())
        .extracting(Anomaly::code)
        .containsExactly(AnomalyCode.FLOAT_TYPE_SMALL_FLOAT);
    assertThat(validation.rejects()).isTrue();
    Validation all =
        Validation.of(
            lenient.with(ignoring("FLOAT_TYPE_BIG_FLOAT", "FLOAT_TYPE_SMALL_FLOAT")),
            batch,
            References.PERIOD);
    assertThat(all.rejects()).isFalse();
    assertThat(all.ignored()).hasSize(2).allMatch(each -> each.severity() == Severity.ERROR);
  }

  private static ExpectationsConfig ignoring(String... codes) {
    List<IgnoredAnomaly> ignore = Arrays.stream(codes).map(IgnoredAnomaly::parse).toList();
    return new ExpectationsConfig(
        1_000, 0.001, 0.15, 0.25, 0.98, 0.5, 0.05, ignore, new TreeMap<>());
  }
}
