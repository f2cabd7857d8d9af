package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.domain.UserException;
import io.leeway.monitor.Baseline.ChosenColumn;
import io.leeway.monitor.FeatureChoice.Candidate;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.Categories;
import io.leeway.profile.EdgeSearch;
import io.leeway.profile.Grid;
import io.leeway.profile.NumericGrid;
import io.leeway.scan.ColumnTypes;
import io.leeway.scan.EdgeScan;
import io.leeway.scan.EdgeScan.Learned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which columns a baseline monitors, and on which bins or dictionary: candidates by their schema,
 * then all of them learned together from the reference's rows.
 */
final class ColumnChoice {
  private static final int SCORE_VALUES = 4096;

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
    List<Learned> learned = new ArrayList<>();
    for (Candidate candidate : choice.candidates()) {
      EdgeSearch search =
          switch (candidate.kind()) {
            case NUMERIC, SCORE ->
                new EdgeSearch(
                    candidate.kind(),
                    exactLimit(model, candidate.kind()),
                    gridInForce(inForce, candidate));
            case CATEGORICAL, JOINT -> null;
          };
      learned.add(new Learned(candidate.name(), SourceColumns.sql(candidate.name()), search));
    }
    Map<String, CategoricalProfile> categories =
        EdgeScan.learn(reference.rows(), learned, model.limits().stateMemoryBytes());
    List<ChosenColumn> chosen = new ArrayList<>();
    for (int i = 0; i < learned.size(); i++) {
      chosen.add(choose(model, choice.candidates().get(i), learned.get(i), categories, inForce));
    }
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
    if (chosen.stream().noneMatch(ChosenColumn::monitored)) {
      throw new UserException(
          "Model '%s': no column of table %s is left to monitor: %s. List features in the configuration."
              .formatted(
                  model.name(), reference.source().address(), String.join("; ", notes(chosen))));
    }
    return chosen;
  }

  private static int exactLimit(ModelConfig model, ColumnKind kind) {
    return kind == ColumnKind.SCORE ? SCORE_VALUES : model.limits().exactValues();
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

  private static ChosenColumn choose(
      ModelConfig model,
      Candidate candidate,
      Learned learned,
      Map<String, CategoricalProfile> categories,
      Optional<Baseline> inForce) {
    if (learned.search() != null) {
      EdgeSearch search = learned.search();
      Optional<String> against =
          FeatureChoice.keep(candidate, search.rows(), search.isConstant() ? 1 : 2);
      NumericGrid grid =
          against.isPresent()
              ? null
              : gridOf(model, candidate, search, gridInForce(inForce, candidate));
      return column(candidate, against, grid);
    }
    CategoricalProfile found = categories.get(candidate.name());
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
        SourceColumns.sql(candidate.name()),
        candidate.role(),
        candidate.kind(),
        candidate.type().sql(),
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
