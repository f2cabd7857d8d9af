package io.leeway.cli.conformance;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.Period;
import io.leeway.domain.Window;
import io.leeway.monitor.Monitor;
import io.leeway.monitor.MonitorRequest;
import io.leeway.monitor.Progress;
import io.leeway.policy.IncidentDesk;
import io.leeway.policy.JudgeJob;
import io.leeway.policy.incident.Incident;
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
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a folder through the real jobs: its predictions and labels become Delta tables, its schema a
 * configuration, the baseline and the monitor run as they always do, and what they published is
 * held against what the folder expects.
 */
final class Conformance {
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
   * @param outputs which values to write where; the others are computed if expected ones lie beside
   *     the data
   * @throws io.leeway.domain.LeewayException worded for people
   */
  ConformanceReport run(Path folder, Optional<Period> base, Map<ValuesFormat, Path> outputs) {
    FolderSchema schema = FolderSchema.read(folder);
    Map<ValuesFormat, Map<ValueKey, OptionalDouble>> expected = new HashMap<>();
    for (ValuesFormat format : ValuesFormat.values()) {
      ExpectedValues.read(folder, format).ifPresent(values -> expected.put(format, values));
    }
    WindowPlan plan = WindowPlan.of(schema.windows(), base);
    progress.say("Loading " + folder.resolve(PredictionTable.FILE) + ".");
    LabelTable labels = LabelTable.load(spark, folder, schema, work.resolve("labels"));
    PredictionTable table =
        PredictionTable.load(
            spark, folder, schema, labels, Optional.empty(), work.resolve("predictions"));
    ModelText model = new ModelText(schema, table, table, labels, plan);

    Store store = monitored(model, "store", Optional.empty());
    List<Incident> raised = raised(store, model);
    List<FileResult> files = new ArrayList<>();
    FileResult main =
        held(
            model,
            ValuesFormat.EXPECTED,
            PublishedValues.read(store, model, ValuesFormat.EXPECTED, Optional.empty()),
            expected,
            outputs);
    files.add(main);
    if (isAskedFor(ValuesFormat.AS_OF, expected, outputs)) {
      files.add(asOf(model, expected, outputs));
    }
    if (isAskedFor(ValuesFormat.CHALLENGER, expected, outputs)) {
      files.add(challenger(folder, model, expected, outputs));
    }
    return new ConformanceReport(
        headline(model),
        files,
        inSingleWindows(model, main),
        raised,
        KsBounds.large(main.published(), store, schema, table, labels));
  }

  private static boolean isAskedFor(
      ValuesFormat format,
      Map<ValuesFormat, Map<ValueKey, OptionalDouble>> expected,
      Map<ValuesFormat, Path> outputs) {
    return expected.containsKey(format) || outputs.containsKey(format);
  }

  private static FileResult held(
      ModelText model,
      ValuesFormat format,
      Map<ValueKey, PublishedValue> published,
      Map<ValuesFormat, Map<ValueKey, OptionalDouble>> expected,
      Map<ValuesFormat, Path> outputs) {
    FileResult result =
        FileResult.of(
            new FileMetrics(model.schema(), format),
            model.schema(),
            model.predictions(),
            published,
            Optional.ofNullable(expected.get(format)));
    Optional.ofNullable(outputs.get(format))
        .ifPresent(file -> ValuesFile.write(file, model.schema().dataset(), result));
    return result;
  }

  /** Each time has a store of its own, as if it were then. */
  private FileResult asOf(
      ModelText model,
      Map<ValuesFormat, Map<ValueKey, OptionalDouble>> expected,
      Map<ValuesFormat, Path> outputs) {
    FolderSchema.AsOf asked = model.schema().asOf();
    ModelText performance =
        undivided(model.withSchema(model.schema().performanceOnly(asked.segmentColumns())));
    Map<ValueKey, PublishedValue> published = new HashMap<>();
    for (int i = 0; i < asked.times().size(); i++) {
      Optional<Instant> time = Optional.of(asked.times().get(i));
      progress.say("Once more, as of " + time.get() + ".");
      Store store = monitored(performance, "store-as-of-" + i, time);
      published.putAll(PublishedValues.read(store, performance, ValuesFormat.AS_OF, time));
    }
    return held(performance, ValuesFormat.AS_OF, published, expected, outputs);
  }

