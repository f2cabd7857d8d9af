package io.leeway.retrain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.leeway.config.ModelConfig;
import io.leeway.config.RetrainConfig;
import io.leeway.domain.Window;
import io.leeway.retrain.expect.Anomaly;
import io.leeway.retrain.expect.BatchFacts;
import io.leeway.retrain.expect.BatchScan;
import io.leeway.retrain.expect.Expectations;
import io.leeway.retrain.expect.PeriodCounts;
import io.leeway.retrain.expect.PeriodFacts;
import io.leeway.retrain.expect.ReferenceColumn;
import io.leeway.retrain.expect.Validation;
import io.leeway.store.SourceTable;
import io.leeway.store.SqlName;
import io.leeway.store.Store;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Holds the rows that a model is to learn from against what the baseline lets expect of them. */
final class BatchCheck {
  private static final int NAMED = 5;

  private final Validation validation;

  private BatchCheck(Validation validation) {
    this.validation = validation;
  }

  /**
   * Looks at the rows.
   *
   * @param asOf a prediction of a later time is of the future
   * @param features the columns that are learnt from, where they are named one by one; all features
   *     of the baseline where it is empty
   */
  static BatchCheck of(
      Store store,
      ModelConfig model,
      RetrainConfig config,
      SourceTable predictions,
      TrainingRows rows,
      Instant asOf,
      Optional<Set<String>> features) {
    BaselineColumns baseline = new BaselineColumns(store, model);
    List<ReferenceColumn> known =
        baseline.features().stream()
            .filter(of -> features.map(names -> names.contains(of.name())).orElse(true))
            .toList();
    Expectations expectations =
        Expectations.inferred(baseline.label(), known).with(config.expectations());
    Set<String> names =
        features.orElseGet(
            () -> known.stream().map(ReferenceColumn::name).collect(Collectors.toSet()));
    BatchFacts facts = BatchScan.of(looked(rows.trainedOrHeldOut(), names), expectations);
    PeriodFacts period =
        new PeriodFacts(
            new Window(rows.period().from(), rows.period().until()),
            asOf,
            Optional.of(counted(model, predictions, rows, asOf)));
    return new BatchCheck(Validation.of(expectations, facts, period));
  }

  private static Dataset<Row> looked(Dataset<Row> rows, Set<String> names) {
    List<Column> columns = new ArrayList<>();
    columns.add(col(BatchScan.ID));
    columns.add(col(BatchScan.TIME));
    columns.add(col(BatchScan.LABEL));
    for (String name : rows.columns()) {
      if (names.contains(name)) {
        columns.add(col(SqlName.quoted(name)));
      }
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private static PeriodCounts counted(
      ModelConfig model, SourceTable predictions, TrainingRows learnt, Instant asOf) {
    TrainingPeriod period = learnt.period();
    Dataset<Row> rows = predictions.read();
    Column time = col(SqlName.quoted(model.predictions().time())).cast(DataTypes.TimestampType);
    Column id = col(SqlName.quoted(model.predictions().id().orElseThrow()));
    Column within =
        time.geq(lit(period.from()))
            .and(time.lt(lit(period.until())))
            .and(not(PeriodScenarios.of(model).keep(time, period)));
    Column future = time.gt(lit(asOf)).and(time.geq(lit(period.until())));
    Dataset<Row> watched = model.predictions().where().map(rows::where).orElse(rows);
    Row counted =
        watched
            .where(within.or(future))
            .agg(
                count(when(within, 1)),
                countDistinct(when(within, id)),
                count(when(future, 1)),
                max(when(future, time)))
            .first();
    return new PeriodCounts(
        counted.getLong(0),
        counted.getLong(1),
        learnt.facts().labelledOfPeriod(),
        counted.getLong(2),
        Optional.ofNullable(counted.getTimestamp(3)).map(Timestamp::toInstant));
  }

  /** Whether nothing is to be trained on them. */
  boolean isRejected() {
    return validation.rejects();
  }

  /** What was expected, as a version. */
  String version() {
    return validation.expectations();
  }

  /** Why they are rejected, in a sentence. */
  String sentence() {
    List<Anomaly> errors = validation.errors();
    return "The rows are not fit to learn from, and nothing was trained: "
        + errors.stream()
            .limit(NAMED)
            .map(of -> of.code() + of.column().map(name -> " of " + name).orElse(""))
            .collect(Collectors.joining(", "))
        + (errors.size() > NAMED ? " and " + (errors.size() - NAMED) + " more" : "")
        + ".";
  }

  /** All that is odd, errors first, a sentence each. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    validation.errors().forEach(of -> words.add(of.code() + ": " + of.sentence()));
    validation.warnings().forEach(of -> words.add(of.code() + " (warning): " + of.sentence()));
    return words;
  }
}
