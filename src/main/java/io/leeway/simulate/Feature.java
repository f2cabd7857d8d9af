package io.leeway.simulate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The columns that an application brings to the model, in the order of the table. */
enum Feature {
  /** Dollars a year, log-normal, at least 1. */
  INCOME(Kind.DECIMAL, true),
  /** Dollars, log-normal in 1 000 .. 100 000, in steps of 100; larger for larger incomes. */
  LOAN_AMOUNT(Kind.DECIMAL, true),
  /** {@link #LOAN_AMOUNT} by {@link #INCOME}. */
  LOAN_TO_INCOME(Kind.DECIMAL, false),
  TERM_MONTHS(Kind.WHOLE, false),
  /** 300 .. 900, normal; missing for those without a credit file. */
  CREDIT_SCORE(Kind.WHOLE, true),
  /**
   * Log-normal, at most the time since the 15th birthday; missing for those not employed and
   * retired.
   */
  MONTHS_EMPLOYED(Kind.WHOLE, true),
  /** Credit enquiries of the last year, 0 .. 30, a log-normal rounded down. */
  NUM_ENQUIRIES(Kind.WHOLE, true),
  /** Dollars; zero for three in ten, else log-normal. */
  EXISTING_DEBT(Kind.DECIMAL, true),
  /** Share of the credit line in use, logit-normal; missing for those without one. */
  UTILISATION(Kind.DECIMAL, true),
  /**
   * An index that another firm delivers, normal around 50 with standard deviation 10. The model in
   * use does not read it although defaults depend on it: a retrained model can do better.
   */
  POSTCODE_RISK(Kind.DECIMAL, true),
  EMPLOYMENT_TYPE(Kind.TEXT, false),
  PURPOSE(Kind.TEXT, false),
  HOUSING(Kind.TEXT, false),
  CHANNEL(Kind.TEXT, false),
  HAS_GUARANTOR(Kind.FLAG, false);

  /** The type of a column's values. */
  enum Kind {
    /** {@link Double} */
    DECIMAL,
    /** {@link Integer} */
    WHOLE,
    /** {@link String} */
    TEXT,
    /** {@link Boolean} */
    FLAG
  }

  static final List<Feature> ALL = List.of(values());

  private final String column = name().toLowerCase(Locale.ROOT);
  private final Kind kind;
  private final boolean normalBehind;

  Feature(Kind kind, boolean normalBehind) {
    this.kind = kind;
    this.normalBehind = normalBehind;
  }

  String column() {
    return column;
  }

  Kind kind() {
    return kind;
  }

  boolean isNumeric() {
    return kind == Kind.DECIMAL || kind == Kind.WHOLE;
  }

  /** Whether the column is a rising function of one standard normal of its own. */
  boolean hasNormalBehind() {
    return normalBehind;
  }

  /** The number in the type of a numeric column. */
  Object of(double value) {
    return switch (kind) {
      case DECIMAL -> value;
      case WHOLE -> (int) StrictMath.rint(value);
      case TEXT, FLAG ->
          throw new IllegalArgumentException("Column " + column + " has no numbers.");
    };
  }

  /**
   * The feature of that column.
   *
   * @throws IllegalArgumentException if there is none that {@code fits}; it lists those
   */
  static Feature named(String column, Predicate<Feature> fits, String need) {
    return ALL.stream()
        .filter(feature -> feature.column.equals(column) && fits.test(feature))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(column, fits, need)));
  }

  private static String unknown(String column, Predicate<Feature> fits, String need) {
    List<String> known = Arrays.stream(values()).filter(fits).map(Feature::column).toList();
    return "Column '" + column + "' is not " + need + "; name one of " + known + ".";
  }
}
