package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.monitor.Baseline.ChosenColumn;
import io.leeway.monitor.FeatureChoice.Candidate;
import io.leeway.monitor.metrics.OutcomeMembers;
import io.leeway.profile.Categories;
import io.leeway.profile.Grid;
import io.leeway.profile.NumericGrid;
import io.leeway.scan.MonitoredColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataTypes;

/**
 * What is counted of the predictions once their labels are known: the label itself, and the columns
 * of {@link OutcomeMembers}. Most have a grid that is fixed or follows from that of the scores;
 * only labels and errors are learned from the reference.
 */
final class OutcomeColumns {
  /** Absolute errors are kept one by one up to so many distinct ones, for their exact median. */
  static final int EXACT_ERRORS = 4_096;

  private static final int EXACT_DELAYS = 512;
  private static final String CLIPPED =
      "greatest(2.220446049250313E-16D, least(0.9999999999999998D, %s))";

  private final ModelConfig model;
  private final List<ChosenColumn> inputs;
  private final OutcomeMembers members;
  private final List<Candidate> columns = new ArrayList<>();

  private OutcomeColumns(ModelConfig model, List<ChosenColumn> inputs) {
    this.model = model;
    this.inputs = inputs;
    this.members = OutcomeMembers.of(model);
  }

  /**
   * The columns of a model with labels, that by which rows are told first.
   *
   * @param inputs with the grids of the scores
   */
  static List<Candidate> of(ModelConfig model, List<ChosenColumn> inputs) {
    OutcomeColumns outcome = new OutcomeColumns(model, inputs);
    outcome.add();
    return List.copyOf(outcome.columns);
  }

  private void add() {
    boolean classes = !members.classes().isEmpty();
    add(
        model.labels().orElseThrow().label(),
        LabelledRows.LABEL,
        ColumnRole.LABEL,
        classes ? ColumnKind.CATEGORICAL : ColumnKind.NUMERIC,
        classes ? new Categories(members.classes(), Categories.UNSEEN_LIMIT) : null);
    if (model.labels().orElseThrow().time().isPresent()) {
      add(
          "(label delay)",
          delayIf(LabelledRows.HAPPENED + " IS NOT NULL"),
          ColumnRole.LABEL_DELAY,
          ColumnKind.OPERATIONAL,
          delays());
    }
    addCoded(OutcomeMembers.STATE, OutcomeMembers.states(), LabelledRows.STATE);
    switch (model.task()) {
      case BINARY -> addBinary();
      case MULTICLASS -> addMulticlass();
      case REGRESSION -> addRegression();
      case TELEMETRY -> throw new IllegalStateException("Telemetry has no labels.");
    }
    addByFeature();
  }

  /** The label, and whether the prediction was right, by groups of every feature. */
  private void addByFeature() {
    List<ChosenColumn> features = LabelledRows.features(inputs);
    if (features.isEmpty()) {
      return;
    }
    for (int of = 0; of < features.size(); of++) {
      add(
          MonitoredColumn.GROUP_OF + features.get(of).name(),
          LabelledRows.group(of),
          ColumnRole.FEATURE_GROUP,
          ColumnKind.NUMERIC,
          NumericGrid.ofGroups());
    }
    boolean number = model.task() == Task.REGRESSION;
    String prediction = LabelledRows.score(0);
    add(
        MonitoredColumn.LABEL_VALUE,
        number
            ? "y"
            : "CASE WHEN y IS NOT NULL THEN IF(y = " + members.positive() + ", 1D, 0D) END",
        ColumnRole.OUTCOME_VALUE,
        ColumnKind.NUMERIC,
        number ? null : NumericGrid.ofIndicators());
    if (number || model.predictions().decision().isPresent()) {
      add(
          MonitoredColumn.HIT_VALUE,
          number
              ? "abs(" + prediction + " - y)"
              : "CASE WHEN y = h THEN 1D WHEN y <> h THEN 0D END",
          ColumnRole.OUTCOME_VALUE,
          ColumnKind.NUMERIC,
          number ? null : NumericGrid.ofIndicators());
    }
  }

