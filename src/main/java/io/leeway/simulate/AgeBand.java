package io.leeway.simulate;

import java.util.Arrays;
import java.util.List;

/** Bands of age, with their share of the applications and what else differs between them. */
enum AgeBand {
  FROM_18("18-25", 18, 25, 0.16, -0.30, -25, -1.0),
  FROM_26("26-35", 26, 35, 0.28, 0.00, -5, -0.2),
  FROM_36("36-50", 36, 50, 0.31, 0.12, 5, 0.2),
  FROM_51("51-64", 51, 64, 0.18, 0.05, 15, 0.4),
  FROM_65("65+", 65, 84, 0.07, -0.35, 25, 0.0);

  private static final Categories<AgeBand> SHARES =
      new Categories<>(
          List.of(values()), Arrays.stream(values()).mapToDouble(band -> band.share).toArray());

  private final String label;
  private final int youngest;
  private final int oldest;
  private final double share;
  private final double logIncome;
  private final double creditScore;
  private final double logMonthsEmployed;

  AgeBand(
      String label,
      int youngest,
      int oldest,
      double share,
      double logIncome,
      double creditScore,
      double logMonthsEmployed) {
    this.label = label;
    this.youngest = youngest;
    this.oldest = oldest;
    this.share = share;
    this.logIncome = logIncome;
    this.creditScore = creditScore;
    this.logMonthsEmployed = logMonthsEmployed;
  }

  static AgeBand at(double uniform) {
    return SHARES.at(uniform);
  }

  /** The band written {@code label}; the known ones are listed if there is none. */
  static AgeBand labelled(String label) {
    return Arrays.stream(values())
        .filter(band -> band.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Age band '"
                        + label
                        + "' is not known; name one of "
                        + Arrays.stream(values()).map(AgeBand::label).toList()
                        + "."));
  }

  String label() {
    return label;
  }

  double share() {
    return share;
  }

  /** Years; all of the band's are equally likely. */
  int age(double uniform) {
    return youngest + (int) (uniform * (oldest - youngest + 1));
  }

  /** What the band adds to the logarithm of the income. */
  double logIncome() {
    return logIncome;
  }

  /** What the band adds to the credit score, in points. */
  double creditScore() {
    return creditScore;
  }

  /** What the band adds to the logarithm of the months in the present job. */
  double logMonthsEmployed() {
    return logMonthsEmployed;
  }
}
