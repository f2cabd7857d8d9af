package io.leeway.cli.bench;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.domain.Slice;
import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.Categories;
import io.leeway.profile.EdgeSearch;
import io.leeway.profile.IdGrid;
import io.leeway.profile.NumericGrid;
import io.leeway.profile.PackedProfile;
import io.leeway.scan.EdgeScan;
import io.leeway.scan.MonitoredColumn;
import io.leeway.scan.ProfileScan;
import io.leeway.scan.ScanSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * One table, scanned by different means: bare, by our scan with few and many slices, by Spark's
 * built-in quantiles. Each part is run several times, in turn with the others, after a first round
 * that counts for nothing.
 */
public final class ScanBench {
  private static final long STATE_MEMORY = 256L << 20;
  private static final int MAX_SEGMENTS = 1000;

  private final BenchTable data;
  private final int windows;
  private final List<MonitoredColumn> columns;
  private final List<MonitoredColumn> withJoint;
  private final List<MonitoredColumn> served;

  /** Size of what came out, by slices and number of columns; found out in the first round. */
  private final Map<List<Object>, String> weighed = new HashMap<>();

  private ScanBench(
      BenchTable data, int windows, List<MonitoredColumn> columns, List<MonitoredColumn> service) {
    this.data = data;
    this.windows = windows;
    this.columns = columns;
    List<MonitoredColumn> together = MonitoredColumn.together(columns);
    this.withJoint = Stream.concat(columns.stream(), together.stream()).toList();
    this.served = Stream.of(columns, service, together).flatMap(List::stream).toList();
  }

  /** Learns the grids from the first tenth of the table. */
  static ScanBench of(BenchTable data, int windows) {
    Dataset<Row> reference =
        data.table.where(
            functions.col("scored_at").lt(functions.lit(data.windows(10).get(0).end())));
    Map<String, EdgeSearch> searches = new LinkedHashMap<>();
    data.numberColumns().forEach(x -> searches.put(x, new EdgeSearch(ColumnKind.NUMERIC, 512)));
    searches.put("score", new EdgeSearch(ColumnKind.SCORE, 4096));
    EdgeSearch latency = new EdgeSearch(ColumnKind.OPERATIONAL, 512);
    EdgeSearch cost = new EdgeSearch(ColumnKind.OPERATIONAL, 512);
    List<EdgeScan.Learned> learned =
        new ArrayList<>(
            List.of(
                new EdgeScan.Learned("latency_ms", "latency_ms", latency),
                new EdgeScan.Learned("cost", "cost", cost)));
    searches.forEach((name, search) -> learned.add(new EdgeScan.Learned(name, name, search)));
    data.categoryColumns().forEach(c -> learned.add(new EdgeScan.Learned(c, c, null)));
    Map<String, CategoricalProfile> found = EdgeScan.learn(reference, learned, STATE_MEMORY);
    List<MonitoredColumn> columns = new ArrayList<>();
    searches.forEach(
        (name, search) -> columns.add(MonitoredColumn.numeric(name, name, search.grid())));
    for (String name : data.categoryColumns()) {
      List<String> values = List.copyOf(found.get(name).byName().keySet());
      columns.add(
          MonitoredColumn.categorical(name, name, new Categories(values, Categories.UNSEEN_LIMIT)));
    }
    return new ScanBench(data, windows, columns, service(latency.grid(), cost.grid()));
  }

  /** What the monitor counts of a service, as it does. */
  private static List<MonitoredColumn> service(NumericGrid latency, NumericGrid cost) {
    return List.of(
        new MonitoredColumn("latency", "latency_ms", latency, ColumnRole.LATENCY),
        new MonitoredColumn("cost", "cost", cost, ColumnRole.COST),
        new MonitoredColumn(
            "failed",
            "cast((status <> 'ok') AS string)",
            new Categories(List.of("false", "true"), Categories.UNSEEN_LIMIT),
            ColumnRole.FAILURE),
        new MonitoredColumn(
            "throughput",
            "floor(unix_seconds(scored_at) / 60)",
            NumericGrid.withoutReference(ColumnKind.NUMERIC, 45_000),
            ColumnRole.THROUGHPUT),
        new MonitoredColumn(
            "(ids)",
            "shiftrightunsigned(xxhash64(prediction_id), 11)",
            new IdGrid(4_096),
            ColumnRole.IDENTITY));
  }

