package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Part;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ScanSpec;
import io.leeway.store.MetricRows;
import io.leeway.store.RunSources;
import io.leeway.store.SourceTable;
import io.leeway.store.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The predictions with their labels.
 *
 * @param delays of the reference's labels
 * @param unmatched how many of the identifiers whose labels are new have no prediction within the
 *     horizon, where it was looked for
 */
record OutcomeSide(
    ModelConfig model,
    SourceTable source,
    LabelledRows rows,
    LabelDelays delays,
    OptionalLong unmatched)
    implements ScannedSide {
  @Override
  public Part.Kind part() {
    return Part.Kind.OUTCOMES;
  }

  @Override
  public RunSources sources() {
    SourceTable labels = rows.source().table();
    return new RunSources(source.id(), source.version(), labels.id(), labels.version());
  }

  @Override
  public Dataset<Row> rows(List<Window> windows) {
    return rows.of(Specs.rows(model, source), windows);
  }

  @Override
  public ScanSpec spec(List<MonitoredColumn> columns, List<Window> windows, Set<Segment> admitted) {
    return rows.spec(columns, windows, admitted);
  }

  @Override
  public Optional<OutcomeContext> outcome(List<Target> targets) {
    Map<Target, io.leeway.monitor.metrics.LateLabels> late = new HashMap<>();
    targets.forEach(target -> late.put(target, delays.of(target.window())));
    return Optional.of(OutcomeContext.of(model, late));
  }

  /** Labels that belong to no prediction stand with the newest window. */
  @Override
  public List<Row> ofSource(NavigableMap<Window, List<String>> versions, Stamp stamp) {
    List<Row> rowsOfSource = new ArrayList<>();
    if (versions.isEmpty() || unmatched.isEmpty()) {
      return rowsOfSource;
    }
    Measure measure =
        Measure.of("labels_unmatched", Comparison.NONE, (double) unmatched.getAsLong()).build();
    for (String version : versions.get(versions.lastKey())) {
      Subject subject =
          new Subject(
              model.name(),
              version,
              model.windows().base().toString(),
              versions.lastKey(),
              Segment.ALL,
              "");
      rowsOfSource.add(MetricRows.row(subject, part(), measure, stamp));
    }
    return rowsOfSource;
  }
}
