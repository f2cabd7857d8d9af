package io.leeway.cli.bench;

import io.leeway.domain.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** One run of the scan's benchmark: what was measured, as lines for people and as JSON. */
public final class ScanBenchRun {
  /** Parts that take minutes. */
  private static final Set<String> BUILTIN = Set.of("builtin", "finest");

  private static final String HEAP = "heap";

  private final Map<String, Measured> times = new LinkedHashMap<>();
  private final Map<String, Long> liveHeap = new LinkedHashMap<>();

  private ScanBenchRun() {}

  /**
   * Measures.
   *
   * @param data folder of the tables, made where they are missing
   * @param columns numeric columns beside score and categories
   * @param windows windows into which the rows fall
   * @param only names of the parts to be run
   * @param progress takes what is being done
   */
  public static ScanBenchRun of(
      Path data,
      long rows,
      int columns,
      int windows,
      int runs,
      int builtinRuns,
      List<String> only,
      Consumer<String> progress) {
    SparkSession spark = session();
    try {
      progress.accept("Table of " + rows + " rows and " + columns + " numbers in " + data);
      BenchTable table = BenchTable.of(spark, data, rows, columns);
      progress.accept("Learning the grids from a tenth of it");
      ScanBench bench = ScanBench.of(table, windows);
      ScanBenchRun run = new ScanBenchRun();
      run.time(bench.parts(), runs, builtinRuns, only, progress);
      if (only.contains(HEAP)) {
        run.weigh("4 slices", () -> bench.scan(ScanBench.fourSlices(), windows), progress);
        run.weigh("15 slices", () -> bench.scan(ScanBench.fifteenSlices(), windows), progress);
      }
      return run;
    } finally {
      spark.stop();
    }
  }

  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[*]")
        .appName("leeway-bench")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .config("spark.databricks.delta.snapshotPartitions", "2")
        .getOrCreate();
  }

  private void time(
      Map<String, Supplier<String>> parts,
      int runs,
      int builtinRuns,
      List<String> only,
      Consumer<String> progress) {
    List<String> names = new ArrayList<>(only);
    names.remove(HEAP);
    names.removeAll(parts.keySet());
    if (!names.isEmpty()) {
      throw new UserException(
          "There are no parts " + names + "; there are " + parts.keySet() + " and heap.");
    }
    Map<String, List<Measured.Run>> measured = new LinkedHashMap<>();
    Map<String, String> notes = new LinkedHashMap<>();
    for (int round = 0; round <= runs; round++) {
      for (Map.Entry<String, Supplier<String>> part : parts.entrySet()) {
        boolean wanted =
            only.contains(part.getKey())
                && (!BUILTIN.contains(part.getKey()) || (round > 0 && round <= builtinRuns));
        if (wanted) {
          Measured.Run taken =
              Measured.Run.of(() -> notes.put(part.getKey(), part.getValue().get()));
          progress.accept(
              String.format(
                  Locale.ROOT,
                  "round %d  %-8s %7.2f s  %7.2f s of CPU",
                  round,
                  part.getKey(),
                  taken.seconds(),
                  taken.cpuSeconds()));
          if (round > 0) {
            measured.computeIfAbsent(part.getKey(), name -> new ArrayList<>()).add(taken);
          }
        }
      }
    }
    measured.forEach((name, taken) -> times.put(name, new Measured(name, taken, notes.get(name))));
  }

  private void weigh(String name, Supplier<String> scan, Consumer<String> progress) {
    long most =
        LiveHeap.most(
            () -> {
              String unused = scan.get();
            });
    progress.accept("live heap, " + name + ": " + most / 1_000_000 + " MB");
    liveHeap.put(name, most);
  }

  /** Medians, ratios and bytes, line by line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    times.values().forEach(measured -> lines.add(measured.toString()));
    ratios()
        .forEach(
            (name, ratio) -> lines.add(String.format(Locale.ROOT, "%-34s %8.2f", name, ratio)));
    liveHeap.forEach(
        (name, bytes) ->
            lines.add(
                String.format(Locale.ROOT, "%-34s %8.1f MB", "live heap, " + name, bytes / 1e6)));
    return Collections.unmodifiableList(lines);
  }

  private Map<String, Double> ratios() {
    Map<String, Double> ratios = new LinkedHashMap<>();
    ratio(ratios, "scan", "noop");
    ratio(ratios, "joint", "noop");
    ratio(ratios, "served", "served-noop");
    ratio(ratios, "builtin", "scan");
    ratio(ratios, "finest", "scan");
    ratio(ratios, "slices", "scan");
    return ratios;
  }

  private void ratio(Map<String, Double> ratios, String of, String to) {
    if (times.containsKey(of) && times.containsKey(to)) {
      Measured above = times.get(of);
      Measured below = times.get(to);
      ratios.put(of + " / " + to, above.medianSeconds() / below.medianSeconds());
      ratios.put(of + " / " + to + " by CPU", above.medianCpuSeconds() / below.medianCpuSeconds());
    }
  }

  /** The same as one JSON object. */
  public String json() {
    StringJoiner fields = new StringJoiner(", ", "{", "}");
    times.forEach(
        (name, measured) ->
            fields.add(
                String.format(Locale.ROOT, "\"%s_s\": %.3f", name, measured.medianSeconds())));
    ratios()
        .forEach(
            (name, ratio) -> fields.add(String.format(Locale.ROOT, "\"%s\": %.3f", name, ratio)));
    liveHeap.forEach((name, bytes) -> fields.add("\"live heap, " + name + "\": " + bytes));
    return fields.toString();
  }
}
