package io.leeway.monitor;

import io.leeway.config.BusinessMetric;
import io.leeway.config.ModelConfig;
import io.leeway.config.OperationsConfig;
import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.monitor.Baseline.ChosenColumn;
import io.leeway.monitor.FeatureChoice.Candidate;
import io.leeway.profile.Categories;
import io.leeway.profile.Grid;
import io.leeway.profile.IdGrid;
import io.leeway.profile.NumericGrid;
import io.leeway.scan.MonitoredColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.types.DataType;

/**
 * What is monitored of a model's service and business, and of the predictions' identifiers: further
 * columns of the scan, each named by the place in the configuration that asks for it, or in
 * brackets, so that none has the name of a feature.
 */
final class ServiceColumns {
  /**
   * The minutes of 31 days, and some: so many are told apart, and their greatest count is known.
   */
  private static final int MOST_MINUTES = 45_000;

  /** Under what name it is told how often identifiers repeat. */
  static final String IDS = "(ids)";

  private static final int MOST_IDS = 4_096;

  private static final Categories CONDITION =
      new Categories(List.of("false", "true"), Categories.UNSEEN_LIMIT);

  private final Function<String, Optional<DataType>> typeOf;
  private final List<Candidate> columns = new ArrayList<>();

  private ServiceColumns(Function<String, Optional<DataType>> typeOf) {
    this.typeOf = typeOf;
  }

  /**
   * All of them, that which is not counted by slices last.
   *
   * @param typeOf of an expression in the reference; empty where that lacks what it names
   */
  static List<Candidate> of(ModelConfig model, Function<String, Optional<DataType>> typeOf) {
    ServiceColumns service = new ServiceColumns(typeOf);
    service.addOperations(model);
    model.business().forEach(service::addBusiness);
    if (model.operations().isWatched()) {
      service.addThroughput(SourceColumns.sql(model.predictions().time()));
    }
    model.predictions().id().ifPresent(id -> service.addIds(SourceColumns.sql(id)));
    return List.copyOf(service.columns);
  }

  private void addOperations(ModelConfig model) {
    OperationsConfig operations = model.operations();
    operations
        .latency()
        .ifPresent(column -> addReading("operations.latency", column, ColumnRole.LATENCY));
    operations.cost().ifPresent(column -> addReading("operations.cost", column, ColumnRole.COST));
    operations
        .failed()
        .ifPresent(
            sql ->
                add(
                    "operations.failed",
                    "cast((" + sql + ") AS string)",
                    ColumnRole.FAILURE,
                    ColumnKind.CATEGORICAL,
                    CONDITION));
    operations
        .gauges()
        .forEach(column -> addReading("operations.gauges." + column, column, ColumnRole.GAUGE));
  }

  /** The minute of each row, since 1970. */
  private void addThroughput(String time) {
    add(
        "operations.throughput",
        "floor(unix_seconds(cast(" + time + " AS timestamp)) / 60)",
        ColumnRole.THROUGHPUT,
        ColumnKind.NUMERIC,
        NumericGrid.withoutReference(ColumnKind.NUMERIC, MOST_MINUTES));
  }

  /** Hashes of 53 bits, which a double holds; a missing identifier has none. */
  private void addIds(String id) {
    add(
        IDS,
        "CASE WHEN %s IS NOT NULL THEN shiftrightunsigned(xxhash64(%s), 11) END".formatted(id, id),
        ColumnRole.IDENTITY,
        ColumnKind.IDS,
        new IdGrid(MOST_IDS));
  }

  private void addReading(String name, String column, ColumnRole role) {
    add(name, SourceColumns.sql(column), role, ColumnKind.OPERATIONAL, null);
  }

  private void addBusiness(String name, BusinessMetric metric) {
    String column = "business." + name;
    if (metric.denominator().isEmpty()) {
      addBusiness(column, metric.expression(), ColumnRole.BUSINESS);
      return;
    }
    String above = column + MonitoredColumn.NUMERATOR;
    String below = column + MonitoredColumn.DENOMINATOR;
    addBusiness(above, metric.expression(), ColumnRole.RATIO_NUMERATOR);
    addBusiness(below, metric.denominator().get(), ColumnRole.RATIO_DENOMINATOR);
  }

  private void addBusiness(String name, String expression, ColumnRole role) {
    add(name, expression, role, ColumnKind.NUMERIC, null);
  }

  /**
   * A business metric with its large values cut, so that a few of them do not decide a test.
   *
   * @param of the metric's own column
   * @param cap where to cut; part of the expression, and so frozen with the baseline
   */
  static ChosenColumn capped(ChosenColumn of, double cap) {
    String sql = of.expression();
    String expression =
        "if((%s) > %sD AND (%s) < double('Infinity'), %sD, (%s))"
            .formatted(sql, cap, sql, cap, sql);
    return new ChosenColumn(
        of.name() + ".capped",
        expression,
        ColumnRole.BUSINESS_CAPPED,
        ColumnKind.NUMERIC,
        of.dataType(),
        "cut at " + cap + ", about the 99th percentile of the reference",
        ((NumericGrid) of.grid()).cappedAt(cap));
  }

  private void add(
      String name, String expression, ColumnRole role, ColumnKind kind, Grid<?> frozen) {
    columns.add(
        new Candidate(
            name,
            expression,
            role,
            kind,
            typeOf.apply(expression).orElse(null),
            "named by the configuration",
            true,
            frozen));
  }
}