  /** Overall, two columns and their cross: 16 cells. */
  static List<Slice> fourSlices() {
    return List.of(Slice.OVERALL, Slice.of("c0"), Slice.of("c1"), Slice.of("c0", "c1"));
  }

  /** All crosses of up to three of four columns: 800 cells. */
  static List<Slice> fifteenSlices() {
    List<Slice> slices = new ArrayList<>();
    for (int set = 0; set < 15; set++) {
      int members = set;
      slices.add(
          new Slice(
              IntStream.range(0, 4)
                  .filter(i -> (members >> i & 1) == 1)
                  .mapToObj(i -> "c" + i)
                  .toList()));
    }
    return slices;
  }

  /** The parts by name. */
  Map<String, Supplier<String>> parts() {
    Map<String, Supplier<String>> parts = new LinkedHashMap<>();
    parts.put("noop", () -> noop(data.model()));
    parts.put("scan", () -> scan(fourSlices(), windows));
    parts.put("joint", () -> scan(fourSlices(), windows, withJoint));
    parts.put("served-noop", () -> noop(data.table));
    parts.put("served", () -> scan(fourSlices(), windows, served));
    parts.put("slices", () -> scan(fifteenSlices(), windows));
    parts.put("builtin", () -> builtin("CUBE (c0, c1)"));
    parts.put("finest", () -> builtin("c0, c1"));
    return parts;
  }

  /** Reads all columns that the scan reads, and does nothing with them. */
  private String noop(Dataset<Row> table) {
    table.write().format("noop").mode("overwrite").save();
    return data.rows + " rows";
  }

  /**
   * To finished profiles, which are counted and dropped where they are made; weighed the first
   * time.
   */
  String scan(List<Slice> slices, int windowCount) {
    return scan(slices, windowCount, columns);
  }

  private String scan(List<Slice> slices, int windowCount, List<MonitoredColumn> scanned) {
    Map<String, String> sliceColumns =
        slices.stream()
            .flatMap(slice -> slice.columns().stream())
            .distinct()
            .collect(Collectors.toMap(c -> c, c -> c));
    ScanSpec spec =
        new ScanSpec(
            "scored_at",
            Optional.of("version"),
            Optional.of("decision"),
            "decline",
            slices,
            sliceColumns,
            scanned,
            data.windows(windowCount),
            Set.of(),
            MAX_SEGMENTS,
            STATE_MEMORY);
    ProfileScan scan = ProfileScan.of(data.table, spec);
    String from = scan.isColumnar() ? "from batches" : "from rows";
    List<Object> of = List.of(slices, scanned.size());
    if (weighed.containsKey(of)) {
      long found = scan.profiles().map(p -> p.profile().rows).filter(rows -> rows > 0).count();
      return String.format(Locale.ROOT, "%d profiles, %s, %s", found, weighed.get(of), from);
    }
    long bytes =
        scan.profiles().map(p -> (long) PackedProfile.pack(p.profile()).length).fold(0L, Long::sum);
    weighed.put(of, String.format(Locale.ROOT, "%.1f MB packed", bytes / 1e6));
    return weighed.get(of);
  }

  /**
   * Deciles of the numbers by window, version and slice: less than the scan finds, but for the same
   * slices, each of which needs its own sketches since deciles of parts do not add up to those of
   * the whole.
   *
   * @param grouping the slices, as SQL groups by them
   */
  private String builtin(String grouping) {
    String deciles =
        data.numberColumns().stream()
            .map(x -> "approx_percentile(" + x + ", array(.1, .2, .3, .4, .5, .6, .7, .8, .9))")
            .collect(Collectors.joining(", "));
    long seconds = BenchTable.DAYS * 86_400L / windows;
    data.table.createOrReplaceTempView("bench");
    data.table
        .sparkSession()
        .sql(
            "SELECT "
                + deciles
                + " FROM bench GROUP BY floor(unix_seconds(scored_at) / "
                + seconds
                + "), version, "
                + grouping)
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
    return "deciles of " + data.numberColumns().size() + " columns, " + grouping;
  }
}
