package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.domain.UserException;
import io.leeway.monitor.Baseline.ChosenColumn;
import io.leeway.monitor.FeatureChoice.Candidate;
import io.leeway.monitor.metrics.OutcomeMembers;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.Categories;
import io.leeway.profile.EdgeSearch;
import io.leeway.profile.Grid;
import io.leeway.profile.NumericGrid;
import io.leeway.scan.ColumnTypes;
import io.leeway.scan.EdgeScan;
import io.leeway.scan.EdgeScan.Learned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which columns a baseline monitors, and on which bins or dictionary: candidates by their schema,
 * then all of them learned together from the reference's rows.
 */
final class ColumnChoice {
  private static final int SCORE_VALUES = 4096;

  /** Business metrics are cut at this share of the reference's values. */
  private static final double CAP = 0.99;

  private ColumnChoice() {}

  /**
   * Learns the columns of a model from its reference, those that are not monitored with the reason.
   *
   * @param inForce the model's newest baseline, whose grids are refined
   * @throws UserException if nothing is left to monitor, or a score is no probability
   */
  static List<ChosenColumn> learn(
      ModelConfig model, ReferenceRows reference, Optional<Baseline> inForce) {
    FeatureChoice choice =
        FeatureChoice.of(
            model, SourceColumns.leaves(reference.source().schema()), ColumnTypes::kindOf);
    List<Candidate> candidates = new ArrayList<>(choice.candidates());
    candidates.addAll(ServiceColumns.of(model, reference::typeOf));
    refuseEqualNames(model, candidates);
    List<ChosenColumn> chosen =
        new ArrayList<>(choose(model, candidates, reference.rows(), inForce));
    choice
        .refusals()
        .forEach(
            refused ->
                chosen.add(
                    new ChosenColumn(
                        refused.name(),
                        SourceColumns.sql(refused.name()),
                        ColumnRole.FEATURE,
                        null,
                        refused.type().sql(),
                        refused.reason(),
                        null)));
    if (chosen.stream().noneMatch(ColumnChoice::countsAllSlices)) {
      throw new UserException(
          "Model '%s': no column of table %s is left to monitor: %s. List features in the configuration."
              .formatted(
                  model.name(), reference.source().address(), String.join("; ", notes(chosen))));
    }
    return chosen;
  }

  /**
   * Learns what is counted once labels are known.
   *
   * @param labelled the reference's rows with their labels
   * @param inputs what was learned of the predictions
   */
  static List<ChosenColumn> learnOutcomes(
      ModelConfig model,
      Dataset<Row> labelled,
      List<ChosenColumn> inputs,
      Optional<Baseline> inForce) {
    return choose(model, OutcomeColumns.of(model, inputs), labelled, inForce);
  }

  private static List<ChosenColumn> choose(
      ModelConfig model,
      List<Candidate> candidates,
      Dataset<Row> rows,
      Optional<Baseline> inForce) {
    Map<String, EdgeSearch> searches = new HashMap<>();
    List<Learned> learned = new ArrayList<>();
    for (Candidate candidate : candidates) {
      EdgeSearch search = search(model, candidate, inForce);
      searches.put(candidate.name(), search);
      if (candidate.isLearned()) {
        learned.add(new Learned(candidate.name(), candidate.expression(), search));
      }
    }
    Map<String, CategoricalProfile> categories =
        EdgeScan.learn(rows, learned, model.limits().stateMemoryBytes());
    List<ChosenColumn> chosen = new ArrayList<>();
    for (Candidate candidate : candidates) {
      EdgeSearch search = searches.get(candidate.name());
      CategoricalProfile found = categories.get(candidate.name());
      ChosenColumn column = choose(model, candidate, search, found, inForce);
      chosen.add(column);
      if (candidate.role() == ColumnRole.BUSINESS && search.rows() > 0) {
        chosen.add(ServiceColumns.capped(column, search.valueNear(CAP)));
      }
    }
    return chosen;
  }

  private static boolean countsAllSlices(ChosenColumn column) {
    boolean inReference = column.monitored() && column.dataType() != null;
    return inReference && column.role().scope() == ColumnRole.Scope.ALL_SLICES;
  }

