package io.leeway.store;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Part;
import io.leeway.domain.PublishedPart;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Runs, parts and rows for the tests of this room. */
final class Attempts {
  static final Instant DAY_0 = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant NOW = Instant.parse("2026-03-01T12:34:56.123456Z");

  private Attempts() {}

  static Window day(int day) {
    Instant start = DAY_0.plus(Duration.ofDays(day));
    return new Window(start, start.plus(Duration.ofDays(1)));
  }

  static Part inputs(int day) {
    return new Part("v1", "1 day", day(day), Part.Kind.INPUTS);
  }

  static Part outcomes(int day) {
    return new Part("v1", "1 day", day(day), Part.Kind.OUTCOMES);
  }

  static PublishedPart published(Part part, long predictions, Long labels) {
    return new PublishedPart(part, predictions, labels, 10, 77L);
  }

  static RunSources sources(long predictions, Long labels) {
    return new RunSources("p", predictions, labels == null ? null : "l", labels);
  }

  static RunRecord run(
      String model, String runId, String attemptId, RunSources sources, PublishedPart... parts) {
    return new RunRecord(
        model,
        runId,
        attemptId,
        "monitor",
        "config-1",
        "0.1.0",
        sources,
        true,
        "bins",
        "baseline",
        NOW,
        0,
        List.of(parts),
        "{}");
  }

  static RunRecord configured(RunRecord run, String configHash, long plannedAfter) {
    return new RunRecord(
        run.model(),
        run.runId(),
        run.attemptId(),
        run.command(),
        configHash,
        run.codeVersion(),
        run.sources(),
        run.incremental(),
        run.binsId(),
        run.baselineId(),
        run.startedAt(),
        plannedAfter,
        run.parts(),
        run.summary());
  }

  static CommittedRun committed(long sequence, long generation, RunRecord run) {
    return new CommittedRun(run, sequence, generation, NOW.plusSeconds(sequence));
  }

  /** One metric row of a part. */
  static Row metric(String model, String attemptId, Part part, String metric, double value) {
    Subject subject =
        new Subject(
            model, part.modelVersion(), part.granularity(), part.window(), Segment.ALL, "income");
    return MetricRows.row(
        subject,
        part.kind(),
        Measure.of(metric, Comparison.BASELINE, value).n(10).build(),
        new Stamp("bins", "baseline", "run-of-" + attemptId, attemptId, NOW));
  }

  static void write(Store store, Row... metrics) {
    Dataset<Row> rows =
        store.spark().createDataFrame(List.of(metrics), ResultTable.METRICS.schema());
    store.append(ResultTable.METRICS, rows);
  }
}
