package io.leeway.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each event does what it says and nothing else; 10 000 rows a day with seed 1. */
class EventTest {

  private static final Simulation CALM = Simulation.defaults().withRowsPerDay(10_000).withDays(5);
  private static final List<Prediction> BEFORE = Rows.predictions(CALM.day(3));
  private static final List<Optional<Outcome>> OUTCOMES_BEFORE = Rows.outcomes(CALM.day(3));
  private static final Set<String> SCORE = Set.of("probability", "decision");

  // exp(0.45 a) is a standard deviations of the income's logarithm; cents are rounded.
  @Test
  void covariateShiftMovesOneStatesColumn() {
    Event event = new Event.CovariateShift("QLD", "income", -1, 3);
    List<Prediction> after = after(event);
    for (int i = 0; i < after.size(); i++) {
      Applicant applicant = after.get(i).applicant();
      double factor = applicant.state().equals("QLD") ? Math.exp(-0.45) : 1;
      assertThat(applicant.number(Feature.INCOME))
          .isCloseTo(factor * number(i, Feature.INCOME), within(0.0101));
    }
    assertOnly(
        event,
        Set.of("income", "loan_to_income", "probability", "decision"),
        p -> p.applicant().state().equals("QLD"));
    assertOutcomesChangeOnly(event, p -> p.applicant().state().equals("QLD"));
    assertThat(Rows.outcomes(CALM.withEvents(event).day(3))).isNotEqualTo(OUTCOMES_BEFORE);
  }

  @Test
  void covariateShiftOfEachOtherColumnHasItsScale() {
    assertMoves(
        "loan_amount", (was, is) -> clipped(is, 1e3, 1e5) || near(is / was, Math.exp(0.7), 0.1));
    assertMoves("credit_score", (was, is) -> clipped(is, 300, 900) || near(is - was, 85, 1));
    assertMoves(
        "existing_debt", (was, is) -> was == 0 ? is == 0 : near(is / was, Math.exp(1.1), 0.1));
    assertMoves("utilisation", (was, is) -> near(Rows.logit(is) - Rows.logit(was), 1.1, 1e-9));
    assertMoves("postcode_risk", (was, is) -> near(is - was, 10, 0.1001));
    // A log-normal rounded down: the new value plus one lies above e^0.8 times the old one.
    assertMoves("num_enquiries", (was, is) -> is == 30 || is + 1 > was * Math.exp(0.8));
    assertMoves("months_employed", (was, is) -> is >= was);
  }

  @Test
  void newCategoryTakesItsShare() {
    Event event = new Event.NewCategory("purpose", "solar_battery", 0.06, 3);
    Predicate<Prediction> bears = p -> "solar_battery".equals(p.applicant().value(Feature.PURPOSE));
    long n = after(event).stream().filter(bears).count();
    assertThat(n / 10_000.0).isCloseTo(0.06, within(Rows.fiveSigma(0.06, 10_000)));
    assertOnly(event, with("purpose"), bears);
    assertOutcomesChangeOnly(event, p -> false);
  }

  @Test
  void twoNewCategoriesAreDrawnApart() {
    Simulation both =
        CALM.withEvents(
            new Event.NewCategory("channel", "kiosk", 0.5, 3),
            new Event.NewCategory("channel", "phone", 0.5, 3));
    // The later one takes half of all rows, the earlier one keeps half of the rest.
    List<Object> channels =
        Rows.predictions(both.day(3)).stream()
            .map(p -> p.applicant().value(Feature.CHANNEL))
            .toList();
    assertThat(channels.stream().filter("phone"::equals).count() / 10_000.0)
        .isCloseTo(0.5, within(Rows.fiveSigma(0.5, 10_000)));
    assertThat(channels.stream().filter("kiosk"::equals).count() / 10_000.0)
        .isCloseTo(0.25, within(Rows.fiveSigma(0.25, 10_000)));
  }