  private void addConfusion() {
    addCoded(
        OutcomeMembers.CONFUSION,
        members.pairs(),
        "coalesce(y + 1, 0) * %d + coalesce(h + 1, 0)".formatted(members.classes().size() + 1));
  }

  /**
   * A text that is one of some, read by its place in the dictionary: texts are never made.
   *
   * @param place SQL of its place in {@code texts}, from 0 on
   */
  private void addCoded(String name, List<String> texts, String place) {
    Categories dictionary = new Categories(texts, Categories.UNSEEN_LIMIT);
    String codes =
        texts.stream()
            .map(text -> Integer.toString(dictionary.code(text)))
            .collect(Collectors.joining(", "));
    add(name, "element_at(array(%s), 1 + %s)".formatted(codes, place), dictionary);
  }

  private void addBinary() {
    addConfusion();
    String score = LabelledRows.score(0);
    NumericGrid grid = scoreGrid(model.predictions().score().orElseThrow());
    addScore(OutcomeMembers.scoreIf(0), "y = 0", score, grid);
    addScore(OutcomeMembers.scoreIf(1), "y = 1", score, grid);
    addScore(OutcomeMembers.SCORE_IF_UNLABELLED, "y IS NULL", score, grid);
    String ofHappened = "CASE y WHEN 0 THEN %s WHEN 1 THEN 1 - %s END".formatted(score, score);
    add(
        OutcomeMembers.LOG_LOSS,
        // Clipping passes over what is missing, so a row without label or score must not get there.
        "CASE WHEN y IS NOT NULL AND %s IS NOT NULL AND NOT isnan(%s) THEN -ln(%s) END"
            .formatted(score, score, CLIPPED.formatted(ofHappened)),
        loss());
    addDelays();
  }

  /** How long the labels of each class take. */
  private void addDelays() {
    if (model.labels().orElseThrow().time().isPresent()) {
      for (int of = 0; of < members.classes().size(); of++) {
        add(
            OutcomeMembers.delayIf(of),
            delayIf("y = " + of),
            ColumnRole.OUTCOME,
            ColumnKind.OPERATIONAL,
            delays());
      }
    }
  }

  private static String delayIf(String condition) {
    return "CASE WHEN " + condition + " THEN delay END";
  }

  private static NumericGrid delays() {
    return NumericGrid.withoutReference(ColumnKind.OPERATIONAL, EXACT_DELAYS);
  }

  private void addMulticlass() {
    addConfusion();
    List<String> scores = scores();
    List<String> names = List.copyOf(model.predictions().classScores().values());
    for (int of = 0; of < scores.size(); of++) {
      NumericGrid grid = scoreGrid(names.get(of));
      addScore(OutcomeMembers.scoreIfIs(of), "y = " + of, scores.get(of), grid);
      addScore(OutcomeMembers.scoreIfNot(of), "y <> " + of, scores.get(of), grid);
    }
    String happened = byClass(scores::get);
    String top = "greatest(" + String.join(", ", scores) + ")";
    String sum =
        scores.stream().map(CLIPPED::formatted).collect(Collectors.joining(" + ", "(", ")"));
    String squares =
        IntStream.range(0, scores.size())
            .mapToObj(of -> square(scores.get(of) + " - IF(y = " + of + ", 1D, 0D)"))
            .collect(Collectors.joining(" + "));
    String rank =
        IntStream.range(0, scores.size())
            .mapToObj(of -> isBefore(scores.get(of), of, happened))
            .collect(Collectors.joining(" + "));
    NumericGrid probabilities = NumericGrid.ofProbabilities(EXACT_ERRORS);
    add(
        OutcomeMembers.TOP_SCORE,
        complete("y IS NOT NULL AND h IS NOT NULL", top),
        ColumnRole.OUTCOME,
        ColumnKind.SCORE,
        probabilities);
    add(
        OutcomeMembers.TOP_SCORE_IF_UNLABELLED,
        complete("y IS NULL AND h IS NOT NULL", top),
        ColumnRole.OUTCOME,
        ColumnKind.SCORE,
        probabilities);
    add(
        OutcomeMembers.LOG_LOSS,
        known("-ln(" + CLIPPED.formatted(happened) + " / " + sum + ")"),
        loss());
    add(OutcomeMembers.BRIER, known(squares), loss());
    addCoded(
        OutcomeMembers.RANK,
        IntStream.rangeClosed(1, scores.size()).mapToObj(Integer::toString).toList(),
        known(rank));
    addDelays();
  }

