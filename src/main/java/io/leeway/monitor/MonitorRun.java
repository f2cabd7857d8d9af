package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Part;
import io.leeway.domain.PublishedPart;
import io.leeway.domain.Window;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ProfileScan;
import io.leeway.scan.SegmentProfile;
import io.leeway.store.CommittedRun;
import io.leeway.store.PublishedParts;
import io.leeway.store.RemovedSlices;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.store.Stamp;
import io.leeway.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The doing of one planned run: scan, append profiles, compute and append metrics, name the parts.
 */
final class MonitorRun {
  private final Store store;
  private final ModelConfig model;
  private final Baseline baseline;
  private final PublishedReference reference;
  private final ScannedSide side;
  private final List<CommittedRun> committed;
  private final PublishedParts published;
  private final WindowPlan plan;
  private final Stamp stamp;
  private final String baseGranularity;
  private final ScanTally tally;

  /** Of due windows and of those that targets need. */
  private final WindowRows rows = new WindowRows();

  private RemovedSlices removed = RemovedSlices.NONE;

  /** Due windows that have no row any more, and of which what was published stays. */
  private final Set<Window> kept = new TreeSet<>();

  /**
   * @param reference the run that made {@code baseline}
   * @param committed the model's runs that were committed when this one was planned
   */
  MonitorRun(
      Store store,
      ModelConfig model,
      CommittedRun reference,
      Baseline baseline,
      ScannedSide side,
      List<CommittedRun> committed,
      WindowPlan plan,
      Stamp stamp) {
    this.store = store;
    this.model = model;
    this.baseline = baseline;
    this.reference = new PublishedReference(store, model, reference, baseline);
    this.side = side;
    this.committed = committed;
    this.published = PublishedParts.of(committed).only(side.part());
    this.plan = plan;
    this.stamp = stamp;
    this.baseGranularity = model.windows().base().toString();
    this.tally = new ScanTally(plan.due(), monitored().get(0).name());
  }

  private List<MonitoredColumn> monitored() {
    return baseline.monitored(side.part());
  }

  /** Scans the due windows and appends their profiles. */
  void scan() {
    ProfileScan scan =
        ProfileScan.of(
            side.rows(plan.due()), side.spec(monitored(), plan.due(), baseline.admitted()));
    ScanTally told = tally;
    store.spark().sparkContext().register(told, "what the scan saw");
    JavaRDD<SegmentProfile> profiles =
        scan.profiles()
            .map(
                profile -> {
                  told.add(profile);
                  return profile;
                });
    store.append(
        ResultTable.PROFILES,
        ProfileFrames.of(
            store.spark(),
            profiles,
            model.name(),
            side.part().text(),
            baseGranularity,
            plan.due(),
            MetricContext.StampValues.of(stamp)));
    countRows();
  }

  private void countRows() {
    tally.rows().forEach((of, there) -> rows.put(plan.due().get(of.window()), of.version(), there));
    if (model.limits().keepSourceDeletes()) {
      keepEmptied();
    }
    for (PublishedParts.Winner winner : neededWinners()) {
      PublishedPart part = winner.part();
      if (part.rows() > 0) {
        rows.put(
            part.part().window(),
            part.part().modelVersion(),
            new RowSum(part.rows(), part.fingerprint()));
      }
    }
  }

  /** Whoever asks for a window wants to know what is there now; all else leaves an erased one. */
  private void keepEmptied() {
    for (PublishedParts.Winner winner : published.winners()) {
      Part part = winner.part().part();
      Reason reason = plan.reasons().get(part.window());
      if (part.granularity().equals(baseGranularity)
          && reason != null
          && reason != Reason.ASKED
          && winner.part().rows() > 0
          && rows.versionsWithin(part.window()).isEmpty()) {
        kept.add(part.window());
      }
    }
  }

  /** Due windows that have lost all of their rows, and whose numbers stay; known after the scan. */
  Set<Window> kept() {
    return Set.copyOf(kept);
  }

  private List<Target> targets() {
    return plan.targets().stream()
        .filter(
            target ->
                !target.granularity().equals(baseGranularity) || !kept.contains(target.window()))
        .toList();
  }

  private List<Window> scanned() {
    return plan.due().stream().filter(window -> !kept.contains(window)).toList();
  }

  /** The profiles that this attempt has appended. */
  private Dataset<Row> mine() {
    return store
        .read(ResultTable.PROFILES)
        .where(functions.col("model").equalTo(model.name()))
        .where(functions.col("attempt_id").equalTo(stamp.attemptId()));
  }