  @Test
  void nullBurstLosesItsShareAndEnds() {
    Event event = new Event.NullBurst("income", 0.35, 3, 4);
    Predicate<Prediction> lost = p -> !p.applicant().has(Feature.INCOME);
    long n = after(event).stream().filter(lost).count();
    assertThat(n / 10_000.0).isCloseTo(0.35, within(Rows.fiveSigma(0.35, 10_000)));
    assertOnly(event, with("income"), lost);
    assertOutcomesChangeOnly(event, p -> false);
    assertThat(Rows.predictions(CALM.withEvents(event).day(5)))
        .isEqualTo(Rows.predictions(CALM.day(5)));
  }

  @Test
  void stuckSensorRepeatsOneValueAndEnds() {
    Event event = new Event.StuckSensor("utilisation", 0.5, 2, 3);
    assertThat(after(event)).allMatch(p -> p.applicant().number(Feature.UTILISATION) == 0.5);
    assertOnly(event, with("utilisation"), p -> true);
    assertOutcomesChangeOnly(event, p -> false);
    assertThat(Rows.predictions(CALM.withEvents(event).day(4)))
        .isEqualTo(Rows.predictions(CALM.day(4)));
  }

  @Test
  void stuckSensorKeepsTheTypeOfTheColumn() {
    assertThat(
            after(new Event.StuckSensor("credit_score", 499.7, 3, 3))
                .get(0)
                .applicant()
                .value("credit_score"))
        .contains(500);
  }

  @Test
  void lostValuesHideStuckOnes() {
    List<Prediction> after =
        Rows.predictions(
            CALM.withEvents(
                    new Event.NullBurst("income", 1, 3, 3),
                    new Event.StuckSensor("income", 7, 3, 3))
                .day(3));
    assertThat(after).noneMatch(p -> p.applicant().has(Feature.INCOME));
  }

  @Test
  void scoreShiftMovesEveryLogit() {
    Event event = new Event.ScoreShift(0.4, 3);
    assertLogitsMove(event, p -> true, 0.4);
    assertOnly(event, SCORE, p -> true);
    assertOutcomesChangeOnly(event, p -> false);
  }

  @Test
  void fairnessGapMovesOneGendersLogits() {
    Event event = new Event.FairnessGap("f", 0.7, 3);
    Predicate<Prediction> women = p -> p.applicant().gender().equals(Optional.of("f"));
    assertLogitsMove(event, women, 0.7);
    assertOnly(event, SCORE, women);
    assertOutcomesChangeOnly(event, p -> false);
  }

  // With e = 1/(1+exp(-(logit p + 1))): the sum of outcomes has mean Σe and variance Σe(1-e).
  @Test
  void conceptChangeMovesOneBandsOutcomesAndNoScore() {
    Event event = new Event.ConceptChange("18-25", 1, 3);
    assertOnly(event, Set.of(), p -> false);
    assertOutcomesChangeOnly(event, p -> p.applicant().ageBand().equals("18-25"));
    List<Optional<Outcome>> after = Rows.outcomes(CALM.withEvents(event).day(3));
    double surplus = 0;
    double variance = 0;
    double surplusOverScores = 0;
    for (int i = 0; i < after.size(); i++) {
      Prediction prediction = BEFORE.get(i);
      if (prediction.applicant().ageBand().equals("18-25") && after.get(i).isPresent()) {
        double e = 1 / (1 + Math.exp(-Rows.logit(prediction.probability()) - 1));
        int defaulted = after.get(i).orElseThrow().defaulted();
        surplus += defaulted - e;
        surplusOverScores += defaulted - prediction.probability();
        variance += e * (1 - e);
      }
    }
    assertThat(surplus / Math.sqrt(variance)).isBetween(-5.0, 5.0);
    assertThat(surplusOverScores / Math.sqrt(variance)).isGreaterThan(5);
  }

  @Test
  void latencySpikeMultipliesLatency() {
    Event event = new Event.LatencySpike(3, 3, 3);
    List<Prediction> after = after(event);
    for (int i = 0; i < after.size(); i++) {
      assertThat(after.get(i).latencyMs())
          .isCloseTo(3 * BEFORE.get(i).latencyMs(), within(1e-9 * after.get(i).latencyMs()));
    }
    assertOnly(event, Set.of("latency_ms"), p -> true);
    assertOutcomesChangeOnly(event, p -> false);
    assertThat(Rows.predictions(CALM.withEvents(event).day(4)))
        .isEqualTo(Rows.predictions(CALM.day(4)));
  }

