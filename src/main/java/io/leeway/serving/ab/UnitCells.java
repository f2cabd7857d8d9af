package io.leeway.serving.ab;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.leeway.config.LabelsConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.TestMetric;
import io.leeway.registry.Challenge;
import io.leeway.serving.Ramp;
import io.leeway.serving.SqlText;
import io.leeway.stats.experiment.Arm;
import io.leeway.stats.experiment.Sums;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Brings the predictions of a test together by unit, its first answer with what came of it, and
 * adds units up: one query, whose result has a row per day, step, arm and group.
 */
final class UnitCells {
  private static final String UNIT = "leeway_unit";
  private static final String ID = "leeway_id";
  private static final String TIME = "leeway_time";
  private static final String STEP = "leeway_step";
  private static final String ARM = "leeway_arm";
  private static final String ASSIGNED = "leeway_assigned";
  private static final String FALLBACK = "leeway_fallback";
  private static final String GROUP = "leeway_group_";
  private static final String NUMBER = "leeway_number_";
  private static final String LABEL_ID = "leeway_label_id";
  private static final String LABEL_TIME = "leeway_label_time";
  private static final String LABEL = "leeway_label";

  /** Label times are often dates, and a date starts before what happened on it. */
  private static final Duration SLACK = Duration.ofDays(2);

  private static final String MICROS_OF_DAY = "86400000000L";

  private final ModelConfig model;
  private final Metrics metrics;
  private final MetricSql sql;
  private final Challenge challenge;
  private final Ramp ramp;
  private final Optional<String> champion;

  /**
   * Of a test.
   *
   * @param champion as predictions bear it; where it is not registered, all but the challenger and
   *     the fallback are its
   */
  UnitCells(
      ModelConfig model,
      Metrics metrics,
      MetricSql sql,
      Challenge challenge,
      Ramp ramp,
      Optional<String> champion) {
    this.model = model;
    this.metrics = metrics;
    this.sql = sql;
    this.challenge = challenge;
    this.ramp = ramp;
    this.champion = champion;
  }

  /**
   * Runs the query.
   *
   * @param unit column of what was assigned as a whole
   * @param labels empty where no metric needs them
   * @param until predictions from then on do not count
   */
  List<Cell> of(
      Dataset<Row> predictions,
      Optional<Dataset<Row>> labels,
      String unit,
      Instant until,
      Duration labelAge) {
    Dataset<Row> first = first(exposed(predictions, unit, until));
    Dataset<Row> known =
        labels
            .map(of -> withOutcomes(first, of, labelAge))
            .orElseGet(() -> first.withColumn(MetricSql.OUTCOME, expr("CAST(NULL AS STRING)")));
    return cells(known);
  }

  private Dataset<Row> exposed(Dataset<Row> predictions, String unit, Instant until) {
    String time = "CAST(" + SqlText.quoted(model.predictions().time()) + " AS TIMESTAMP)";
    Dataset<Row> counted =
        predictions
            .where(time + " >= " + SqlText.timestamp(challenge.since()))
            .where(time + " < " + SqlText.timestamp(until))
            .where(model.predictions().where().orElse("true"));
    List<Column> columns = new ArrayList<>();
    columns.add(as(text(unit), UNIT));
    columns.add(as(text(model.predictions().id().orElseThrow()), ID));
    columns.add(as(time, TIME));
    columns.add(as(ramp.stepSql(time, Ramp.Step::number), STEP));
    columns.add(as(arm(text(model.predictions().version().orElseThrow())), ARM));
    columns.add(
        as(
            "IF(" + ramp.challengerSql(SqlText.quoted(unit), time) + ", 'CHALLENGER', 'CHAMPION')",
            ASSIGNED));
    columns.add(as(sql.fallback(), FALLBACK));
    for (int i = 0; i < metrics.attributes().size(); i++) {
      columns.add(as(sql.group(metrics.attributes().get(i)), GROUP + i));
    }
    for (int i = 0; i < metrics.measured().size(); i++) {
      TestMetric metric = metrics.measured().get(i);
      columns.add(
          as(metric.kind().needsLabel() ? "CAST(NULL AS DOUBLE)" : sql.of(metric), NUMBER + i));
    }
    sql.answerColumns().forEach(column -> columns.add(col(SqlText.quoted(column))));
    return counted
        .select(columns.toArray(new Column[0]))
        .where(UNIT + " IS NOT NULL AND " + ID + " IS NOT NULL");
  }

  private static Column as(String sql, String name) {
    return expr(sql).as(name);
  }

  private static String text(String column) {
    return "CAST(" + SqlText.quoted(column) + " AS STRING)";
  }

  private String arm(String version) {
    String challenger = version + " = '" + challenge.version() + "'";
    String ofChampion =
        champion
            .map(of -> version + " = " + SqlText.literal(of))
            .orElse(version + " <> 'fallback'");
    return "CASE WHEN "
        + challenger
        + " THEN 'CHALLENGER' WHEN "
        + ofChampion
        + " THEN 'CHAMPION' END";
  }

