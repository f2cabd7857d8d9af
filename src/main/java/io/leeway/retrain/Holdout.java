package io.leeway.retrain;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.leeway.config.GateConfig;
import io.leeway.config.GateScenario;
import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.registry.files.ScoringModel;
import io.leeway.retrain.gate.Groups;
import io.leeway.retrain.gate.HoldoutRows;
import io.leeway.retrain.gate.Scores;
import io.leeway.store.SqlName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Brings the holdout rows, at most as many as training rows, into this process, scored by both
 * sides. Rows that the champion never answered are left out: the sides are held against each other
 * on the same rows.
 */
final class Holdout {
  private static final String CHAMPION_SCORE = "leeway_champion_score";
  private static final String CHAMPION_SCORES = "leeway_champion_scores";
  private static final String CHAMPION_DECISION = "leeway_champion_decision";
  private static final String ENTITY_CODE = "leeway_entity_code";
  private static final String CUT = "leeway_cut_";
  private static final String SCENARIO = "leeway_scenario_";

  private final ModelConfig model;
  private final GateConfig gate;
  private final double threshold;
  private final List<String> classes;
  private final List<String> cuts = new ArrayList<>();
  private final List<String> scenarios;

  /**
   * Of a model.
   *
   * @param threshold binary: by which what was answered at the time was decided, where no decision
   *     was recorded
   */
  Holdout(ModelConfig model, GateConfig gate, double threshold) {
    this.model = model;
    this.gate = gate;
    this.threshold = threshold;
    this.classes = Classes.of(model);
    for (Slice slice : model.slices()) {
      slice.columns().stream().filter(of -> !cuts.contains(of)).forEach(cuts::add);
    }
    this.scenarios = List.copyOf(gate.scenarios().keySet());
  }

  /**
   * The rows.
   *
   * @param champion scores them anew; where it is empty, what was answered at the time counts
   */
  HoldoutRows rows(Dataset<Row> holdout, ScoringModel candidate, Optional<ScoringModel> champion) {
    Dataset<Row> both = candidate.score(withChampion(holdout, champion));
    List<Column> columns = new ArrayList<>();
    columns.add(col(TrainingRows.LABEL));
    columns.add(col(ScoringModel.SCORE));
    columns.add(col(ScoringModel.CLASS_SCORES));
    columns.add(col(ScoringModel.DECISION));
    columns.add(col(CHAMPION_SCORE));
    columns.add(col(CHAMPION_SCORES));
    columns.add(col(CHAMPION_DECISION));
    columns.add(col(ENTITY_CODE));
    for (int i = 0; i < cuts.size(); i++) {
      String sql = model.derivedColumns().get(cuts.get(i));
      Column value = sql == null ? col(SqlName.quoted(cuts.get(i))) : expr(sql);
      columns.add(value.cast("string").as(CUT + i));
    }
    for (int i = 0; i < scenarios.size(); i++) {
      columns.add(
          coalesce(within(gate.scenarios().get(scenarios.get(i))), lit(false)).as(SCENARIO + i));
    }
    return collected(both.select(columns.toArray(Column[]::new)).collectAsList());
  }

  private Column within(GateScenario scenario) {
    if (scenario.where().isPresent()) {
      return expr(scenario.where().get());
    }
    Column within = lit(true);
    Column time = col(TrainingRows.TIME);
    Optional<Instant> start = scenario.start(model.windows().zone());
    Optional<Instant> end = scenario.end(model.windows().zone());
    if (start.isPresent()) {
      within = within.and(time.geq(lit(start.get())));
    }
    return end.isPresent() ? within.and(time.lt(lit(end.get()))) : within;
  }

  private Dataset<Row> withChampion(Dataset<Row> holdout, Optional<ScoringModel> champion) {
    Dataset<Row> coded = holdout.withColumn(ENTITY_CODE, xxhash64(entity()));
    if (champion.isPresent()) {
      return champion
          .get()
          .score(coded)
          .withColumnRenamed(ScoringModel.SCORE, CHAMPION_SCORE)
          .withColumnRenamed(ScoringModel.CLASS_SCORES, CHAMPION_SCORES)
          .withColumnRenamed(ScoringModel.DECISION, CHAMPION_DECISION);
    }
    RecordedAnswers recorded = new RecordedAnswers(model, threshold);
    return coded
        .withColumn(CHAMPION_SCORE, recorded.score())
        .withColumn(CHAMPION_SCORES, recorded.classScores())
        .withColumn(CHAMPION_DECISION, recorded.decision());
  }