  @Test
  void missingDayHasNoRowsAndItsNeighboursAreWhole() {
    Simulation missing = CALM.withEvents(new Event.MissingDay(3));
    assertThat(missing.day(3).rows()).isZero();
    assertThat(missing.rows()).isEqualTo(40_000);
    assertThatThrownBy(() -> missing.day(3).outcome(0))
        .hasMessage("Day 3 has 0 rows, so there is no row 0.");
    assertThat(Rows.predictions(missing.day(2))).isEqualTo(Rows.predictions(CALM.day(2)));
    assertThat(Rows.predictions(missing.day(4))).isEqualTo(Rows.predictions(CALM.day(4)));
  }

  @Test
  void versionChangeChangesTheVersionAlone() {
    Event event = new Event.VersionChange("2", 3);
    assertThat(BEFORE).allMatch(p -> p.modelVersion().equals("1"));
    assertThat(after(event)).allMatch(p -> p.modelVersion().equals("2"));
    assertOnly(event, Set.of("model_version"), p -> true);
    assertOutcomesChangeOnly(event, p -> false);
    Simulation twice = CALM.withEvents(new Event.VersionChange("3", 4), event);
    assertThat(twice.day(5).prediction(0).modelVersion()).isEqualTo("3");
  }

  @Test
  void storiesSayWhatHappens() {
    assertThat(Simulation.demoScript().events().stream().map(Event::story))
        .containsExactly(
            "From day 64 on, applicants aged 18-25 default more often than their scores say"
                + " (logit +1.00).",
            "Day 70 has no rows.",
            "From day 75 on, income of applicants from QLD lies 1.0 standard deviations lower.",
            "From day 78 on, the logit of scores of gender f is 0.7 higher than their inputs"
                + " warrant.",
            "From day 80 on, a share of 0.06 of the rows has the new value 'solar_battery' in"
                + " purpose.",
            "On day 82, answers take 3.0 times as long.",
            "From day 84 to day 86, utilisation is lost in a share of 0.35 of the rows.");
    assertThat(new Event.StuckSensor("income", 5, 2, Event.FOR_EVER).story())
        .isEqualTo("From day 2 on, income is stuck at 5.0.");
    assertThat(new Event.ScoreShift(-0.5, 2).story())
        .isEqualTo("From day 2 on, the logit of every score is 0.5 lower, for unchanged inputs.");
    assertThat(new Event.VersionChange("2", 9).story())
        .isEqualTo("From day 9 on, version 2 answers.");
  }

