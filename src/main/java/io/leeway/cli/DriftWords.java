package io.leeway.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.leeway.config.ModelConfig;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The largest drifts in plain words, each column once, at the segment where it is largest. */
final class DriftWords {
  private static final String DRIFT = "psi_corrected";
  private static final double NOTEWORTHY_SHARE = 0.05;

  /** One cell of the table: a column in a segment on a day. */
  private record Place(String column, String segment, Instant start) {}

  private record Figure(Double value, Double reference, long n, long referenceN, String reason) {}

  private DriftWords() {}

  /**
   * Looks at days from {@code since} on, all rows and segments of one column; needs the view {@code
   * latest_metrics}.
   */
  static List<String> largest(SparkSession spark, ModelConfig model, Instant since, int most) {
    Map<Place, Map<String, Figure>> figures = read(spark, model, since);
    Map<String, Place> worst = new LinkedHashMap<>();
    figures.entrySet().stream()
        .filter(entry -> drift(entry.getValue()).isPresent())
        .sorted(
            Comparator.comparingDouble(
                entry -> -drift(entry.getValue()).map(Figure::value).orElseThrow()))
        .forEach(entry -> worst.putIfAbsent(entry.getKey().column(), entry.getKey()));
    ZoneId zone = model.windows().zone();
    List<String> words = new ArrayList<>();
    worst.values().stream()
        .limit(most)
        .forEach(place -> words.add(sentence(place, figures.get(place), zone)));
    if (words.isEmpty()) {
      words.add("None: no column is further from the reference than chance explains.");
    }
    return words;
  }

  private static Optional<Figure> drift(Map<String, Figure> figures) {
    return Optional.ofNullable(figures.get(DRIFT))
        .filter(figure -> figure.value() != null && figure.value() > 0);
  }

  private static Map<Place, Map<String, Figure>> read(
      SparkSession spark, ModelConfig model, Instant since) {
    Dataset<Row> rows =
        spark
            .table("latest_metrics")
            .where(col("model").equalTo(lit(model.name())))
            .where(col("granularity").equalTo(lit(model.windows().base().toString())))
            .where(col("window_start").geq(lit(since)))
            .where("comparison <> 'previous' AND slice NOT LIKE '%,%' AND column_name <> ''")
            .where(
                """
                metric = 'psi_corrected' AND status = 'OK'
                OR metric IN ('median', 'null_rate', 'categories_new')""")
            .selectExpr(
                "column_name",
                "segment",
                "window_start",
                "metric",
                "value",
                "reference_value",
                "coalesce(n, 0L)",
                "coalesce(reference_n, 0L)",
                "reason");
    Map<Place, Map<String, Figure>> figures = new LinkedHashMap<>();
    for (Row row : rows.collectAsList()) {
      Place place =
          new Place(
              row.getString(0),
              row.getString(1),
              row.get(2) instanceof Instant instant ? instant : row.getTimestamp(2).toInstant());
      figures
          .computeIfAbsent(place, absent -> new LinkedHashMap<>())
          .put(
              row.getString(3),
              new Figure(
                  row.isNullAt(4) ? null : row.getDouble(4),
                  row.isNullAt(5) ? null : row.getDouble(5),
                  row.getLong(6),
                  row.getLong(7),
                  row.getString(8)));
    }
    return figures;
  }

  private static String sentence(Place place, Map<String, Figure> figures, ZoneId zone) {
    Figure drift = figures.get(DRIFT);
    LocalDate day = place.start().atZone(zone).toLocalDate();
    StringBuilder words = new StringBuilder();
    words
        .append(place.segment().isEmpty() ? "Over all rows " : "In " + place.segment() + " ")
        .append(place.column())
        .append(
            String.format(
                Locale.ROOT,
                " has moved: corrected PSI %.2f on %,d rows of %s against %,d in the reference",
                drift.value(),
                drift.n(),
                day,
                drift.referenceN()));
    both(figures, "median")
        .ifPresent(
            median ->
                words
                    .append("; median ")
                    .append(number(median.reference()))
                    .append(" → ")
                    .append(number(median.value())));
    both(figures, "null_rate")
        .filter(rate -> Math.abs(rate.value() - rate.reference()) >= NOTEWORTHY_SHARE)
        .ifPresent(
            rate ->
                words.append(
                    String.format(
                        Locale.ROOT,
                        "; missing %.0f %% → %.0f %%",
                        100 * rate.reference(),
                        100 * rate.value())));
    Optional.ofNullable(figures.get("categories_new"))
        .filter(fresh -> fresh.value() != null && fresh.value() > 0 && fresh.reason() != null)
        .ifPresent(fresh -> words.append(". ").append(fresh.reason().replaceAll("\\.$", "")));
    return words.append('.').toString();
  }

  private static Optional<Figure> both(Map<String, Figure> figures, String metric) {
    return Optional.ofNullable(figures.get(metric))
        .filter(figure -> figure.value() != null && figure.reference() != null);
  }

  /** Three digits are enough for a sentence. */
  private static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
    return Math.abs(value) >= 1_000
        ? String.format(Locale.ROOT, "%,d", rounded.longValue())
        : rounded.stripTrailingZeros().toPlainString();
  }
}
