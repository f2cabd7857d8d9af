package io.leeway.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What can be wrong with a training batch. Names that TFDV has, too, mean the same there, so that
 * people can look them up.
 *
 * @see <a href="https://github.com/tensorflow/data-validation/blob/master/g3doc/anomalies.md">TFDV,
 *     anomalies</a>
 */
public enum AnomalyCode {
  /** The period has no row. */
  NO_DATA_IN_SPAN(Severity.ERROR),
  /** Too few rows have a label. */
  DATASET_LOW_NUM_EXAMPLES(Severity.ERROR),
  /** Too many rows repeat the identifier of another one. Ours. */
  DUPLICATE_KEY(Severity.ERROR),
  /** Too many predictions are later than the batch was made. Ours. */
  FUTURE_TIMESTAMP(Severity.ERROR),
  /** Too small a share of the period's predictions has a label. Ours. */
  LABEL_MATURITY_LOW(Severity.ERROR),
  /** All labels are equal, so there is nothing to learn. Ours. */
  LABEL_ONE_CLASS(Severity.ERROR),
  /** A class has another share than in the reference. Ours. */
  LABEL_RATE_SHIFT(Severity.WARNING),
  /** An expected column is not there. */
  SCHEMA_MISSING_COLUMN(Severity.ERROR),
  /** A column is there that is not expected. */
  SCHEMA_NEW_COLUMN(Severity.WARNING),
  /** A column is of a type of another family. Ours. */
  FEATURE_TYPE_CHANGED(Severity.ERROR),
  /** Too many values are missing. */
  FEATURE_TYPE_LOW_FRACTION_PRESENT(Severity.ERROR),
  /** All values are equal, and in the reference they are not. Ours. */
  FEATURE_STUCK(Severity.ERROR),
  /** Values are not a number. */
  FLOAT_TYPE_HAS_NAN(Severity.ERROR),
  /** Values are infinite. */
  FLOAT_TYPE_HAS_INF(Severity.ERROR),
  /** A value is below the least that is expected. */
  FLOAT_TYPE_SMALL_FLOAT(Severity.ERROR),
  /** A value is above the greatest that is expected. */
  FLOAT_TYPE_BIG_FLOAT(Severity.ERROR),
  /** Too many values are none of the expected categories. */
  ENUM_TYPE_UNEXPECTED_STRING_VALUES(Severity.ERROR),
  /** Values are distributed otherwise than in the reference. */
  COMPARATOR_L_INFTY_HIGH(Severity.WARNING),
  /** A feature alone tells the label, as if it were made from it. Ours. */
  TARGET_LEAKAGE_SUSPECT(Severity.ERROR);

  /** What an anomaly does to the batch. */
  public enum Severity {
    /** The batch is rejected. */
    ERROR,
    /** People are told; a changed world is what one retrains for. */
    WARNING
  }

  private final Severity severity;

  AnomalyCode(Severity severity) {
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /**
   * Reads a name, in upper or lower case.
   *
   * @throws IllegalArgumentException in words with the nearest name, if there is none such
   */
  static AnomalyCode parse(String text) {
    List<String> known = Arrays.stream(values()).map(Enum::name).toList();
    String name = text.toUpperCase(Locale.ROOT);
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no anomaly that is known here; did you mean '"
              + Nearest.first(text, known).get(0)
              + "'? Known: "
              + String.join(", ", known));
    }
    return valueOf(name);
  }
}