  @ParameterizedTest
  @CsvSource({
    "income, QLD, true",
    "loan_to_income, QLD, false",
    "term_months, QLD, false",
    "purpose, QLD, false",
    "Income, QLD, false",
    "income, Queensland, false"
  })
  void onlyNumbersOfAKnownStateShift(String column, String state, boolean allowed) {
    if (allowed) {
      assertThat(new Event.CovariateShift(state, column, 1, 1).column()).isEqualTo(column);
    } else {
      assertThatThrownBy(() -> new Event.CovariateShift(state, column, 1, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("name one of [");
    }
  }

  @Test
  void refusesWhatCannotHappen() {
    assertThatThrownBy(() -> new Event.NewCategory("income", "x", 0.1, 1))
        .hasMessage(
            "Column 'income' is not a text feature; name one of"
                + " [employment_type, purpose, housing, channel].");
    assertThatThrownBy(() -> new Event.NullBurst("income", 0, 1, 2))
        .hasMessage("A share must be above 0 and at most 1, but is 0.0.");
    assertThatThrownBy(() -> new Event.NullBurst("income", 0.5, 4, 2))
        .hasMessageContaining("from day 4 to day 2");
    assertThatThrownBy(() -> new Event.StuckSensor("has_guarantor", 1, 1, 1))
        .hasMessageContaining("not a numeric feature");
    assertThatThrownBy(() -> new Event.ScoreShift(Double.NaN, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Event.ConceptChange("18-24", 1, 1))
        .hasMessage(
            "Age band '18-24' is not known; name one of [18-25, 26-35, 36-50, 51-64, 65+].");
    assertThatThrownBy(() -> new Event.FairnessGap("female", 1, 1))
        .hasMessage("Gender 'female' is not known; name one of [f, m, x].");
    assertThatThrownBy(() -> new Event.LatencySpike(0, 1, 1)).hasMessageContaining("0.0");
    assertThatThrownBy(() -> new Event.MissingDay(0)).hasMessageContaining("day 1 or later");
  }

  private static List<Prediction> after(Event event) {
    return Rows.predictions(CALM.withEvents(event).day(3));
  }

  private static double number(int row, Feature feature) {
    return BEFORE.get(row).applicant().number(feature);
  }

  private static Set<String> with(String column) {
    return Set.of(column, "probability", "decision");
  }

  private static boolean near(double value, double expected, double within) {
    return Math.abs(value - expected) <= within;
  }

  private static boolean clipped(double value, double least, double most) {
    return value == least || value == most;
  }

  /** One standard deviation up in Victoria. */
  private static void assertMoves(String column, BiPredicate<Double, Double> rightly) {
    Feature feature = Feature.named(column, f -> true, "a feature");
    Event event = new Event.CovariateShift("VIC", column, 1, 3);
    List<Prediction> after = after(event);
    int moved = 0;
    for (int i = 0; i < after.size(); i++) {
      Applicant was = BEFORE.get(i).applicant();
      Applicant is = after.get(i).applicant();
      assertThat(is.has(feature)).isEqualTo(was.has(feature));
      if (was.has(feature) && was.state().equals("VIC")) {
        moved += is.number(feature) == was.number(feature) ? 0 : 1;
        assertThat(rightly.test(was.number(feature), is.number(feature)))
            .as("%s: %s became %s", column, was.number(feature), is.number(feature))
            .isTrue();
      }
    }
    assertThat(moved).isGreaterThan(1_000);
    Set<String> columns = Set.of(column, "loan_to_income", "probability", "decision");
    assertOnly(event, columns, p -> p.applicant().state().equals("VIC"));
  }

  private static void assertLogitsMove(Event event, Predicate<Prediction> whose, double by) {
    List<Prediction> after = after(event);
    for (int i = 0; i < after.size(); i++) {
      Prediction is = after.get(i);
      assertThat(Rows.logit(is.probability()) - Rows.logit(BEFORE.get(i).probability()))
          .isCloseTo(whose.test(is) ? by : 0, within(1e-9));
      assertThat(is.decision()).isEqualTo(is.probability() >= 0.2 ? 1 : 0);
    }
  }

  /** No other column changes, no column of other rows, and nothing on the day before. */
  private static void assertOnly(Event event, Set<String> columns, Predicate<Prediction> rows) {
    List<Prediction> after = after(event);
    assertThat(after).hasSameSizeAs(BEFORE);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      Map<String, Object> was = Rows.columns(BEFORE.get(i));
      Map<String, Object> is = Rows.columns(after.get(i));
      if (rows.test(after.get(i))) {
        was.keySet().removeAll(columns);
        is.keySet().removeAll(columns);
      }
      if (!is.equals(was)) {
        wrong.add(was + " became " + is);
      }
    }
    assertThat(wrong).isEmpty();
    int dayBefore = event.fromDay() - 1;
    assertThat(Rows.predictions(CALM.withEvents(event).day(dayBefore)))
        .isEqualTo(Rows.predictions(CALM.day(dayBefore)));
    assertThat(Rows.outcomes(CALM.withEvents(event).day(dayBefore)))
        .isEqualTo(Rows.outcomes(CALM.day(dayBefore)));
  }

  private static void assertOutcomesChangeOnly(Event event, Predicate<Prediction> rows) {
    List<Optional<Outcome>> after = Rows.outcomes(CALM.withEvents(event).day(3));
    for (int i = 0; i < after.size(); i++) {
      if (!rows.test(BEFORE.get(i))) {
        assertThat(after.get(i)).isEqualTo(OUTCOMES_BEFORE.get(i));
      }
    }
  }
}
