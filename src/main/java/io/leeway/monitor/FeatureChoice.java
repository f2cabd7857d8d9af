package io.leeway.monitor;

import io.leeway.config.FeaturesConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.domain.UserException;
import io.leeway.profile.Grid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Which columns of a source are to be looked at, as what, and why the others are not. Rules: what
 * the configuration lists counts; with {@code auto} every column does whose type can be profiled
 * and that is no key, time, label or output. The rest of {@code auto}'s rules need the data and
 * follow in {@link #keep}.
 */
final class FeatureChoice {
  /** From this share of distinct texts on a column is taken for an identifier. */
  private static final double NEARLY_UNIQUE = 0.5;

  /** Below so many rows distinctness says nothing. */
  private static final long ENOUGH_ROWS = 100;

  /**
   * A column that may be monitored.
   *
   * @param expression SQL over the source's columns
   * @param type {@code null} where the reference lacks what the expression names
   * @param frozen its grid where that does not depend on the reference; {@code null} otherwise
   */
  record Candidate(
      String name,
      String expression,
      ColumnRole role,
      ColumnKind kind,
      DataType type,
      String reason,
      boolean chosenByName,
      Grid<?> frozen) {
    Candidate(
        String name,
        ColumnRole role,
        ColumnKind kind,
        DataType type,
        String reason,
        boolean chosenByName) {
      this(name, SourceColumns.sql(name), role, kind, type, reason, chosenByName, null);
    }

    /** Whether its grid follows from rows of the reference. */
    boolean isLearned() {
      return frozen == null && type != null;
    }
  }

  /** A column that is not looked at. */
  record Refusal(String name, DataType type, String reason) {}

  private final ModelConfig model;
  private final Map<String, DataType> types;
  private final Function<DataType, Optional<ColumnKind>> kindOf;
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();

  private FeatureChoice(
      ModelConfig model,
      Map<String, DataType> types,
      Function<DataType, Optional<ColumnKind>> kindOf) {
    this.model = model;
    this.types = types;
    this.kindOf = kindOf;
  }

  /**
   * Chooses by schema.
   *
   * @throws UserException if a column that the configuration names is not there or has a type that
   *     cannot be profiled
   */
  static FeatureChoice of(
      ModelConfig model,
      Map<String, DataType> types,
      Function<DataType, Optional<ColumnKind>> kindOf) {
    FeatureChoice choice = new FeatureChoice(model, types, kindOf);
    FeaturesConfig features = model.features();
    if (features.auto()) {
      choice.addAuto(features.exclude());
    } else {
      features.any().forEach(name -> choice.addNamed(name, null));
      features.numeric().forEach(name -> choice.addNamed(name, ColumnKind.NUMERIC));
      features.categorical().forEach(name -> choice.addNamed(name, ColumnKind.CATEGORICAL));
    }
    choice.addOutputs();
    return choice;
  }

  List<Candidate> candidates() {
    return List.copyOf(candidates);
  }

  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  private void addAuto(List<String> excluded) {
    Set<String> reserved = SourceColumns.reserved(model);
    types.forEach(
        (name, type) -> {
          if (reserved.contains(name)) {
            return;
          }
          Optional<ColumnKind> kind = kindOf.apply(type);
          if (excluded.contains(name)) {
            refusals.add(new Refusal(name, type, "excluded by the configuration"));
          } else if (kind.isEmpty()) {
            refusals.add(
                new Refusal(name, type, "values of type " + type.sql() + " cannot be profiled"));
          } else if (isTime(type)) {
            refusals.add(
                new Refusal(
                    name, type, "times move by themselves; name it under features to watch it"));
          } else {
            candidates.add(
                new Candidate(
                    name, ColumnRole.FEATURE, kind.get(), type, "feature found by itself", false));
          }
        });
  }

  private static boolean isTime(DataType type) {
    return type.equals(DataTypes.DateType)
        || type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.TimestampNTZType);
  }

  private void addNamed(String name, ColumnKind as) {
    DataType type = typeOf(name, "features");
    ColumnKind kind =
        kindOf
            .apply(type)
            .orElseThrow(
                () ->
                    new UserException(
                        "Model '%s': feature '%s' is of type %s, which cannot be profiled. Name single fields or entries of it instead, or leave it out."
                            .formatted(model.name(), name, type.sql())));
    if (as == ColumnKind.NUMERIC && kind == ColumnKind.CATEGORICAL) {
      throw new UserException(
          "Model '%s': features.numeric names '%s', which is of type %s. Move it to features.categorical, or cast it in the table."
              .formatted(model.name(), name, type.sql()));
    }
    candidates.add(
        new Candidate(
            name,
            ColumnRole.FEATURE,
            as == null ? kind : as,
            type,
            "feature named by the configuration",
            true));
  }

  private void addOutputs() {
    model
        .predictions()
        .score()
        .ifPresent(name -> addOutput(name, ColumnKind.SCORE, "predictions.score"));
    model
        .predictions()
        .classScores()
        .forEach((label, name) -> addOutput(name, ColumnKind.SCORE, "predictions.scores." + label));
    model
        .predictions()
        .decision()
        .ifPresent(name -> addOutput(name, ColumnKind.CATEGORICAL, "predictions.decision"));
  }

  private void addOutput(String name, ColumnKind kind, String key) {
    DataType type = typeOf(name, key);
    Optional<ColumnKind> possible = kindOf.apply(type);
    boolean fits =
        possible.isPresent() && (kind != ColumnKind.SCORE || possible.get() == ColumnKind.NUMERIC);
    if (!fits) {
      throw new UserException(
          "Model '%s': %s names '%s', which is of type %s. A score must be a number, a decision a text, a whole number or a boolean."
              .formatted(model.name(), key, name, type.sql()));
    }
    String what = kind == ColumnKind.SCORE ? "score of the model" : "decision of the model";
    candidates.add(new Candidate(name, ColumnRole.OUTPUT, kind, type, what, true));
  }

  private DataType typeOf(String name, String key) {
    DataType type = types.get(name);
    if (type == null) {
      throw new UserException(
          "Model '%s': %s names the column '%s', which table %s does not have; the nearest is '%s'. Correct the name."
              .formatted(model.name(), key, name, model.predictions().table(), nearest(name)));
    }
    return type;
  }

  private String nearest(String name) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return types.keySet().stream()
        .min(Comparator.comparingInt(known -> distance.apply(known, name)))
        .orElse("");
  }

  /** Whether probabilities are expected of the model's scores. */
  static boolean expectsProbabilities(ModelConfig model) {
    return model.task() != Task.REGRESSION;
  }

  /**
   * Why a column that was found by itself is not monitored after all; empty if it is.
   *
   * @param values rows with a value
   * @param distinct distinct values, or a lower bound of them
   */
  static Optional<String> keep(Candidate candidate, long values, double distinct) {
    if (candidate.chosenByName()) {
      return Optional.empty();
    }
    if (values == 0) {
      return Optional.of("it has no value in the reference");
    }
    if (distinct <= 1) {
      return Optional.of("it is constant in the reference");
    }
    boolean unique =
        candidate.kind() == ColumnKind.CATEGORICAL
            && values >= ENOUGH_ROWS
            && distinct > NEARLY_UNIQUE * values;
    return unique
        ? Optional.of("its texts are nearly unique, like those of an identifier")
        : Optional.empty();
  }
}