  /** One row a unit: its first answer, and whether both arms answered it within one step. */
  private static Dataset<Row> first(Dataset<Row> exposed) {
    String all = "struct(*)";
    String answered = ARM + " IS NOT NULL";
    return exposed
        .select(expr(all).as("a"), col(UNIT), col(STEP), col(ARM), col(TIME), col(ID))
        .groupBy(UNIT)
        .agg(
            expr("min_by(a, struct(" + TIME + ", " + ID + "))").as("a"),
            expr("size(collect_set(struct("
                    + STEP
                    + ", "
                    + ARM
                    + ")) FILTER (WHERE "
                    + answered
                    + ")) > size(collect_set("
                    + STEP
                    + ") FILTER (WHERE "
                    + answered
                    + "))")
                .as("leeway_doubled"))
        .select("a.*", "leeway_doubled");
  }

  /** The latest label of those that came in time; of equally late ones the greatest. */
  private Dataset<Row> withOutcomes(Dataset<Row> first, Dataset<Row> labels, Duration age) {
    LabelsConfig config = model.labels().orElseThrow();
    Dataset<Row> told =
        labels.select(
            as(text(config.id()), LABEL_ID),
            as(
                config
                    .time()
                    .map(time -> "CAST(" + SqlText.quoted(time) + " AS TIMESTAMP)")
                    .orElse("CAST(NULL AS TIMESTAMP)"),
                LABEL_TIME),
            col(SqlText.quoted(config.label())).as(LABEL));
    Column inTime = expr("true");
    if (config.time().isPresent()) {
      told = told.where(LABEL_TIME + " >= " + SqlText.timestamp(challenge.since().minus(SLACK)));
      inTime =
          expr(
              "unix_micros("
                  + LABEL_TIME
                  + ") <= unix_micros("
                  + TIME
                  + ") + "
                  + age.toSeconds()
                  + "000000L");
    }
    Dataset<Row> latest =
        first
            .select(ID, TIME)
            .join(told, expr(ID + " = " + LABEL_ID).and(inTime))
            .where(LABEL + " IS NOT NULL")
            .groupBy(ID)
            .agg(
                expr("max(struct(" + LABEL_TIME + ", " + LABEL + "))." + LABEL)
                    .as(MetricSql.OUTCOME));
    return first.join(latest, new String[] {ID}, "left");
  }

  private List<Cell> cells(Dataset<Row> units) {
    Dataset<Row> numbered = units;
    for (int i = 0; i < metrics.measured().size(); i++) {
      if (metrics.measured().get(i).kind().needsLabel()) {
        numbered = numbered.withColumn(NUMBER + i, expr(sql.of(metrics.measured().get(i))));
      }
    }
    List<Column> keys = new ArrayList<>();
    keys.add(as(day(model.windows().zone()), "day"));
    keys.add(col(STEP));
    keys.add(col(ARM));
    for (int i = 0; i < metrics.attributes().size(); i++) {
      keys.add(col(GROUP + i));
    }
    List<Column> sums = new ArrayList<>();
    sums.add(expr("count_if(leeway_doubled)"));
    sums.add(expr("count_if(NOT (" + ARM + " <=> " + ASSIGNED + "))"));
    sums.add(expr("count_if(" + FALLBACK + ")"));
    for (int i = 0; i < metrics.measured().size(); i++) {
      String number = NUMBER + i;
      sums.add(expr("count(" + number + ")"));
      sums.add(expr("coalesce(sum(" + number + "), 0D)"));
      sums.add(expr("coalesce(sum(" + number + " * " + number + "), 0D)"));
    }
    Dataset<Row> cells =
        numbered
            .groupBy(keys.toArray(new Column[0]))
            .agg(expr("count(*)"), sums.toArray(new Column[0]));
    return cells.collectAsList().stream().map(this::cell).toList();
  }

  /** Days since 1970 by the clock of a zone, whatever the session's. */
  private static String day(ZoneId zone) {
    return "unix_micros(from_utc_timestamp("
        + TIME
        + ", '"
        + zone.getId()
        + "')) DIV "
        + MICROS_OF_DAY;
  }

  private Cell cell(Row row) {
    int next = 0;
    LocalDate day = LocalDate.ofEpochDay(row.getLong(next++));
    int step = row.getInt(next++);
    Optional<Arm> arm = Optional.ofNullable(row.getString(next++)).map(Arm::valueOf);
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < metrics.attributes().size(); i++) {
      groups.add(row.getString(next++));
    }
    long units = row.getLong(next++);
    long doubled = row.getLong(next++);
    long misplaced = row.getLong(next++);
    long fallback = row.getLong(next++);
    List<Sums> sums = new ArrayList<>();
    for (int i = 0; i < metrics.measured().size(); i++) {
      sums.add(new Sums(row.getLong(next), row.getDouble(next + 1), row.getDouble(next + 2)));
      next += 3;
    }
    return new Cell(day, step, arm, groups, units, doubled, misplaced, fallback, sums);
  }
}
