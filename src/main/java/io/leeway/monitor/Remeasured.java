package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Part;
import io.leeway.domain.Window;
import io.leeway.monitor.metrics.LateLabels;
import io.leeway.store.CommittedRun;
import io.leeway.store.PublishedParts;
import io.leeway.store.PublishedParts.Winner;
import io.leeway.store.RemovedSlices;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.store.RunRecord;
import io.leeway.store.Stamp;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Metrics that runs did not write, computed from the profiles that they published as they would
 * have computed them. Reads no source and writes nothing.
 *
 * @param rows with the columns of {@code metrics}, of slices of more than one column alone; what
 *     was written all the same may be among them
 * @param cut windows of which profiles of such slices are no longer kept, so that nothing is told
 */
public record Remeasured(Dataset<Row> rows, int cut) {
  /** Slices of more than one column are all that may lack a metric, and need no other's rows. */
  private static final Column IS_CROSS = functions.size(functions.col("segment_values")).gt(1);

  /**
   * What is missing of a model.
   *
   * @param model with the configuration that would have had it written
   * @param committed its runs
   */
  public static Remeasured of(
      Store store, ModelConfig model, List<CommittedRun> committed, Unwritten missing) {
    Map<Held, List<Winner>> byBaseline = new LinkedHashMap<>();
    for (Winner part : missing.parts()) {
      Held held = new Held(part.run().run().baselineId(), part.part().part().kind());
      byBaseline.computeIfAbsent(held, any -> new ArrayList<>()).add(part);
    }
    Dataset<Row> rows = store.spark().createDataFrame(List.of(), ResultTable.METRICS.schema());
    int cut = 0;
    for (Map.Entry<Held, List<Winner>> one : byBaseline.entrySet()) {
      Work work = new Work(store, model, committed, one.getKey(), one.getValue());
      rows = rows.unionByName(work.rows());
      cut += work.cut();
    }
    return new Remeasured(
        rows.where(functions.col("metric").isInCollection(missing.metrics())), cut);
  }

  /** What parts were measured by. */
  private record Held(String baselineId, Part.Kind kind) {}

  /** Parts that were measured by one baseline. */
  private static final class Work {
    private final Store store;
    private final ModelConfig model;
    private final List<CommittedRun> committed;
    private final Part.Kind kind;
    private final CommittedRun madeBy;
    private final RunRecord firstRun;

    /** Versions of each target; {@code null} for none. */
    private final Map<Target, List<String>> versions = new LinkedHashMap<>();

    /** When the run of each target was asked. */
    private final Map<Target, Instant> asked = new HashMap<>();

    private final TreeMap<Window, List<Winner>> base = new TreeMap<>();
    private Map<Target, WholeSlices> whole = Map.of();

    Work(
        Store store,
        ModelConfig model,
        List<CommittedRun> committed,
        Held held,
        List<Winner> parts) {
      this.store = store;
      this.model = model;
      this.committed = committed;
      this.kind = held.kind();
      this.firstRun = parts.get(0).run().run();
      this.madeBy =
          committed.stream()
              .filter(run -> run.run().runId().equals(held.baselineId()))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalStateException("There is no baseline " + held.baselineId()));
      for (Winner winner : parts) {
        Part part = winner.part().part();
        // What crosses are compared with is the reference alone.
        Target target = new Target(part.granularity(), part.window(), Optional.empty());
        versions.computeIfAbsent(target, any -> new ArrayList<>()).add(part.modelVersion());
        Instant at = OutcomePlan.askedAt(winner.run());
        asked.merge(target, at, (one, other) -> one.isAfter(other) ? one : other);
      }
      for (Winner winner : PublishedParts.of(committed).only(kind).winners()) {
        Part part = winner.part().part();
        if (part.granularity().equals(model.windows().base().toString())
            && WindowPlan.isCutAs(model.windows(), part.window())) {
          base.computeIfAbsent(part.window(), any -> new ArrayList<>()).add(winner);
        }
      }
    }

    Dataset<Row> rows() {
      Baseline baseline = BaselineJob.load(store, madeBy);
      PublishedReference reference = new PublishedReference(store, model, madeBy, baseline);
      List<Target> targets = List.copyOf(versions.keySet());
      List<Window> windows = Targets.needed(targets, List.of(), base.navigableKeySet());
      List<Winner> counted = windows.stream().flatMap(of -> base.get(of).stream()).toList();
      Dataset<Row> profiles =
          reference.sums().unionByName(store.read(ResultTable.PROFILES, counted)).where(IS_CROSS);
      // After the profiles are pinned: what is gone from them was announced before it went.
      RemovedSlices removed = new RunLedger(store).removed(model.name());
      whole = WholeSlices.of(targets, windows, removed);
      MetricContext context =
          new MetricContext(
              model.name(),
              kind,
              outcome(reference),
              model.windows().base().toString(),
              targets,
              baseline.measured(kind),
              OtherGrids.of(store, committed, baseline, kind, counted),
              reference.facts(),
              Map.of(),
              model.limits().maxSegments(),
              MonitorRun.storedMetrics(model),
              versions,
              whole,
              new Stamp(
                  baseline.binsId(),
                  baseline.baselineId(),
                  firstRun.runId(),
                  firstRun.attemptId(),
                  firstRun.startedAt()));
      return store
          .spark()
          .createDataFrame(SliceSeries.all(profiles, context), ResultTable.METRICS.schema());
    }

    private Optional<OutcomeContext> outcome(PublishedReference reference) {
      if (kind != Part.Kind.OUTCOMES) {
        return Optional.empty();
      }
      LabelDelays delays = new LabelDelays(model, Instant.EPOCH, reference.delays());
      Map<Target, LateLabels> late = new HashMap<>();
      asked.forEach((target, at) -> late.put(target, delays.asOf(at).of(target.window())));
      return Optional.of(OutcomeContext.of(model, late));
    }

    /** Known when the rows are. */
    int cut() {
      return (int) whole.values().stream().filter(of -> of.columns() < 2).count();
    }
  }
}
