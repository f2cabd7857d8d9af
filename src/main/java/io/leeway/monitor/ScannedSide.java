package io.leeway.monitor;

import io.leeway.domain.Part;
import io.leeway.domain.Segment;
import io.leeway.domain.Window;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ScanSpec;
import io.leeway.store.RunSources;
import io.leeway.store.Stamp;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which side of the truth a run looks at: what it reads, and what it knows besides. */
interface ScannedSide {
  Part.Kind part();

  RunSources sources();

  /** The rows that count, all that lie in some windows and maybe others. */
  Dataset<Row> rows(List<Window> windows);

  /** What to scan of {@link #rows}. */
  ScanSpec spec(List<MonitoredColumn> columns, List<Window> windows, Set<Segment> admitted);

  /** What is known of the labels of some windows; empty where none are involved. */
  Optional<OutcomeContext> outcome(List<Target> targets);

  /**
   * Rows of {@code metrics} that say something of the source as such.
   *
   * @param versions of every base window that is published, ascending; {@code null} for none
   */
  List<Row> ofSource(NavigableMap<Window, List<String>> versions, Stamp stamp);
}
