package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Part;
import io.leeway.domain.Period;
import io.leeway.domain.PublishedPart;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.monitor.Baseline.ChosenColumn;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ProfileScan;
import io.leeway.scan.ScanSpec;
import io.leeway.store.CommittedRun;
import io.leeway.store.ProfileReader;
import io.leeway.store.ProfileReader.Found;
import io.leeway.store.ProfileRows;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.store.Stamp;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Freezes a model's grid and profiles its reference. A grid that is in force already, be it of
 * another configuration, is refined, so that what was counted on it stays comparable.
 */
public final class BaselineJob {
  static final String COMMAND = "baseline";

  private static final int WINDOWS_FOR_SPREAD = 8;
  private static final int DAYS_FOR_SPREAD = 14;

  private final Store store;
  private final Progress progress;

  public BaselineJob(Store store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /**
   * Makes the baseline of a model's configuration, unless the same one is there already.
   *
   * @param force whether to make it again
   * @throws io.leeway.domain.LeewayException worded for people
   */
  public ModelReport run(ModelConfig model, boolean force) {
    return run(model, force, Optional.empty());
  }

  /**
   * The same, with the labels that were known at a time.
   *
   * @param labelsUntil predictions and labels of later times do not count as outcomes
   */
  ModelReport run(ModelConfig model, boolean force, Optional<Instant> labelsUntil) {
    List<CommittedRun> committed = new RunLedger(store).committed(model.name());
    Optional<CommittedRun> made = latest(committed, model);
    if (made.isPresent() && !force) {
      return report(
          model,
          ModelReport.Result.ALREADY_DONE,
          made.get().run().runId(),
          List.of(),
          0,
          List.of());
    }
    return make(model, committed, force, labelsUntil);
  }

  /** The newest baseline of a configuration. */
  static Optional<CommittedRun> latest(List<CommittedRun> committed, ModelConfig model) {
    return committed.stream()
        .filter(run -> run.run().command().equals(COMMAND))
        .filter(run -> run.run().configHash().equals(model.measureHash()))
        .reduce((earlier, later) -> later);
  }

  /** The newest baseline of a model with a certain grid, whatever its configuration. */
  static Optional<CommittedRun> withBins(List<CommittedRun> committed, String binsId) {
    return committed.stream()
        .filter(run -> run.run().command().equals(COMMAND))
        .filter(run -> binsId.equals(run.run().binsId()))
        .reduce((earlier, later) -> later);
  }

  /** The newest baseline of a model, whatever its configuration: its grid is the one in force. */
  private Optional<Baseline> inForce(List<CommittedRun> committed) {
    return committed.stream()
        .filter(run -> run.run().command().equals(COMMAND))
        .reduce((earlier, later) -> later)
        .map(run -> load(store, run));
  }

  /** Reads a committed baseline back. */
  static Baseline load(Store store, CommittedRun run) {
    return BaselineRows.read(
        store.few(ResultTable.BASELINES, run.run().model()).stream()
            .filter(row -> row.getAs("attempt_id").equals(run.run().attemptId()))
            .toList());
  }

  private ModelReport make(
      ModelConfig model,
      List<CommittedRun> committed,
      boolean force,
      Optional<Instant> labelsUntil) {
    ReferenceRows reference = ReferenceRows.open(store.spark(), model);
    Attempt attempt =
        new Attempt(
            store,
            model,
            COMMAND,
            InputSide.of(reference.source()),
            committed,
            labelsUntil.stream().toList(),
            force);
    progress.say(
        "Model "
            + model.name()
            + ": learning bins and dictionaries from the reference "
            + reference.window()
            + ".");
    Optional<Baseline> inForce = inForce(committed);
    List<ChosenColumn> columns = new ArrayList<>(ColumnChoice.learn(model, reference, inForce));
    Optional<LabelledRows> labels =
        model
            .labels()
            .map(of -> LabelSource.open(store.spark(), model, labelsUntil))
            .map(
                source ->
                    new LabelledRows(model, source, LabelledRows.features(columns), Instant.now()));
    Optional<Dataset<Row>> labelled =
        labels.map(rows -> rows.of(reference.rows(), List.of(reference.window())));
    labelled.ifPresent(
        rows -> columns.addAll(ColumnChoice.learnOutcomes(model, rows, columns, inForce)));
    String binsId = Baseline.binsId(columns);
    String baselineId = attempt.runId();
    Baseline baseline =
        new Baseline(
            binsId, baselineId, attempt.attemptId(), columns, reference.window(), Set.of());
    Stamp stamp = attempt.stamp(binsId, baselineId);
    progress.say(
        "Model "
            + model.name()
            + ": profiling "
            + reference.windows().size()
            + " reference windows.");
    List<MonitoredColumn> present =
        new ArrayList<>(reference.present(baseline.monitored(Part.Kind.INPUTS)));
    appendProfiles(
        model,
        reference,
        reference.rows(),
        Specs.scan(model, present, reference.windows(), Set.of()),
        stamp);
    if (labelled.isPresent()) {
      List<MonitoredColumn> outcomes = baseline.monitored(Part.Kind.OUTCOMES);
      appendProfiles(
          model,
          reference,
          labelled.get(),
          labels.get().spec(outcomes, reference.windows(), Set.of()),
          stamp);
      present.addAll(outcomes);
    }
    List<Found> wholes = appendSums(model, baseline, present, stamp);
    Set<Segment> admitted = admitted(wholes);
    long rows =
        wholes.stream().filter(BaselineJob::isOverall).mapToLong(f -> f.profile().rows).sum();
    if (rows == 0) {
      throw ReferenceRows.empty(model, reference.source().address());
    }
    appendBaseline(model, reference, baseline.withAdmitted(admitted), rows, stamp);
    Attempt.Ended ended =
        attempt.commit(
            binsId,
            baselineId,
            parts(model, wholes, baseline, reference.source().version()),
            false,
            new RunSummary(
                    reference.windows().size(),
                    rows,
                    Optional.empty(),
                    Optional.empty(),
                    labelsUntil)
                .json());
    return report(
        model,
        ended.won() ? ModelReport.Result.DONE : ModelReport.Result.ALREADY_DONE,
        attempt.runId(),
        reference.windows(),
        rows,
        Stream.concat(ColumnChoice.notes(columns).stream(), ended.notes().stream()).toList());
  }

  private void appendProfiles(
      ModelConfig model, ReferenceRows reference, Dataset<Row> rows, ScanSpec spec, Stamp stamp) {
    ProfileScan scan = ProfileScan.of(rows, spec);
    store.append(
        ResultTable.PROFILES,
        ProfileFrames.of(
            store.spark(),
            scan.profiles(),
            model.name(),
            ProfileRows.REFERENCE,
            model.windows().base().toString(),
            reference.windows(),
            MetricContext.StampValues.of(stamp)));
  }

  /**
   * Appends the sums over the whole reference and its metrics; gives back the first column's sums.
   */
  private List<Found> appendSums(
      ModelConfig model, Baseline baseline, List<MonitoredColumn> columns, Stamp stamp) {
    Period base = model.windows().base();
    boolean daily = base.equals(new Period(1, Period.Unit.DAY));
    ReferenceSeries series =
        new ReferenceSeries(
            model.name(),
            columns,
            baseline.reference(),
            daily ? DAYS_FOR_SPREAD : WINDOWS_FOR_SPREAD,
            model.limits().designEffect(),
            model.labels().map(of -> OutcomeContext.of(model, Map.of())),
            MonitorRun.storedMetrics(model),
            MetricContext.StampValues.of(stamp));
    Dataset<Row> windows = attemptRows(model, stamp, base.toString());
    int most = model.limits().maxSegments();
    store.append(
        ResultTable.PROFILES,
        store
            .spark()
            .createDataFrame(
                ProfileFrames.bySlice(
                    windows, ReferenceFold.before((slice, column) -> series.sums(), columns, most)),
                ResultTable.PROFILES.schema()));
    store.append(
        ResultTable.METRICS,
        store
            .spark()
            .createDataFrame(
                ProfileFrames.bySlice(
                    windows,
                    ReferenceFold.before((slice, column) -> series.metrics(slice), columns, most)),
                ResultTable.METRICS.schema()));
    String first = columns.get(0).name();
    return new ProfileReader()
        .readAll(
            attemptRows(model, stamp, Subject.REFERENCE)
                .where(functions.col("column_name").equalTo(first)));
  }

  private Dataset<Row> attemptRows(ModelConfig model, Stamp stamp, String granularity) {
    return store
        .read(ResultTable.PROFILES)
        .where(functions.col("model").equalTo(model.name()))
        .where(functions.col("attempt_id").equalTo(stamp.attemptId()))
        .where(functions.col("granularity").equalTo(granularity));
  }

  private void appendBaseline(
      ModelConfig model, ReferenceRows reference, Baseline baseline, long rows, Stamp stamp) {
    BaselineRows.Origin origin =
        new BaselineRows.Origin(
            model.name(),
            rows,
            reference.source().id(),
            reference.source().version(),
            model.windows().zone().getId(),
            model.windows().base().toString());
    store.append(
        ResultTable.BASELINES,
        store
            .spark()
            .createDataFrame(
                BaselineRows.rows(baseline, origin, stamp), ResultTable.BASELINES.schema()));
  }

  private static boolean isOverall(Found found) {
    return found.subject().segment().slice().isOverall();
  }

  private static Set<Segment> admitted(List<Found> wholes) {
    Set<Segment> admitted = new HashSet<>();
    for (Found found : wholes) {
      Segment segment = found.subject().segment();
      if (!segment.slice().isOverall()) {
        admitted.add(segment);
      }
    }
    return admitted;
  }

  private static List<PublishedPart> parts(
      ModelConfig model, List<Found> wholes, Baseline baseline, long sourceVersion) {
    List<Part.Kind> kinds =
        model.labels().isPresent()
            ? List.of(Part.Kind.INPUTS, Part.Kind.OUTCOMES)
            : List.of(Part.Kind.INPUTS);
    return wholes.stream()
        .filter(BaselineJob::isOverall)
        .flatMap(found -> kinds.stream().map(kind -> part(found, kind, baseline, sourceVersion)))
        .toList();
  }

  private static PublishedPart part(
      Found found, Part.Kind kind, Baseline baseline, long sourceVersion) {
    return new PublishedPart(
        new Part(found.subject().modelVersion(), Subject.REFERENCE, baseline.reference(), kind),
        sourceVersion,
        null,
        found.profile().rows,
        null);
  }

  private static ModelReport report(
      ModelConfig model,
      ModelReport.Result result,
      String runId,
      List<io.leeway.domain.Window> windows,
      long rows,
      List<String> notes) {
    return new ModelReport(
        model.name(), COMMAND, result, Optional.of(runId), windows, List.of(), rows, notes);
  }
}
