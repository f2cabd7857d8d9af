package io.leeway.retrain.expect;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.covar_pop;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.stddev_pop;
import static org.apache.spark.sql.functions.when;

import io.leeway.stats.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Counts, ranges and quantiles of all columns of a batch: one row of one aggregation. */
final class Moments {
  /** As many bins of about equal mass tell how well a number separates the classes. */
  private static final int BINS = 100;

  /** Quantiles are within 1 / 1000 of the rows of their rank. */
  private static final int ACCURACY = 1_000;

  private final Row row;

  private Moments(Row row) {
    this.row = row;
  }

  static Moments of(Dataset<Row> batch, List<ScannedColumn> columns, ReferenceLabel label) {
    List<Column> projected = new ArrayList<>();
    projected.add(col(BatchScan.TIME).as("time"));
    projected.add(col(BatchScan.LABEL).as("label"));
    for (ScannedColumn column : columns) {
      projected.add(column.values().as(column.value()));
      projected.add(column.source().isNotNull().as(column.value() + "_is"));
    }
    List<Column> aggregates = new ArrayList<>(ofBatch(label));
    columns.forEach(column -> aggregates.addAll(ofColumn(column, label)));
    Moments moments =
        new Moments(
            batch
                .select(projected.toArray(Column[]::new))
                .agg(count(lit(1)).as("rows"), aggregates.toArray(Column[]::new))
                .head());
    long wrong = moments.row.getLong(moments.row.fieldIndex("wrong_labels"));
    if (wrong > 0) {
      throw new IllegalArgumentException(
          wrong
              + (label.hasClasses()
                  ? " labels are no index of a class, 0 or above."
                  : " labels are not finite."));
    }
    return moments;
  }

  private static List<Column> ofBatch(ReferenceLabel label) {
    Column value = col("label");
    Column whole = value.try_cast(DataTypes.IntegerType);
    Column right =
        label.hasClasses()
            ? whole.geq(lit(0)).and(whole.cast(DataTypes.DoubleType).equalTo(value))
            : finite(value);
    return List.of(
        count(value).as("labelled"),
        count_if(value.isNotNull().and(not(coalesce(right, lit(false))))).as("wrong_labels"),
        min(value).as("least_label"),
        max(value).as("greatest_label"),
        avg(value).as("mean_label"),
        min(col("time")).as("earliest"),
        max(col("time")).as("latest"));
  }

  private static List<Column> ofColumn(ScannedColumn column, ReferenceLabel of) {
    String name = column.value();
    List<Column> aggregates = new ArrayList<>();
    aggregates.add(count_if(col(name + "_is")).as(name + "_present"));
    if (column.reading() == ScannedColumn.Reading.NUMBER) {
      Column value = col(name);
      Column finite = when(finite(value), value);
      double[] ranks = IntStream.range(1, BINS).mapToDouble(k -> (double) k / BINS).toArray();
      aggregates.add(count_if(isnan(value)).as(name + "_nan"));
      aggregates.add(
          count_if(abs(value).equalTo(lit(Double.POSITIVE_INFINITY))).as(name + "_infinite"));
      aggregates.add(min(finite).as(name + "_min"));
      aggregates.add(max(finite).as(name + "_max"));
      aggregates.add(percentile_approx(finite, lit(ranks), lit(ACCURACY)).as(name + "_quantiles"));
      if (!of.hasClasses()) {
        // The function corr divides by zero where a column is constant.
        Column label = when(finite.isNotNull(), col("label"));
        Column labelled = when(col("label").isNotNull(), finite);
        aggregates.add(covar_pop(finite, col("label")).as(name + "_covariance"));
        aggregates.add(stddev_pop(labelled).as(name + "_deviation"));
        aggregates.add(stddev_pop(label).as(name + "_label_deviation"));
      }
    }
    return aggregates;
  }

  /** NaN is greater than all numbers in Spark. */
  private static Column finite(Column value) {
    return abs(value).leq(lit(Double.MAX_VALUE));
  }

  long rows() {
    return row.getLong(row.fieldIndex("rows"));
  }

  long labelled() {
    return row.getLong(row.fieldIndex("labelled"));
  }

  long present(ScannedColumn column) {
    return rowsThat(column, "present");
  }

  long rowsThat(ScannedColumn column, String what) {
    return row.getLong(row.fieldIndex(column.value() + "_" + what));
  }

  Optional<Double> number(String name) {
    int index = row.fieldIndex(name);
    // Zero has one sign, so that equal numbers are equal objects.
    return row.isNullAt(index) ? Optional.empty() : Optional.of(row.getDouble(index) + 0.0);
  }

  Optional<Instant> time(String name) {
    return BatchScan.instant(row, name);
  }

  /** The absolute value of Pearson's, in [0, 1]. */
  Outcome<Double> correlation(ScannedColumn column) {
    double covariance = number(column.value() + "_covariance").orElse(0.0);
    double scale =
        number(column.value() + "_deviation").orElse(0.0)
            * number(column.value() + "_label_deviation").orElse(0.0);
    return scale > 0 && Double.isFinite(scale) && Double.isFinite(covariance)
        ? Outcome.of(Math.min(1, Math.abs(covariance / scale)))
        : Outcome.undefined("The column or the label does not vary, or is too great.");
  }

  /**
   * Edges of the cells that a column of numbers is counted in: those of the reference, and the
   * batch's quantiles. What is many quantiles at once has a bin for itself.
   */
  double[] edges(ScannedColumn column) {
    TreeSet<Double> edges = new TreeSet<>();
    column
        .expectation()
        .flatMap(of -> of.reference().bins())
        .ifPresent(bins -> edges.addAll(bins.edges()));
    int index = row.fieldIndex(column.value() + "_quantiles");
    List<Double> quantiles = row.isNullAt(index) ? List.of() : row.getList(index);
    for (int k = 0; k < quantiles.size(); k++) {
      double quantile = quantiles.get(k) + 0.0;
      edges.add(quantile);
      if (k > 0 && quantile == quantiles.get(k - 1)) {
        edges.add(Math.nextUp(quantile));
      }
    }
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