  /** Of labelled rows whose scores are all numbers. */
  private String known(String expression) {
    return complete("y IS NOT NULL", expression);
  }

  /** Of rows of some kind whose scores are all numbers. */
  private String complete(String condition, String expression) {
    String all =
        scores().stream()
            .map(score -> score + " IS NOT NULL AND NOT isnan(" + score + ")")
            .collect(Collectors.joining(" AND "));
    return "CASE WHEN " + condition + " AND " + all + " THEN " + expression + " END";
  }

  private static String isBefore(String score, int of, String happened) {
    return "IF(%s > %s OR (%s = %s AND %d < y), 1, 0)"
        .formatted(score, happened, score, happened, of);
  }

  private List<String> scores() {
    return IntStream.range(0, members.classes().size()).mapToObj(LabelledRows::score).toList();
  }

  private String byClass(java.util.function.IntFunction<String> value) {
    return IntStream.range(0, members.classes().size())
        .mapToObj(of -> " WHEN " + of + " THEN " + value.apply(of))
        .collect(Collectors.joining("", "CASE y", " END"));
  }

  private static String square(String of) {
    return "(%s) * (%s)".formatted(of, of);
  }

  private void addRegression() {
    String prediction = LabelledRows.score(0);
    String error = prediction + " - y";
    learned(OutcomeMembers.LABEL, "y", ColumnKind.NUMERIC);
    learned(OutcomeMembers.ABSOLUTE_LABEL, "abs(y)", ColumnKind.NUMERIC);
    learned(OutcomeMembers.ERROR, error, ColumnKind.NUMERIC);
    learned(OutcomeMembers.ABSOLUTE_ERROR, "abs(" + error + ")", ColumnKind.OPERATIONAL);
    learned(
        OutcomeMembers.RELATIVE_ERROR,
        "CASE WHEN y <> 0 THEN abs((" + error + ") / y) END",
        ColumnKind.NUMERIC);
    learned(OutcomeMembers.PREDICTION, prediction, ColumnKind.NUMERIC);
  }

  private void learned(String name, String expression, ColumnKind kind) {
    add(name, expression, ColumnRole.OUTCOME, kind, null);
  }

  private void addScore(String name, String condition, String score, NumericGrid grid) {
    add(
        name,
        "CASE WHEN " + condition + " THEN " + score + " END",
        ColumnRole.OUTCOME,
        ColumnKind.SCORE,
        grid);
  }

  private void add(String name, String expression, Grid<?> frozen) {
    ColumnKind kind = frozen instanceof Categories ? ColumnKind.CATEGORICAL : ColumnKind.NUMERIC;
    add(name, expression, ColumnRole.OUTCOME, kind, frozen);
  }

  private void add(
      String name, String expression, ColumnRole role, ColumnKind kind, Grid<?> frozen) {
    columns.add(
        new Candidate(
            name,
            expression,
            role,
            kind,
            kind == ColumnKind.CATEGORICAL ? DataTypes.StringType : DataTypes.DoubleType,
            "follows from the labels",
            true,
            frozen));
  }

  private static NumericGrid loss() {
    return NumericGrid.ofLosses();
  }

  /** The bins of a score, so that sums are kept by tenths. */
  private NumericGrid scoreGrid(String score) {
    return inputs.stream()
        .filter(column -> column.name().equals(score))
        .map(column -> (NumericGrid) column.grid())
        .findFirst()
        .orElseThrow()
        .withTenths();
  }
}