  private Column entity() {
    return model
        .retrain()
        .flatMap(of -> of.training().entity())
        .map(of -> col(SqlName.quoted(of)))
        .orElse(col(TrainingRows.ID));
  }

  private HoldoutRows collected(List<Row> all) {
    boolean isChampionKnown = all.stream().anyMatch(this::hasChampion);
    List<Row> rows = isChampionKnown ? all.stream().filter(this::hasChampion).toList() : all;
    HoldoutRows.Builder builder = builder(rows);
    builder.candidate(scores(rows, 1, 2, 3));
    if (isChampionKnown) {
      builder.champion(scores(rows, 4, 5, 6));
    }
    if (model.retrain().flatMap(of -> of.training().entity()).isPresent()) {
      builder.entities(codes(rows.stream().map(row -> Long.toString(row.getLong(7))).toList()));
    }
    model.fairness().positive().ifPresent(of -> builder.favourable(classes.indexOf(of)));
    for (Slice slice : model.slices()) {
      if (!slice.isOverall()) {
        builder.slice(slice, groups(rows, slice));
      }
    }
    for (String attribute : model.fairness().attributes()) {
      builder.attribute(attribute, groups(rows, Slice.of(attribute)));
    }
    for (int i = 0; i < scenarios.size(); i++) {
      BitSet within = new BitSet();
      for (int row = 0; row < rows.size(); row++) {
        within.set(row, rows.get(row).getBoolean(8 + cuts.size() + i));
      }
      builder.scenario(scenarios.get(i), within);
    }
    return builder.build();
  }

  private boolean hasChampion(Row row) {
    return switch (model.task()) {
      case BINARY -> !row.isNullAt(4) && isClass(row.getString(6));
      case MULTICLASS ->
          !row.isNullAt(5)
              && row.getList(5).stream().allMatch(of -> of != null)
              && isClass(row.getString(6));
      case REGRESSION, TELEMETRY -> !row.isNullAt(4);
    };
  }

  private boolean isClass(String decision) {
    return decision != null && classes.contains(decision);
  }

  private HoldoutRows.Builder builder(List<Row> rows) {
    return switch (model.task()) {
      case BINARY -> HoldoutRows.binary(labels(rows));
      case MULTICLASS -> HoldoutRows.multiclass(classes.size(), labels(rows));
      case REGRESSION, TELEMETRY ->
          HoldoutRows.regression(rows.stream().mapToDouble(row -> row.getDouble(0)).toArray());
    };
  }

  private static int[] labels(List<Row> rows) {
    return rows.stream().mapToInt(row -> (int) row.getDouble(0)).toArray();
  }

  private Scores scores(List<Row> rows, int score, int classScores, int decision) {
    if (model.task() == Task.MULTICLASS) {
      double[] flat =
          rows.stream()
              .flatMapToDouble(
                  row -> row.<Double>getList(classScores).stream().mapToDouble(of -> of))
              .toArray();
      return Scores.multiclass(classes.size(), flat, decisions(rows, decision));
    }
    double[] scores =
        rows.stream()
            .mapToDouble(row -> row.isNullAt(score) ? Double.NaN : row.getDouble(score))
            .toArray();
    return model.task() == Task.BINARY
        ? Scores.binary(scores, decisions(rows, decision))
        : Scores.regression(scores);
  }

  private int[] decisions(List<Row> rows, int decision) {
    return rows.stream().mapToInt(row -> classes.indexOf(row.getString(decision))).toArray();
  }

  private Groups groups(List<Row> rows, Slice slice) {
    List<String> texts = new ArrayList<>();
    for (Row row : rows) {
      List<String> values = new ArrayList<>();
      for (String column : slice.columns()) {
        values.add(row.getString(8 + cuts.indexOf(column)));
      }
      texts.add(new Segment(slice, values).toString());
    }
    Map<String, Integer> codes = new LinkedHashMap<>();
    texts.stream().sorted().forEach(text -> codes.putIfAbsent(text, codes.size()));
    return Groups.of(List.copyOf(codes.keySet()), texts.stream().mapToInt(codes::get).toArray());
  }

  private static int[] codes(List<String> texts) {
    Map<String, Integer> codes = new LinkedHashMap<>();
    int[] of = new int[texts.size()];
    Arrays.setAll(of, i -> codes.computeIfAbsent(texts.get(i), text -> codes.size()));
    return of;
  }
}
