package io.leeway.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is true as long as nothing happens; 60 000 rows with seed 1. */
class CalmDaysTest {

  private static final Simulation CALM = Simulation.defaults().withRowsPerDay(20_000).withDays(3);
  private static final List<Prediction> PREDICTIONS =
      IntStream.rangeClosed(1, 3)
          .boxed()
          .flatMap(d -> Rows.predictions(CALM.day(d)).stream())
          .toList();
  private static final List<Optional<Outcome>> OUTCOMES =
      IntStream.rangeClosed(1, 3)
          .boxed()
          .flatMap(d -> Rows.outcomes(CALM.day(d)).stream())
          .toList();

  // Given the scores, the sum of outcomes has mean Σp and variance Σp(1-p).
  @Test
  void probabilitiesAreCalibratedInEveryTenthOfTheScores() {
    List<double[]> scored = new ArrayList<>();
    for (int i = 0; i < PREDICTIONS.size(); i++) {
      double p = PREDICTIONS.get(i).probability();
      OUTCOMES.get(i).ifPresent(outcome -> scored.add(new double[] {p, outcome.defaulted()}));
    }
    scored.sort((a, b) -> Double.compare(a[0], b[0]));
    int tenth = scored.size() / 10;
    for (int bin = 0; bin < 10; bin++) {
      double surplus = 0;
      double variance = 0;
      for (double[] each : scored.subList(bin * tenth, (bin + 1) * tenth)) {
        surplus += each[1] - each[0];
        variance += each[0] * (1 - each[0]);
      }
      assertThat(surplus / Math.sqrt(variance)).as("tenth %s", bin).isBetween(-4.5, 4.5);
    }
  }

  // The headroom of a better model: among equal scores, a high index goes with more defaults. The
  // mean surplus is Σ 0.5 min(p, 1-p) |tanh r| on either side, far above five standard errors.
  @Test
  void theUnreadIndexTellsMoreThanTheScore() {
    double surplus = 0;
    double expected = 0;
    double variance = 0;
    for (int i = 0; i < PREDICTIONS.size(); i++) {
      Prediction prediction = PREDICTIONS.get(i);
      double r = (prediction.applicant().number(Feature.POSTCODE_RISK) - 50) / 10;
      if (r > 0 && OUTCOMES.get(i).isPresent()) {
        double p = prediction.probability();
        double q = p + 0.5 * Math.min(p, 1 - p) * Math.tanh(r);
        surplus += OUTCOMES.get(i).orElseThrow().defaulted() - p;
        expected += q - p;
        variance += q * (1 - q);
      }
    }
    assertThat(surplus).isCloseTo(expected, within(5 * Math.sqrt(variance)));
    assertThat(expected).isGreaterThan(10 * Math.sqrt(variance));
  }

  @Test
  void decisionsFollowTheThreshold() {
    assertThat(PREDICTIONS)
        .allMatch(prediction -> prediction.decision() == (prediction.probability() >= 0.2 ? 1 : 0))
        .anyMatch(prediction -> prediction.decision() == 1)
        .anyMatch(prediction -> prediction.decision() == 0);
  }

  // Rounded from the shares of the population; they add up to 1.
  @Test
  void statesHaveTheirShares() {
    assertShares(
        prediction -> prediction.applicant().state(),
        Map.of(
            "NSW", 0.312, "VIC", 0.257, "QLD", 0.205, "WA", 0.110, "SA", 0.069, "TAS", 0.021, "ACT",
            0.017, "NT", 0.009));
  }

  @Test
  void ageBandsHaveTheirSharesAndHoldTheirAges() {
    assertShares(
        prediction -> prediction.applicant().ageBand(),
        Map.of("18-25", 0.16, "26-35", 0.28, "36-50", 0.31, "51-64", 0.18, "65+", 0.07));
    assertThat(PREDICTIONS)
        .allSatisfy(
            prediction -> {
              String[] ends =
                  prediction.applicant().ageBand().replace("65+", "65-84").split("-", 2);
              assertThat(prediction.applicant().age())
                  .isBetween(Integer.valueOf(ends[0]), Integer.valueOf(ends[1]));
            });
  }

  @Test
  void gendersHaveTheirSharesAndSomeAreNotStated() {
    assertShares(
        prediction -> prediction.applicant().gender().orElse("none"),
        Map.of("m", 0.49, "f", 0.47, "x", 0.01, "none", 0.03));
  }

  @Test
  void fewAnswersFail() {
    assertShares(Prediction::status, Map.of("ok", 0.997, "timeout", 0.002, "error", 0.001));
  }

  // Of those under 26, six in a hundred lack a credit file, of the others two: 0.16*0.06 +
  // 0.84*0.02.
  @Test
  void someValuesAreMissingByNature() {
    assertShares(
        prediction -> prediction.applicant().has(Feature.CREDIT_SCORE) ? "there" : "missing",
        Map.of("there", 0.9736, "missing", 0.0264));
    assertShares(
        prediction -> prediction.applicant().has(Feature.UTILISATION) ? "there" : "missing",
        Map.of("there", 0.95, "missing", 0.05));
    assertThat(PREDICTIONS)
        .allMatch(
            prediction ->
                prediction.applicant().has(Feature.MONTHS_EMPLOYED)
                    != List.of("retired", "not_employed")
                        .contains(prediction.applicant().value(Feature.EMPLOYMENT_TYPE)));
  }

