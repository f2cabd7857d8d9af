package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Part;
import io.leeway.domain.Segment;
import io.leeway.domain.Window;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ScanSpec;
import io.leeway.store.RunSources;
import io.leeway.store.SourceTable;
import io.leeway.store.Stamp;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The predictions by themselves.
 *
 * @param changes of the source's columns since the baseline
 */
record InputSide(ModelConfig model, SourceTable source, List<SchemaChange> changes)
    implements ScannedSide {
  @Override
  public Part.Kind part() {
    return Part.Kind.INPUTS;
  }

  @Override
  public RunSources sources() {
    return of(source);
  }

  static RunSources of(SourceTable source) {
    return new RunSources(source.id(), source.version(), null, null);
  }

  @Override
  public Dataset<Row> rows(List<Window> windows) {
    return Specs.rows(model, source);
  }

  @Override
  public ScanSpec spec(List<MonitoredColumn> columns, List<Window> windows, Set<Segment> admitted) {
    return Specs.scan(model, columns, windows, admitted);
  }

  @Override
  public Optional<OutcomeContext> outcome(List<Target> targets) {
    return Optional.empty();
  }

  @Override
  public List<Row> ofSource(NavigableMap<Window, List<String>> versions, Stamp stamp) {
    return new SourceQuality(model, source, stamp).rows(versions, changes);
  }
}
