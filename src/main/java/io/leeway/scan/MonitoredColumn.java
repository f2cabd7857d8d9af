package io.leeway.scan;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.profile.BinDetail;
import io.leeway.profile.BundleGrid;
import io.leeway.profile.Categories;
import io.leeway.profile.Grid;
import io.leeway.profile.JointGrid;
import io.leeway.profile.JointGrid.Keeps;
import io.leeway.profile.NumericGrid;
import io.leeway.profile.Profile;
import io.leeway.profile.RatioGrid;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A column to be profiled on a frozen grid.
 *
 * @param name as in the result tables
 * @param expression SQL over the source's columns; of what looks at others, what tells it from
 *     another of its name
 */
public record MonitoredColumn(String name, String expression, Grid<?> grid, ColumnRole role)
    implements Serializable {
  /** Under what name several columns together are profiled. */
  public static final String JOINT = "(joint)";

  /** Under what name the score is told by groups of every feature. */
  public static final String SCORE_BY_FEATURE = "(score by feature)";

  /** What is told by groups of every feature has this after its name. */
  public static final String BY_FEATURE = " by feature";

  /** Before the name of a feature, its groups. */
  public static final String GROUP_OF = "(group) ";

  /** Under what name the label is told by features, of a regression as it is. */
  public static final String LABEL_VALUE = "(label value)";

  /** The same of whether the prediction was right, of a regression how far it was off. */
  public static final String HIT_VALUE = "(prediction value)";

  /** Under what name all that tells how good predictions were is looked at. */
  public static final String OUTCOME = "(outcome)";

  /** How the names of the columns begin that are looked at together as {@link #OUTCOME}. */
  public static final String OUTCOME_PREFIX = OUTCOME + " ";

  /** The predicted number of a regression. */
  public static final String PREDICTION = OUTCOME_PREFIX + "prediction";

  /** How far it was above the label. */
  public static final String ERROR = OUTCOME_PREFIX + "error";

  /** How far it was off, on either side. */
  public static final String ABSOLUTE_ERROR = OUTCOME_PREFIX + "absolute error";

  /** What is told by groups of the prediction has this after its name. */
  public static final String BY_PREDICTION = " by prediction";

  /** After the name of a ratio, that of the columns which stand above and below its line. */
  public static final String NUMERATOR = ".numerator";

  public static final String DENOMINATOR = ".denominator";

  public static MonitoredColumn numeric(String name, String expression, NumericGrid grid) {
    return new MonitoredColumn(name, expression, grid, ColumnRole.FEATURE);
  }

  public static MonitoredColumn categorical(String name, String expression, Categories dictionary) {
    return new MonitoredColumn(name, expression, dictionary, ColumnRole.FEATURE);
  }

  /**
   * What looks at several columns at once: each ratio of two; all numeric features and the score
   * together, if these are two or more; the score by groups of every feature, if there is one
   * score; what labels tell by groups of every feature, and errors by groups of the prediction.
   */
  public static List<MonitoredColumn> together(List<MonitoredColumn> columns) {
    List<MonitoredColumn> together = new ArrayList<>(ratios(columns));
    together.addAll(outcomesByFeature(columns));
    together.addAll(errorsByPrediction(columns));
    List<JointGrid.Numeric> numeric = new ArrayList<>();
    List<JointGrid.Categorical> categorical = new ArrayList<>();
    List<JointGrid.Numeric> scores = new ArrayList<>();
    for (MonitoredColumn column : columns) {
      if (column.grid() instanceof NumericGrid bins && bins.kind() == ColumnKind.SCORE) {
        scores.add(new JointGrid.Numeric(column.name(), bins));
      } else if (column.role() == ColumnRole.FEATURE && column.grid() instanceof NumericGrid bins) {
        numeric.add(new JointGrid.Numeric(column.name(), bins));
      } else if (column.role() == ColumnRole.FEATURE && column.grid() instanceof Categories names) {
        categorical.add(new JointGrid.Categorical(column.name(), names));
      }
    }
    Optional<JointGrid.Numeric> output =
        scores.size() == 1 ? Optional.of(scores.get(0)) : Optional.empty();
    if (numeric.size() + scores.size() > 1 && !numeric.isEmpty()) {
      Grid<?> moments = new JointGrid(Keeps.MOMENTS, numeric, categorical, output);
      together.add(new MonitoredColumn(JOINT, "", moments, ColumnRole.JOINT));
    }
    if (output.isPresent() && numeric.size() + categorical.size() > 0) {
      Grid<?> groups = new JointGrid(Keeps.GROUPS, numeric, categorical, output);
      together.add(new MonitoredColumn(SCORE_BY_FEATURE, "", groups, ColumnRole.SCORE_BY_FEATURE));
    }
    return together;
  }

  /** Of each outcome that is told by features its sums by their groups. */
  private static List<MonitoredColumn> outcomesByFeature(List<MonitoredColumn> columns) {
    List<JointGrid.Numeric> groups = new ArrayList<>();
    for (MonitoredColumn column : columns) {
      if (column.role == ColumnRole.FEATURE_GROUP) {
        groups.add(new JointGrid.Numeric(column.name, column.numeric().orElseThrow()));
      }
    }
    List<MonitoredColumn> outcomes = new ArrayList<>();
    for (MonitoredColumn column : columns) {
      if (column.role == ColumnRole.OUTCOME_VALUE && !groups.isEmpty()) {
        JointGrid.Numeric output =
            new JointGrid.Numeric(column.name, column.numeric().orElseThrow());
        Grid<?> grid = new JointGrid(Keeps.GROUPS, groups, List.of(), Optional.of(output));
        outcomes.add(
            new MonitoredColumn(column.name + BY_FEATURE, "", grid, ColumnRole.OUTCOME_BY_FEATURE));
      }
    }
    return outcomes;
  }

  /** Of a regression the sums of its errors, with their sign and without, by its predictions. */
  private static List<MonitoredColumn> errorsByPrediction(List<MonitoredColumn> columns) {
    Map<String, NumericGrid> bins = new LinkedHashMap<>();
    columns.forEach(column -> column.numeric().ifPresent(grid -> bins.put(column.name, grid)));
    NumericGrid predictions = bins.get(PREDICTION);
    NumericGrid errors = bins.get(ERROR);
    if (predictions == null || errors == null || !bins.containsKey(ABSOLUTE_ERROR)) {
      return List.of();
    }
    return List.of(
        byPrediction(predictions, ERROR, errors),
        byPrediction(predictions, ABSOLUTE_ERROR, errors.ofMagnitudes()));
  }

  private static MonitoredColumn byPrediction(
      NumericGrid predictions, String error, NumericGrid bins) {
    Grid<?> grid =
        new JointGrid(
            Keeps.GROUPS,
            List.of(new JointGrid.Numeric(PREDICTION, predictions)),
            List.of(),
            Optional.of(new JointGrid.Numeric(error, bins)));
    return new MonitoredColumn(error + BY_PREDICTION, "", grid, ColumnRole.OUTCOME);
  }

  private static List<MonitoredColumn> ratios(List<MonitoredColumn> columns) {
    List<MonitoredColumn> ratios = new ArrayList<>();
    for (MonitoredColumn above : columns) {
      if (above.role == ColumnRole.RATIO_NUMERATOR) {
        String name = above.name.substring(0, above.name.length() - NUMERATOR.length());
        columns.stream()
            .filter(below -> below.name.equals(name + DENOMINATOR))
            .forEach(below -> ratios.add(ratio(name, above, below)));
      }
    }
    return ratios;
  }

  private static MonitoredColumn ratio(String name, MonitoredColumn above, MonitoredColumn below) {
    NumericGrid x = above.numeric().orElseThrow();
    NumericGrid y = below.numeric().orElseThrow();
    Grid<?> grid = RatioGrid.of(above.name, x, below.name, y);
    String told = "(%s) / (%s)".formatted(above.expression, below.expression);
    return new MonitoredColumn(name, told, grid, ColumnRole.BUSINESS_RATIO);
  }

  /** Under what name a profiled column is looked at: its own, or that of several together. */
  public static String family(String column) {
    return column.startsWith(OUTCOME_PREFIX) ? OUTCOME : column;
  }

  /** Under what name its metrics stand; what tells how good predictions were is of no column. */
  public static String told(String family) {
    return family.equals(OUTCOME) ? "" : family;
  }

  /** Columns that are scanned one by one and looked at together, as one. */
  public static MonitoredColumn outcome(List<MonitoredColumn> members) {
    Map<String, Grid<?>> grids = new LinkedHashMap<>();
    members.forEach(member -> grids.put(member.name(), member.grid()));
    return new MonitoredColumn(OUTCOME, "", new BundleGrid(grids), ColumnRole.OUTCOME);
  }

  /** Whether both are profiles of the same values, and of the same kind. */
  public boolean isLike(MonitoredColumn other) {
    return name.equals(other.name)
        && expression.equals(other.expression)
        && grid.getClass() == other.grid.getClass();
  }

  /** Adds up what is counted of the column by a slice. */
  public ProfileMerger<?> merger(BinDetail detail) {
    return merger(grid, detail);
  }

  private static <P extends Profile<P>> ProfileMerger<P> merger(Grid<P> grid, BinDetail detail) {
    return new ProfileMerger<>(grid, detail);
  }

  /** The bins of a numeric or score column. */
  public Optional<NumericGrid> numeric() {
    return grid instanceof NumericGrid bins ? Optional.of(bins) : Optional.empty();
  }

  /** How it is read; the texts of an outcome by their place in the dictionary. */
  ReadColumn read() {
    if (!(grid instanceof Categories names)) {
      return new ReadColumn(expression, ReadColumn.Reading.NUMBER);
    }
    return new ReadColumn(
        expression,
        ReadColumn.Reading.TEXT,
        role == ColumnRole.OUTCOME ? names.values() : List.of());
  }
}
