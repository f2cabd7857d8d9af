package io.leeway.retrain.expect;

import io.leeway.config.ExpectationsConfig;
import io.leeway.config.IgnoredAnomaly;
import io.leeway.domain.RunIdentity;
import io.leeway.domain.UserException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a batch must be like to be trained on.
 *
 * @param columns each name once, ascending
 * @param ignored what does not reject a batch, by its text ascending
 */
public record Expectations(
    ReferenceLabel label,
    TableLimits limits,
    List<ColumnExpectation> columns,
    List<IgnoredAnomaly> ignored) {

  public Expectations {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(limits, "limits");
    columns = columns.stream().sorted(Comparator.comparing(ColumnExpectation::name)).toList();
    ignored =
        ignored.stream().distinct().sorted(Comparator.comparing(IgnoredAnomaly::text)).toList();
    Set<String> names = columns.stream().map(ColumnExpectation::name).collect(Collectors.toSet());
    if (names.size() != columns.size()) {
      throw new IllegalArgumentException("A column is expected twice: " + columns);
    }
  }

  /**
   * What follows from the reference and the usual limits.
   *
   * @param columns the features, in any order
   */
  public static Expectations inferred(ReferenceLabel label, List<ReferenceColumn> columns) {
    return of(label, columns, ExpectationsConfig.defaults());
  }

  /**
   * The same reference with a user's limits, in place of those that stand here.
   *
   * @throws UserException if it speaks of a column that the reference does not have, or of numbers
   *     where there are categories, or the other way round
   */
  public Expectations with(ExpectationsConfig config) {
    return of(label, columns.stream().map(ColumnExpectation::reference).toList(), config);
  }

  private static Expectations of(
      ReferenceLabel label, List<ReferenceColumn> references, ExpectationsConfig config) {
    Set<String> known =
        references.stream()
            .map(ReferenceColumn::name)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> unknown = new TreeSet<>(config.columns().keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new UserException(
          "retrain.expectations.columns names %s, which the baseline does not have; name features of it: %s."
              .formatted(String.join(", ", unknown), String.join(", ", known)));
    }
    return new Expectations(
        label,
        TableLimits.of(config),
        references.stream().map(reference -> ColumnExpectation.of(reference, config)).toList(),
        config.ignore());
  }

  public Optional<ColumnExpectation> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** A name that follows from the content: the first 24 digits of a SHA-256 of the JSON. */
  public String version() {
    return RunIdentity.hash(List.of(toJson()));
  }

  /** In one normal form, to be kept with what was trained by it. */
  public String toJson() {
    return ExpectationsJson.write(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static Expectations fromJson(String json) {
    return ExpectationsJson.read(json);
  }
}
