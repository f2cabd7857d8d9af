package io.leeway.simulate;

import io.leeway.simulate.Draws.Draw;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The people who apply. Every numeric column but the term and the ratio is a rising function of one
 * standard normal of its own, so that "moved by one standard deviation" has one meaning for all of
 * them: that normal is moved, before anything is rounded or clipped.
 *
 * <p>Columns that depend on another one depend on its unmoved normal; only {@code loan_to_income}
 * is computed from the columns as they are.
 */
final class Population {
  private static final Categories<String> GENDER =
      new Categories<>(List.of("m", "f", "x", ""), 0.49, 0.47, 0.01, 0.03);
  private static final Categories<Integer> TERM =
      new Categories<>(List.of(12, 24, 36, 48, 60, 84), 0.08, 0.17, 0.27, 0.15, 0.25, 0.08);
  private static final Categories<String> EMPLOYMENT_UNDER_65 =
      new Categories<>(
          List.of("full_time", "part_time", "casual", "self_employed", "not_employed"),
          0.60,
          0.16,
          0.12,
          0.09,
          0.03);
  private static final Categories<String> EMPLOYMENT_FROM_65 =
      new Categories<>(
          List.of("full_time", "part_time", "casual", "self_employed", "retired"),
          0.12,
          0.14,
          0.04,
          0.10,
          0.60);
  private static final Categories<String> PURPOSE =
      new Categories<>(
          List.of(
              "car",
              "debt_consolidation",
              "home_improvement",
              "holiday",
              "wedding",
              "medical",
              "other"),
          0.30,
          0.24,
          0.18,
          0.09,
          0.04,
          0.06,
          0.09);
  private static final Categories<String> HOUSING =
      new Categories<>(List.of("renting", "mortgage", "owner", "boarding"), 0.38, 0.34, 0.17, 0.11);
  private static final Categories<String> CHANNEL =
      new Categories<>(List.of("web", "app", "broker", "branch"), 0.46, 0.30, 0.16, 0.08);

  /** Keeps the variance of the wish at 1 beside the 0.4 of the income's normal. */
  private static final double OWN_WISH = StrictMath.sqrt(1 - 0.4 * 0.4);

  /** By {@link State}, then by {@link Feature}: how far the normal is moved. */
  private final Map<State, Map<Feature, Double>> moved;

  private Population(Map<State, Map<Feature, Double>> moved) {
    this.moved = moved;
  }

  static Population movedBy(List<Event.CovariateShift> shifts) {
    Map<State, Map<Feature, Double>> moved = new EnumMap<>(State.class);
    for (Event.CovariateShift shift : shifts) {
      moved
          .computeIfAbsent(State.named(shift.state()), state -> new EnumMap<>(Feature.class))
          .merge(shift.feature(), shift.amount(), Double::sum);
    }
    return new Population(moved);
  }

  Applicant applicant(Draws draws) {
    State state = State.at(draws.uniform(Draw.STATE));
    AgeBand band = AgeBand.at(draws.uniform(Draw.AGE_BAND));
    int age = band.age(draws.uniform(Draw.AGE));
    boolean young = band == AgeBand.FROM_18;
    String gender = GENDER.at(draws.uniform(Draw.GENDER));
    Map<Feature, Double> moves = moved.getOrDefault(state, Map.of());
    EnumMap<Feature, Object> form = new EnumMap<>(Feature.class);

    double wealth = draws.normal(Draw.INCOME);
    double rich = band.logIncome() + 0.45 * (wealth + by(moves, Feature.INCOME));
    double income = Math.max(1, cents(68_000 * exp(rich)));
    double wish = 0.4 * wealth + OWN_WISH * draws.normal(Draw.LOAN_AMOUNT);
    double loan = 18_000 * exp(0.7 * (wish + by(moves, Feature.LOAN_AMOUNT)));
    loan = 100 * StrictMath.rint(clip(loan, 1_000, 100_000) / 100);
    form.put(Feature.INCOME, income);
    form.put(Feature.LOAN_AMOUNT, loan);
    form.put(Feature.LOAN_TO_INCOME, loan / income);
    form.put(Feature.TERM_MONTHS, TERM.at(draws.uniform(Draw.TERM_MONTHS)));

    if (draws.uniform(Draw.NO_CREDIT_FILE) >= (young ? 0.06 : 0.02)) {
      double z = draws.normal(Draw.CREDIT_SCORE) + by(moves, Feature.CREDIT_SCORE);
      form.put(Feature.CREDIT_SCORE, (int) clip(680 + band.creditScore() + 85 * z, 300, 900));
    }
    String employment =
        (band == AgeBand.FROM_65 ? EMPLOYMENT_FROM_65 : EMPLOYMENT_UNDER_65)
            .at(draws.uniform(Draw.EMPLOYMENT_TYPE));
    if (!employment.equals("not_employed") && !employment.equals("retired")) {
      double z = draws.normal(Draw.MONTHS_EMPLOYED) + by(moves, Feature.MONTHS_EMPLOYED);
      double months = 40 * exp(band.logMonthsEmployed() + 0.9 * z);
      form.put(Feature.MONTHS_EMPLOYED, (int) Math.min(months, 12 * (age - 15)));
    }
    double asked = draws.normal(Draw.NUM_ENQUIRIES) + by(moves, Feature.NUM_ENQUIRIES);
    form.put(Feature.NUM_ENQUIRIES, (int) Math.min(exp(0.35 + 0.8 * asked), 30));
    double owed = draws.normal(Draw.EXISTING_DEBT) + by(moves, Feature.EXISTING_DEBT);
    boolean free = draws.uniform(Draw.NO_DEBT) < 0.3;
    form.put(Feature.EXISTING_DEBT, free ? 0.0 : cents(9_000 * exp(1.1 * owed)));
    if (draws.uniform(Draw.NO_CREDIT_LINE) >= 0.05) {
      double z = draws.normal(Draw.UTILISATION) + by(moves, Feature.UTILISATION);
      form.put(Feature.UTILISATION, 1 / (1 + exp(0.6 - 1.1 * z)));
    }
    double index = draws.normal(Draw.POSTCODE_RISK) + by(moves, Feature.POSTCODE_RISK);
    form.put(Feature.POSTCODE_RISK, StrictMath.rint(500 + 100 * index) / 10);

    form.put(Feature.EMPLOYMENT_TYPE, employment);
    form.put(Feature.PURPOSE, PURPOSE.at(draws.uniform(Draw.PURPOSE)));
    form.put(Feature.HOUSING, HOUSING.at(draws.uniform(Draw.HOUSING)));
    form.put(Feature.CHANNEL, CHANNEL.at(draws.uniform(Draw.CHANNEL)));
    form.put(Feature.HAS_GUARANTOR, draws.uniform(Draw.HAS_GUARANTOR) < (young ? 0.2 : 0.06));
    return new Applicant(state, age, band, gender.isEmpty() ? null : gender, form);
  }

  private static double by(Map<Feature, Double> moves, Feature feature) {
    return moves.getOrDefault(feature, 0.0);
  }

  private static double exp(double x) {
    return StrictMath.exp(x);
  }

  private static double cents(double dollars) {
    return StrictMath.rint(100 * dollars) / 100;
  }

  private static double clip(double value, double least, double most) {
    return Math.max(least, Math.min(most, value));
  }
}