  /**
   * The same without anything added up, where the windows are of one length and can be scanned as
   * they are: that adding up changes nothing is shown elsewhere.
   */
  private static ModelText undivided(ModelText model) {
    return model.plan().periods().size() == 1
        ? model
            .plan()
            .inSingleBaseWindows(model.plan().periods().iterator().next())
            .map(model::withPlan)
            .orElse(model)
        : model;
  }

  /** What it answered, against the reference of the model that it challenges. */
  private FileResult challenger(
      Path folder,
      ModelText model,
      Map<ValuesFormat, Map<ValueKey, OptionalDouble>> expected,
      Map<ValuesFormat, Path> outputs) {
    FolderSchema schema = model.schema();
    FolderSchema performance = schema.performanceOnly(schema.segmentColumns());
    if (schema.challengerFile().isEmpty()) {
      ModelText none = model.withSchema(performance);
      return held(none, ValuesFormat.CHALLENGER, Map.of(), expected, outputs);
    }
    Path file = folder.resolve(schema.challengerFile().get());
    progress.say("Once more, with the answers of " + file + ".");
    PredictionTable answered =
        PredictionTable.load(
            spark,
            folder,
            schema,
            model.labels(),
            Optional.of(ChallengerAnswers.read(file)),
            work.resolve("challenger"));
    ModelText other =
        undivided(
            new ModelText(performance, answered, model.reference(), model.labels(), model.plan()));
    Store store = monitored(other, "store-challenger", Optional.empty());
    return held(
        other,
        ValuesFormat.CHALLENGER,
        PublishedValues.read(store, other, ValuesFormat.CHALLENGER, Optional.empty()),
        expected,
        outputs);
  }

  /**
   * The store that the jobs have filled.
   *
   * @param asOf predictions and labels of later times do not count
   */
  private Store monitored(ModelText model, String storeName, Optional<Instant> asOf) {
    LeewayConfig config = model.config(work.resolve(storeName));
    ModelConfig configured = config.model(model.schema().dataset());
    Store store = Store.open(spark, config.store());
    new Monitor(store, progress).run(configured, everything(model.schema(), asOf));
    return store;
  }

  /** What the default rules raise of it. */
  private List<Incident> raised(Store store, ModelText model) {
    LeewayConfig config = model.config(work.resolve("store"));
    ModelConfig configured = config.model(model.schema().dataset());
    new JudgeJob(store, progress).run(configured, model.schema().lastEnd());
    return new IncidentDesk(store).incidents(configured.name());
  }

  /** Whatever is due by the end of the last window, be that in the future. */
  private static MonitorRequest everything(FolderSchema schema, Optional<Instant> asOf) {
    Instant now = Instant.now();
    return new MonitorRequest(
        Optional.empty(),
        Optional.empty(),
        asOf,
        OptionalLong.empty(),
        false,
        false,
        now.isAfter(schema.lastEnd()) ? now : schema.lastEnd());
  }

  /** The values in the file's order, or else in their own, computed without adding up. */
  private SingleWindowCheck inSingleWindows(ModelText model, FileResult added) {
    List<ValueKey> order =
        added
            .agreement()
            .map(Agreement::compared)
            .orElseGet(() -> List.copyOf(new TreeSet<>(added.published().keySet())));
    Map<ValueKey, PublishedValue> single = new HashMap<>();
    Set<Window> windows = new HashSet<>();
    for (Period period : model.plan().periods()) {
      Optional<WindowPlan> plan = model.plan().inSingleBaseWindows(period);
      if (plan.isPresent()) {
        progress.say("Once more, with single base windows of " + period + ".");
        ModelText ofPeriod = model.withPlan(plan.get());
        Store store = monitored(ofPeriod, "store-" + single.size(), Optional.empty());
        single.putAll(
            PublishedValues.read(store, ofPeriod, ValuesFormat.EXPECTED, Optional.empty()));
        windows.addAll(plan.get().granularity().keySet());
        windows.add(model.schema().reference());
      }
    }
    return SingleWindowCheck.of(order, added.published(), single, windows);
  }

  private static String headline(ModelText model) {
    return String.format(
        Locale.ROOT,
        "%s: %d predictions, %d windows of %s, added up from base windows of %s.",
        model.schema().dataset(),
        model.predictions().rows(),
        model.schema().windows().size(),
        model.plan().periods(),
        model.plan().base());
  }
}
