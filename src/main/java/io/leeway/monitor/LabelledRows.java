package io.leeway.monitor;

import io.leeway.config.LabelsConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.PredictionsConfig;
import io.leeway.config.Task;
import io.leeway.domain.ColumnRole;
import io.leeway.domain.Segment;
import io.leeway.domain.Window;
import io.leeway.monitor.Baseline.ChosenColumn;
import io.leeway.monitor.metrics.OutcomeMembers;
import io.leeway.profile.FeatureGroups;
import io.leeway.scan.GroupedRows;
import io.leeway.scan.LabelJoin;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ScanSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The predictions of a model joined with their labels. Nothing wider travels than what outcomes are
 * computed from: identifier, time, version, decision, scores, slice columns.
 *
 * <p>The frame has columns of its own: {@code p_*} of the prediction, {@code y} for what happened
 * (the place of the class, of a regression the number), {@code h} for what was decided, {@code
 * delay} in seconds and {@code state}, how the label came by. A label counts where it came within
 * {@code labels.horizon} of its prediction, on either side.
 *
 * @param features that outcomes are told by, each with its grid
 * @param now as of when a prediction is old enough to be taken for negative without a label, where
 *     so configured
 */
record LabelledRows(
    ModelConfig model, LabelSource source, List<ChosenColumn> features, Instant now) {
  private static final String TIME = "p_time";

  /** Beyond so many stretches of time, what lies between the nearest is read as well. */
  private static final int MOST_STRETCHES = 32;

  private static final String VERSION = "p_version";
  private static final String DECISION = "p_decision";
  private static final String SCORE = "p_score_";
  private static final String SLICE = "p_slice_";
  private static final String WITHIN = "within";
  static final String HAPPENED = "y";
  static final String DECIDED = "h";
  static final String DELAY = "delay";
  static final String STATE = "state";

  /** The class that happened by its name, of a regression the number. */
  static final String LABEL = "known_label";

  private LabelsConfig labels() {
    return model.labels().orElseThrow();
  }

  /** SQL of the score of a class, of a binary model that of the positive one. */
  static String score(int of) {
    return SCORE + of;
  }

  /**
   * Joins rows of the predictions.
   *
   * @param predictions rows that count
   * @param windows in which they lie, so that others may be left out; none where that is not known
   */
  Dataset<Row> of(Dataset<Row> predictions, List<Window> windows) {
    Column time = LabelSource.column(model.predictions().time());
    List<Window> stretches = Window.stretches(windows, MOST_STRETCHES);
    Dataset<Row> some = within(predictions, stretches, time);
    if (source.until().isPresent()) {
      some = some.where(time.leq(functions.lit(source.until().get())));
    }
    Dataset<Row> narrow = some.select(columns().toArray(Column[]::new));
    return derived(LabelJoin.of(grouped(narrow), near(source.labels(), stretches)));
  }

  private static Dataset<Row> within(Dataset<Row> rows, List<Window> stretches, Column time) {
    return stretches.stream()
        .map(of -> time.geq(functions.lit(of.start())).and(time.lt(functions.lit(of.end()))))
        .reduce(Column::or)
        .map(rows::where)
        .orElse(rows);
  }

  private List<Column> columns() {
    PredictionsConfig predictions = model.predictions();
    List<Column> columns = new ArrayList<>();
    columns.add(
        LabelSource.column(predictions.id().orElseThrow())
            .cast(DataTypes.StringType)
            .as(LabelJoin.ID));
    columns.add(LabelSource.column(predictions.time()).cast(DataTypes.TimestampType).as(TIME));
    predictions.version().ifPresent(name -> columns.add(text(name).as(VERSION)));
    predictions.decision().ifPresent(name -> columns.add(text(name).as(DECISION)));
    List<String> scores = scores();
    for (int of = 0; of < scores.size(); of++) {
      columns.add(LabelSource.column(scores.get(of)).cast(DataTypes.DoubleType).as(score(of)));
    }
    sliceColumns()
        .forEach(
            (place, sql) ->
                columns.add(functions.expr(sql).cast(DataTypes.StringType).as(SLICE + place)));
    FeatureGroups groups = groups();
    for (int of = 0; of < features.size(); of++) {
      columns.add(
          functions
              .expr(features.get(of).expression())
              .cast(groups.isNumeric(of) ? DataTypes.DoubleType : DataTypes.StringType)
              .as("p_feature_" + of));
    }
    return columns;
  }

  /** One byte stands for every feature before rows travel. */
  private Dataset<Row> grouped(Dataset<Row> rows) {
    return features.isEmpty() ? rows : GroupedRows.of(rows, groups());
  }

  private FeatureGroups groups() {
    return new FeatureGroups(features.stream().map(ChosenColumn::grid).toList());
  }

  private static Column text(String column) {
    return LabelSource.column(column).cast(DataTypes.StringType);
  }

  private List<String> scores() {
    return model
        .predictions()
        .score()
        .map(List::of)
        .orElseGet(() -> List.copyOf(model.predictions().classScores().values()));
  }

  private Map<Integer, String> sliceColumns() {
    Map<Integer, String> columns = new LinkedHashMap<>();
    SourceColumns.slices(model).values().forEach(sql -> columns.put(columns.size(), sql));
    return columns;
  }

  /** Labels that may belong to predictions of some stretches, so that files can be passed over. */
  private Dataset<Row> near(Dataset<Row> all, List<Window> stretches) {
    if (stretches.isEmpty() || labels().horizon().isEmpty() || labels().time().isEmpty()) {
      return all;
    }
    Duration horizon = labels().horizon().get();
    Column time = functions.col(LabelJoin.LABEL_TIME);
    List<Window> wider =
        stretches.stream()
            .map(of -> new Window(of.start().minus(horizon), of.end().plus(horizon)))
            .toList();
    return Window.stretches(wider, MOST_STRETCHES).stream()
        .map(of -> time.geq(functions.lit(of.start())).and(time.leq(functions.lit(of.end()))))
        .reduce(Column::or)
        .map(near -> all.where(time.isNull().or(near)))
        .orElseThrow();
  }

  private Dataset<Row> derived(Dataset<Row> joined) {
    Dataset<Row> rows =
        joined
            .withColumn(
                DELAY, functions.expr("(unix_micros(label_time) - unix_micros(p_time)) / 1000000D"))
            .withColumn(WITHIN, functions.expr(isWithin()))
            .withColumn(HAPPENED, functions.expr(happened()));
    return rows.withColumn(STATE, functions.expr(state()))
        .withColumn(LABEL, functions.expr(label()))
        .withColumn(DECIDED, functions.expr(decided()));
  }

  private String label() {
    if (model.task() == Task.REGRESSION) {
      return HAPPENED;
    }
    List<String> classes = OutcomeMembers.of(model).classes();
    StringBuilder sql = new StringBuilder("CASE y");
    for (int of = 0; of < classes.size(); of++) {
      sql.append(" WHEN %d THEN %s".formatted(of, literal(classes.get(of))));
    }
    return sql + " END";
  }

  private String isWithin() {
    return "label IS NOT NULL"
        + labels()
            .horizon()
            .map(of -> " AND (delay IS NULL OR abs(delay) <= %dD)".formatted(of.toSeconds()))
            .orElse("");
  }

  private String happened() {
    if (model.task() == Task.REGRESSION) {
      return "CASE WHEN within AND NOT isnan(label) AND abs(label) < double('Infinity') THEN label"
          + " END";
    }
    List<String> classes = OutcomeMembers.of(model).classes();
    StringBuilder sql = new StringBuilder("CASE");
    for (int of = 0; of < classes.size(); of++) {
      sql.append(" WHEN within AND label = %s THEN %d".formatted(literal(classes.get(of)), of));
    }
    if (labels().unlabelledAfterMaturityIsNegative()) {
      sql.append(" WHEN ").append(isAssumed()).append(" THEN 1");
    }
    return sql + " END";
  }

  /** Without any label, and older than labels take. */
  private String isAssumed() {
    long last = ChronoUnit.MICROS.between(Instant.EPOCH, now.minus(labels().matureAfter()));
    return "label_rows = 0 AND unix_micros(p_time) <= " + last + "L";
  }

  /** The place of the state among all states. */
  private String state() {
    String assumed =
        labels().unlabelledAfterMaturityIsNegative()
            ? " WHEN " + isAssumed() + " THEN " + OutcomeMembers.place(OutcomeMembers.ASSUMED)
            : "";
    String known =
        " WHEN NOT within THEN %d WHEN y IS NULL THEN %d ELSE %d END"
            .formatted(
                OutcomeMembers.place(OutcomeMembers.UNLABELLED),
                OutcomeMembers.place(OutcomeMembers.OUTSIDE),
                OutcomeMembers.place(OutcomeMembers.LABELLED));
    return "CASE%s + IF(within AND delay < 0, %d, 0) + IF(within AND label_rows > 1, %d, 0)"
        .formatted(
            assumed + known,
            OutcomeMembers.placesOn(OutcomeMembers.EARLY),
            OutcomeMembers.placesOn(OutcomeMembers.REPEATED));
  }

  private String decided() {
    if (model.predictions().decision().isEmpty()) {
      return "CAST(NULL AS INT)";
    }
    List<String> classes = OutcomeMembers.of(model).classes();
    if (model.task() == Task.BINARY) {
      return "CASE WHEN p_decision IS NULL THEN NULL WHEN p_decision = %s THEN 0 ELSE 1 END"
          .formatted(literal(classes.get(0)));
    }
    StringBuilder sql = new StringBuilder("CASE");
    for (int of = 0; of < classes.size(); of++) {
      sql.append(" WHEN p_decision = %s THEN %d".formatted(literal(classes.get(of)), of));
    }
    return sql + " END";
  }

  /** A text in SQL, whatever it holds. */
  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** The features that outcomes are told by: those that are monitored, in their order. */
  static List<ChosenColumn> features(List<ChosenColumn> columns) {
    return columns.stream()
        .filter(column -> column.monitored() && column.role() == ColumnRole.FEATURE)
        .toList();
  }

  /** SQL of the group of a feature. */
  static String group(int of) {
    return "CASE WHEN "
        + GroupedRows.GROUPS
        + "["
        + of
        + "] >= 0 THEN "
        + GroupedRows.GROUPS
        + "["
        + of
        + "] END";
  }

  /** What to scan of the joined rows. */
  ScanSpec spec(List<MonitoredColumn> columns, List<Window> windows, Set<Segment> admitted) {
    Map<String, String> slices = new LinkedHashMap<>();
    SourceColumns.slices(model).keySet().forEach(name -> slices.put(name, SLICE + slices.size()));
    boolean ofHits = model.task() == Task.MULTICLASS;
    return new ScanSpec(
        TIME,
        model.predictions().version().map(name -> VERSION),
        ofHits ? Optional.of("y = h") : model.predictions().decision().map(name -> DECISION),
        ofHits ? "true" : model.predictions().positive(),
        model.slices(),
        slices,
        columns,
        windows,
        admitted,
        model.limits().maxSegments(),
        model.limits().stateMemoryBytes());
  }
}
