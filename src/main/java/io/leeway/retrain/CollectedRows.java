package io.leeway.retrain;

import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.retrain.gate.Groups;
import io.leeway.retrain.gate.HoldoutRows;
import io.leeway.retrain.gate.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Rows of a gate, as they came from Spark: the label; of the candidate and then of the champion the
 * score, the scores of classes and the decision; a code of the entity; and the values of all
 * columns that are cut by. Rows that the champion never answered are left out, unless it answered
 * none: the sides are held against each other on the same rows.
 */
final class CollectedRows {
  private static final int LABEL = 0;
  private static final int CANDIDATE = 1;
  private static final int CHAMPION = 4;
  private static final int ENTITY = 7;
  private static final int CUTS = 8;

  /** Places after the one of a side's score. */
  private static final int CLASS_SCORES = 1;

  private static final int DECISION = 2;

  private final ModelConfig model;
  private final List<String> classes;
  private final List<String> cuts;

  CollectedRows(ModelConfig model) {
    this.model = model;
    this.classes = Classes.of(model);
    this.cuts =
        model.slices().stream().flatMap(slice -> slice.columns().stream()).distinct().toList();
  }

  /** The columns that are cut by, in the order of their values. */
  List<String> cuts() {
    return cuts;
  }

  /** Of some rows, scored by both sides; without scenarios. */
  HoldoutRows.Builder rows(List<Row> some) {
    boolean isChampionKnown = some.stream().anyMatch(this::hasChampion);
    List<Row> rows = isChampionKnown ? some.stream().filter(this::hasChampion).toList() : some;
    HoldoutRows.Builder builder = ofCandidate(rows);
    return isChampionKnown ? builder.champion(scores(rows, CHAMPION)) : builder;
  }

  /** Of all of some rows, scored by the candidate alone; without scenarios. */
  HoldoutRows.Builder ofCandidate(List<Row> rows) {
    HoldoutRows.Builder builder = builder(rows);
    builder.candidate(scores(rows, CANDIDATE));
    if (model.retrain().flatMap(of -> of.training().entity()).isPresent()) {
      builder.entities(
          codes(rows.stream().map(row -> Long.toString(row.getLong(ENTITY))).toList()));
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
    return builder;
  }

  private boolean hasChampion(Row row) {
    return switch (model.task()) {
      case BINARY -> !row.isNullAt(CHAMPION) && isClass(row.getString(CHAMPION + DECISION));
      case MULTICLASS ->
          !row.isNullAt(CHAMPION + CLASS_SCORES)
              && row.getList(CHAMPION + CLASS_SCORES).stream().allMatch(of -> of != null)
              && isClass(row.getString(CHAMPION + DECISION));
      case REGRESSION, TELEMETRY -> !row.isNullAt(CHAMPION);
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
          HoldoutRows.regression(rows.stream().mapToDouble(row -> row.getDouble(LABEL)).toArray());
    };
  }

  private static int[] labels(List<Row> rows) {
    return rows.stream().mapToInt(row -> (int) row.getDouble(LABEL)).toArray();
  }

  private Scores scores(List<Row> rows, int side) {
    if (model.task() == Task.MULTICLASS) {
      double[] flat =
          rows.stream()
              .flatMapToDouble(
                  row -> row.<Double>getList(side + CLASS_SCORES).stream().mapToDouble(of -> of))
              .toArray();
      return Scores.multiclass(classes.size(), flat, decisions(rows, side));
    }
    double[] scores =
        rows.stream()
            .mapToDouble(row -> row.isNullAt(side) ? Double.NaN : row.getDouble(side))
            .toArray();
    return model.task() == Task.BINARY
        ? Scores.binary(scores, decisions(rows, side))
        : Scores.regression(scores);
  }

  private int[] decisions(List<Row> rows, int side) {
    return rows.stream().mapToInt(row -> classes.indexOf(row.getString(side + DECISION))).toArray();
  }

  private Groups groups(List<Row> rows, Slice slice) {
    List<String> texts = new ArrayList<>();
    for (Row row : rows) {
      List<String> values = new ArrayList<>();
      for (String column : slice.columns()) {
        values.add(row.getString(CUTS + cuts.indexOf(column)));
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
