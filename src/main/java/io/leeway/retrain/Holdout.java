package io.leeway.retrain;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.leeway.config.GateConfig;
import io.leeway.config.GateScenario;
import io.leeway.config.ModelConfig;
import io.leeway.registry.files.ScoringModel;
import io.leeway.retrain.gate.HoldoutRows;
import io.leeway.store.SqlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Brings the rows that a candidate is judged by, those of the holdout and of scenarios, into this
 * process, scored by both sides.
 */
final class Holdout {
  private static final String CHAMPION_SCORE = "leeway_champion_score";
  private static final String CHAMPION_SCORES = "leeway_champion_scores";
  private static final String CHAMPION_DECISION = "leeway_champion_decision";
  private static final String ENTITY_CODE = "leeway_entity_code";

  private final ModelConfig model;
  private final GateConfig gate;
  private final double threshold;
  private final CollectedRows collected;

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
    this.collected = new CollectedRows(model);
  }

  /**
   * The rows of the holdout, and those of scenarios.
   *
   * @param judged rows of the parts {@link TrainingRows#HOLDOUT} and {@link TrainingRows#SCENARIO}
   * @param champion scores them anew, but for scenarios that it was trained on; where it is empty,
   *     what was answered at the time counts
   */
  HoldoutRows rows(Dataset<Row> judged, ScoringModel candidate, Optional<Incumbent> champion) {
    List<Column> columns = columns();
    int heldOut = columns.size();
    columns.add(isHeldOut());
    gate.scenarios().values().forEach(of -> columns.add(coalesce(holds(of), lit(false))));
    List<Row> rows =
        candidate
            .score(withChampion(judged, champion))
            .select(columns.toArray(Column[]::new))
            .collectAsList();
    HoldoutRows.Builder builder = collected.rows(those(rows, heldOut));
    int place = heldOut;
    for (Map.Entry<String, GateScenario> scenario : gate.scenarios().entrySet()) {
      List<Row> within = those(rows, ++place);
      boolean isPeriod = scenario.getValue().where().isEmpty();
      if (isPeriod || !within.isEmpty()) {
        String name = scenario.getKey();
        builder.scenario(name, inScenario(within, champion.flatMap(of -> of.objection(name))));
      }
    }
    return builder.build();
  }

  /** Without the champion, where there is an objection to it. */
  private HoldoutRows inScenario(List<Row> rows, Optional<String> objection) {
    return objection
        .map(why -> collected.ofCandidate(rows).withoutChampion(why))
        .orElseGet(() -> collected.rows(rows))
        .build();
  }

  private static List<Row> those(List<Row> rows, int flag) {
    return rows.stream().filter(row -> row.getBoolean(flag)).toList();
  }

  private static Column isHeldOut() {
    return col(TrainingRows.PART).equalTo(TrainingRows.HOLDOUT);
  }

  private Column holds(GateScenario scenario) {
    return scenario
        .where()
        .map(condition -> isHeldOut().and(expr(condition)))
        .orElseGet(
            () -> PeriodScenarios.holds(scenario, model.windows().zone(), col(TrainingRows.TIME)));
  }

  /** In the order of {@link CollectedRows}. */
  private List<Column> columns() {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                col(TrainingRows.LABEL),
                col(ScoringModel.SCORE),
                col(ScoringModel.CLASS_SCORES),
                col(ScoringModel.DECISION),
                col(CHAMPION_SCORE),
                col(CHAMPION_SCORES),
                col(CHAMPION_DECISION),
                col(ENTITY_CODE)));
    for (String cut : collected.cuts()) {
      String sql = model.derivedColumns().get(cut);
      Column value = sql == null ? col(SqlName.quoted(cut)) : expr(sql);
      columns.add(value.cast("string"));
    }
    return columns;
  }

  private Dataset<Row> withChampion(Dataset<Row> judged, Optional<Incumbent> champion) {
    Dataset<Row> coded = judged.withColumn(ENTITY_CODE, xxhash64(entity()));
    if (champion.isPresent()) {
      return champion
          .get()
          .scoring()
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
}