  private static void refuseEqualNames(ModelConfig model, List<Candidate> candidates) {
    Set<String> names = new HashSet<>();
    model.business().keySet().forEach(name -> names.add("business." + name));
    for (Candidate candidate : candidates) {
      boolean own = candidate.role() == ColumnRole.BUSINESS;
      if (!own && !names.add(candidate.name())) {
        throw new UserException(
            "Model '%s': two monitored columns would be named '%s' in the results: what the configuration measures there, and another one. Rename one of them."
                .formatted(model.name(), candidate.name()));
      }
    }
  }

  /** Finds the edges; {@code null} for a categorical column. */
  private static EdgeSearch search(
      ModelConfig model, Candidate candidate, Optional<Baseline> inForce) {
    return switch (candidate.kind()) {
      case NUMERIC, SCORE, OPERATIONAL ->
          new EdgeSearch(
              candidate.kind(), exactLimit(model, candidate), gridInForce(inForce, candidate));
      case CATEGORICAL, JOINT, RATIO, IDS -> null;
    };
  }

  private static int exactLimit(ModelConfig model, Candidate candidate) {
    if (candidate.name().equals(OutcomeMembers.ABSOLUTE_ERROR)) {
      return OutcomeColumns.EXACT_ERRORS;
    }
    return candidate.kind() == ColumnKind.SCORE ? SCORE_VALUES : model.limits().exactValues();
  }

  private static Optional<NumericGrid> gridInForce(
      Optional<Baseline> inForce, Candidate candidate) {
    return inForce
        .flatMap(baseline -> baseline.column(candidate.name()))
        .map(ChosenColumn::grid)
        .filter(NumericGrid.class::isInstance)
        .map(NumericGrid.class::cast)
        .filter(grid -> grid.kind() == candidate.kind());
  }

  /**
   * Takes what was found of a column into its grid.
   *
   * @param search {@code null} for a categorical column
   * @param found categories; {@code null} where none were learned
   */
  private static ChosenColumn choose(
      ModelConfig model,
      Candidate candidate,
      EdgeSearch search,
      CategoricalProfile found,
      Optional<Baseline> inForce) {
    if (candidate.frozen() != null) {
      return column(candidate, Optional.empty(), candidate.frozen());
    }
    if (search != null) {
      Optional<String> against =
          FeatureChoice.keep(candidate, search.rows(), search.isConstant() ? 1 : 2);
      NumericGrid grid =
          against.isPresent()
              ? null
              : gridOf(model, candidate, search, gridInForce(inForce, candidate));
      return column(candidate, against, grid);
    }
    Optional<String> against = FeatureChoice.keep(candidate, found.n(), found.distinct());
    Categories known =
        inForce
            .flatMap(baseline -> baseline.column(candidate.name()))
            .map(ChosenColumn::grid)
            .filter(Categories.class::isInstance)
            .map(Categories.class::cast)
            .orElseGet(() -> new Categories(List.of(), Categories.UNSEEN_LIMIT));
    Categories dictionary = against.isPresent() ? null : known.refined(found.byName().keySet());
    return column(candidate, against, dictionary);
  }

  private static ChosenColumn column(Candidate candidate, Optional<String> against, Grid<?> grid) {
    return new ChosenColumn(
        candidate.name(),
        candidate.expression(),
        candidate.role(),
        candidate.kind(),
        candidate.type() == null ? null : candidate.type().sql(),
        against.orElse(candidate.reason()),
        grid);
  }

  private static NumericGrid gridOf(
      ModelConfig model, Candidate candidate, EdgeSearch search, Optional<NumericGrid> inForce) {
    if (search.rows() == 0) {
      int limit = model.limits().exactValues();
      return inForce
          .map(grid -> grid.withoutDeciles(limit))
          .orElseGet(() -> NumericGrid.withoutReference(candidate.kind(), limit));
    }
    boolean probability =
        candidate.kind() == ColumnKind.SCORE && FeatureChoice.expectsProbabilities(model);
    if (probability && !(search.minimum() >= 0 && search.maximum() <= 1)) {
      throw new UserException(
          "Model '%s': score '%s' runs from %s to %s in the reference, but task %s takes a probability from 0 to 1. Name the column that holds probabilities, or scale the score."
              .formatted(
                  model.name(),
                  candidate.name(),
                  search.minimum(),
                  search.maximum(),
                  model.task().text()));
    }
    return search.grid();
  }

  /** In plain words, what is monitored and what is not. */
  static List<String> notes(List<ChosenColumn> columns) {
    return columns.stream()
        .map(
            column ->
                (column.monitored() ? "Monitored: " : "Not monitored: ")
                    + column.name()
                    + ", "
                    + column.reason())
        .toList();
  }
}