  @Test
  void numbersStayInTheirRanges() {
    assertThat(PREDICTIONS)
        .allSatisfy(
            prediction -> {
              Applicant applicant = prediction.applicant();
              assertThat(applicant.number(Feature.INCOME)).isPositive();
              assertThat(applicant.number(Feature.LOAN_AMOUNT)).isBetween(1_000.0, 100_000.0);
              assertThat(applicant.number(Feature.LOAN_TO_INCOME))
                  .isEqualTo(
                      applicant.number(Feature.LOAN_AMOUNT) / applicant.number(Feature.INCOME));
              assertThat(prediction.probability()).isStrictlyBetween(0.0, 1.0);
              assertThat(prediction.latencyMs()).isPositive();
              assertThat(prediction.costAud()).isBetween(0.03, 0.05);
              if (applicant.has(Feature.CREDIT_SCORE)) {
                assertThat(applicant.number(Feature.CREDIT_SCORE)).isBetween(300.0, 900.0);
              }
              if (applicant.has(Feature.UTILISATION)) {
                assertThat(applicant.number(Feature.UTILISATION)).isStrictlyBetween(0.0, 1.0);
              }
            });
  }

  // Quantiles of the stated distributions: the log-normals' medians, three tenths without debt.
  @Test
  void numbersHaveTheirMedians() {
    assertShareBelow(Feature.LOAN_AMOUNT, 17_950, 0.4984, "Phi(ln(17950/18000)/0.7)");
    assertShareBelow(Feature.EXISTING_DEBT, 9_000, 0.3 + 0.7 / 2, "zeros and half of the others");
    assertShareBelow(Feature.POSTCODE_RISK, 59.95, 0.8401, "Phi(0.995)");
    assertShareBelow(Feature.NUM_ENQUIRIES, 0.5, 0.3309, "Phi(-0.35/0.8)");
  }

  @Test
  void threeInAHundredOutcomesNeverArriveAndDefaultsArriveSooner() {
    long n = OUTCOMES.size();
    assertThat(OUTCOMES.stream().filter(Optional::isEmpty).count() / (double) n)
        .isCloseTo(0.03, within(Rows.fiveSigma(0.03, n)));
    Map<Integer, List<Double>> days =
        OUTCOMES.stream()
            .flatMap(Optional::stream)
            .collect(
                Collectors.groupingBy(
                    Outcome::defaulted,
                    Collectors.mapping(CalmDaysTest::delay, Collectors.toList())));
    // 1 + 4e and 5 + 6e, e exponential, cut at 28: means 1 + 4(1 - exp(-27/4)) = 4.9953 and
    // 5 + 6(1 - exp(-23/6)) = 10.8702; standard deviations at most 4 and 6.
    assertMean(days.get(1), 4.9953, 4);
    assertMean(days.get(0), 10.8702, 6);
    assertThat(days.values().stream().flatMap(List::stream))
        .allSatisfy(delay -> assertThat(delay).isBetween(1.0, 28.0));
  }

  @Test
  void outcomesNameTheirPredictionAndItsTime() {
    for (int i = 0; i < PREDICTIONS.size(); i++) {
      Prediction prediction = PREDICTIONS.get(i);
      OUTCOMES
          .get(i)
          .ifPresent(
              outcome -> {
                assertThat(outcome.predictionId()).isEqualTo(prediction.predictionId());
                assertThat(outcome.predictionTime()).isEqualTo(prediction.scoredAt());
              });
    }
  }

  private static double delay(Outcome outcome) {
    return Duration.between(outcome.predictionTime(), outcome.observedAt()).toNanos() / 86_400e9;
  }

  private static void assertMean(List<Double> values, double expected, double deviation) {
    assertThat(values.stream().mapToDouble(each -> each).average().orElseThrow())
        .isCloseTo(expected, within(5 * deviation / Math.sqrt(values.size())));
  }

  private static void assertShares(
      Function<Prediction, String> valueOf, Map<String, Double> expected) {
    Map<String, Long> counts =
        PREDICTIONS.stream().collect(Collectors.groupingBy(valueOf, Collectors.counting()));
    assertThat(counts).containsOnlyKeys(expected.keySet());
    int n = PREDICTIONS.size();
    expected.forEach(
        (value, share) ->
            assertThat(counts.get(value) / (double) n)
                .as(value)
                .isCloseTo(share, within(Rows.fiveSigma(share, n))));
  }

  private static void assertShareBelow(
      Feature feature, double limit, double expected, String origin) {
    double[] values =
        PREDICTIONS.stream().mapToDouble(p -> p.applicant().number(feature)).toArray();
    assertThat(
            Arrays.stream(values).filter(value -> value < limit).count() / (double) values.length)
        .as("%s below %s: %s", feature, limit, origin)
        .isCloseTo(expected, within(Rows.fiveSigma(expected, values.length) + 1e-4));
  }
}