  private List<PublishedParts.Winner> neededWinners() {
    Set<Window> needed = new TreeSet<>(plan.needed());
    needed.addAll(kept);
    return published.winners().stream()
        .filter(winner -> winner.part().part().granularity().equals(baseGranularity))
        .filter(winner -> needed.contains(winner.part().part().window()))
        .toList();
  }

  /** Computes the metrics of every target window and appends them. */
  void measure() {
    List<Target> targets = targets();
    if (targets.isEmpty()) {
      return;
    }
    Dataset<Row> profiles = mine().unionByName(reference.sums());
    List<PublishedParts.Winner> needed = neededWinners();
    if (!needed.isEmpty()) {
      profiles = profiles.unionByName(store.read(ResultTable.PROFILES, needed));
      // After the profiles are pinned: what is gone from them was announced before it went.
      removed = new RunLedger(store).removed(model.name());
    }
    Map<Target, List<String>> versions = new HashMap<>();
    targets.forEach(
        target -> versions.put(target, versionsIn(target.granularity(), target.window())));
    MetricContext context =
        new MetricContext(
            model.name(),
            side.part(),
            side.outcome(targets),
            baseGranularity,
            targets,
            baseline.measured(side.part()),
            OtherGrids.of(store, committed, baseline, side.part(), needed),
            reference.facts(),
            tally.folded(),
            model.limits().maxSegments(),
            storedMetrics(model),
            versions,
            WholeSlices.of(plan.targets(), plan.needed(), removed),
            stamp);
    JavaRDD<Row> metrics = SliceSeries.all(profiles, context);
    Dataset<Row> ofSource =
        store.spark().createDataFrame(sourceQuality(versions), ResultTable.METRICS.schema());
    // The few rows of the source go along with the others and make no file of their own.
    store.append(
        ResultTable.METRICS,
        store
            .spark()
            .createDataFrame(metrics, ResultTable.METRICS.schema())
            .unionByName(ofSource)
            .coalesce(metrics.getNumPartitions()));
  }

  private List<Row> sourceQuality(Map<Target, List<String>> versions) {
    NavigableMap<Window, List<String>> ofBase = new TreeMap<>();
    versions.forEach(
        (target, of) -> {
          if (target.granularity().equals(baseGranularity)) {
            ofBase.put(target.window(), of);
          }
        });
    return side.ofSource(ofBase, stamp);
  }

  /** In plain words, what was left out since what it is made of is no longer kept. */
  List<String> notes() {
    int cut = WholeSlices.of(plan.targets(), plan.needed(), removed).size();
    return cut == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "%,d of the windows are made of or compared with others whose profiles of slices 'leeway maintain' has removed; of those slices nothing is told there, or no comparison.",
                cut));
  }

  /** Metrics that the configuration names, which are written where they otherwise would not be. */
  static Set<String> storedMetrics(ModelConfig model) {
    Set<String> stored = new TreeSet<>(model.limits().storeMetrics());
    model.policy().forEach(rule -> stored.add(rule.metric()));
    return stored;
  }

  /**
   * Versions with rows in a window, and those that show there from an earlier run, so that this run
   * replaces what they said though they have no rows now. Where there are none, the reference's
   * last, so that somebody says so.
   */
  private List<String> versionsIn(String granularity, Window window) {
    NavigableSet<String> versions = rows.versionsWithin(window);
    for (PublishedParts.Winner winner : published.winners()) {
      Part part = winner.part().part();
      if (part.granularity().equals(granularity) && part.window().equals(window)) {
        versions.add(WindowRows.named(part.modelVersion()));
      }
    }
    if (versions.isEmpty()) {
      reference.versions().stream().max(String::compareTo).ifPresent(versions::add);
    }
    return versions.stream().map(version -> version.isEmpty() ? null : version).toList();
  }

  /** What this run publishes: every due window and every target, version by version. */
  List<PublishedPart> parts() {
    List<PublishedPart> parts = new ArrayList<>();
    scanned().forEach(window -> addParts(parts, baseGranularity, window));
    for (Target target : targets()) {
      if (!target.granularity().equals(baseGranularity)) {
        addParts(parts, target.granularity(), target.window());
      }
    }
    return parts;
  }

  private void addParts(List<PublishedPart> parts, String granularity, Window window) {
    for (String version : versionsIn(granularity, window)) {
      RowSum inWindow = rows.within(window, version);
      parts.add(
          new PublishedPart(
              new Part(version, granularity, window, side.part()),
              side.sources().predictionsVersion(),
              side.sources().labelsVersion(),
              inWindow.rows(),
              inWindow.fingerprint()));
    }
  }

  /** Rows of the source in the due windows. */
  long dueRows() {
    return rows.in(scanned());
  }
}
