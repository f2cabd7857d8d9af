package io.leeway.cli.conformance;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.Period;
import io.leeway.domain.Window;
import io.leeway.monitor.BaselineJob;
import io.leeway.monitor.Monitor;
import io.leeway.monitor.MonitorRequest;
import io.leeway.monitor.Progress;
import io.leeway.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a folder through the real jobs: its predictions become a Delta table, its schema a
 * configuration, the baseline and the monitor run as they always do, and what they published is
 * held against what the folder expects.
 */
final class Conformance {
  private static final List<String> LATER_FILES =
      List.of("expected_asof.csv.gz", "expected_challenger.csv.gz");

  private final SparkSession spark;
  private final Path work;
  private final Progress progress;

  /**
   * A runner.
   *
   * @param work folder of the tables that are made on the way
   */
  Conformance(SparkSession spark, Path work, Progress progress) {
    this.spark = spark;
    this.work = work;
    this.progress = progress;
  }

  /**
   * Runs the folder and writes the published values.
   *
   * @param base length of the base windows; without it, the longest from a day down that fits
   * @throws io.leeway.domain.LeewayException worded for people
   */
  ConformanceReport run(Path folder, Optional<Period> base, Optional<Path> out) {
    FolderSchema schema = FolderSchema.read(folder);
    Optional<Map<ValueKey, OptionalDouble>> expected = ExpectedValues.read(folder);
    WindowPlan plan = WindowPlan.of(schema.windows(), base);
    progress.say("Loading " + folder.resolve(PredictionTable.FILE) + ".");
    PredictionTable table =
        PredictionTable.load(spark, folder, schema, work.resolve("predictions"));

    Store store = monitored(schema, table, plan, "store");
    Map<ValueKey, PublishedValue> published = PublishedValues.read(store, schema, table, plan);
    out.ifPresent(
        file ->
            ValuesFile.write(
                file, schema.dataset(), expected.map(Map::keySet).orElse(Set.of()), published));

    Optional<Agreement> agreement =
        expected.map(values -> Agreement.of(values, published, new FileMetrics(schema)));
    List<ValueKey> order =
        agreement
            .map(Agreement::compared)
            .orElseGet(() -> List.copyOf(new TreeSet<>(published.keySet())));
    return new ConformanceReport(
        headline(schema, table, plan),
        agreement,
        ExactnessCheck.of(published, schema, table.distinct()),
        inSingleWindows(schema, table, plan, order, published),
        KsBounds.large(published, store, schema, table),
        notYetComputed(folder));
  }

  /** The store that the jobs have filled. */
  private Store monitored(
      FolderSchema schema, PredictionTable table, WindowPlan plan, String storeName) {
    LeewayConfig config = ModelText.config(schema, table, plan, work.resolve(storeName));
    ModelConfig model = config.model(schema.dataset());
    Store store = Store.open(spark, config.store());
    new BaselineJob(store, progress).run(model, false);
    new Monitor(store, progress).run(model, everything(schema));
    return store;
  }

  /** Whatever is due by the end of the last window, be that in the future. */
  private static MonitorRequest everything(FolderSchema schema) {
    Instant now = Instant.now();
    return MonitorRequest.due(now.isAfter(schema.lastEnd()) ? now : schema.lastEnd());
  }

  private SingleWindowCheck inSingleWindows(
      FolderSchema schema,
      PredictionTable table,
      WindowPlan plan,
      List<ValueKey> order,
      Map<ValueKey, PublishedValue> published) {
    Map<ValueKey, PublishedValue> single = new HashMap<>();
    Set<Window> windows = new HashSet<>();
    for (Period period : plan.periods()) {
      Optional<WindowPlan> singlePlan = plan.inSingleBaseWindows(period);
      if (singlePlan.isPresent()) {
        progress.say("Once more, with single base windows of " + period + ".");
        Store store = monitored(schema, table, singlePlan.get(), "store-" + single.size());
        single.putAll(PublishedValues.read(store, schema, table, singlePlan.get()));
        windows.addAll(singlePlan.get().granularity().keySet());
        windows.add(schema.reference());
      }
    }
    return SingleWindowCheck.of(order, published, single, windows);
  }

  private static String headline(FolderSchema schema, PredictionTable table, WindowPlan plan) {
    return String.format(
        Locale.ROOT,
        "%s: %d predictions, %d windows of %s, added up from base windows of %s.",
        schema.dataset(),
        table.rows(),
        schema.windows().size(),
        plan.periods(),
        plan.base());
  }

  private static List<String> notYetComputed(Path folder) {
    List<String> files = new ArrayList<>();
    for (String file : LATER_FILES) {
      ExpectedValues.rows(folder.resolve(file))
          .ifPresent(rows -> files.add(file + ": " + rows + " values"));
    }
    return files;
  }
}
