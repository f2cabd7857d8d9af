package io.leeway.retrain.expect;

import java.util.Locale;

/**
 * SQL types between which values keep their meaning: a wider whole number is one, too. A whole
 * number that becomes a fraction is not the same, for often its unit has changed.
 */
enum TypeFamily {
  WHOLE,
  FRACTION,
  TRUTH,
  TEXT,
  DATE,
  TIME,
  /** Each such type is a family by itself. */
  OTHER;

  static TypeFamily of(String type) {
    String name = type.toUpperCase(Locale.ROOT).split("[( ]", 2)[0];
    return switch (name) {
      case "TINYINT", "SMALLINT", "INT", "BIGINT" -> WHOLE;
      case "FLOAT", "DOUBLE", "DECIMAL" -> FRACTION;
      case "BOOLEAN" -> TRUTH;
      case "STRING", "VARCHAR", "CHAR" -> TEXT;
      case "DATE" -> DATE;
      case "TIMESTAMP", "TIMESTAMP_NTZ" -> TIME;
      default -> OTHER;
    };
  }

  static boolean same(String type, String other) {
    TypeFamily family = of(type);
    return family == of(other) && (family != OTHER || type.equalsIgnoreCase(other));
  }
}
