package io.leeway.scan;

import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.CategoricalTally;
import io.leeway.profile.Categories;
import io.leeway.profile.EdgeSearch;
import io.leeway.profile.KeyProbe;
import io.leeway.scan.ReadColumn.Reading;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Learns the reference's distributions: two or three passes over all columns at once, exact at any
 * size. The first one also counts the categories.
 */
public final class EdgeScan {
  /** Columns whose counts the driver takes in at once, roughly. */
  private static final int COLUMNS_AT_ONCE = 16;

  private EdgeScan() {}

  /**
   * A column to be learned.
   *
   * @param expression SQL over the table's columns
   * @param search the edges to be found, or {@code null} if the column is categorical
   */
  public record Learned(String name, String expression, EdgeSearch search) {
    private Reading reading() {
      return search == null ? Reading.TEXT : Reading.NUMBER;
    }
  }

  /**
   * Runs every search to its end.
   *
   * @param stateMemory heap of one task's counts, in bytes; what would take more is read in several
   *     passes, each over other columns
   * @return rows of each category of the categorical columns, by column name, on an empty
   *     dictionary
   */
  public static Map<String, CategoricalProfile> learn(
      Dataset<Row> table, List<Learned> columns, long stateMemory) {
    Map<String, CategoricalProfile> categories = new LinkedHashMap<>();
    List<Asked> open = asked(columns);
    while (!open.isEmpty()) {
      for (List<Asked> part : parts(open, stateMemory)) {
        pass(table, part, categories);
      }
      open = asked(open.stream().map(Asked::column).filter(c -> c.search() != null).toList());
    }
    return categories;
  }

  /**
   * A column and what is to be counted of it.
   *
   * @param probe {@code null} if it is categorical
   */
  private record Asked(Learned column, KeyProbe probe) {
    private static final long BYTES_PER_CATEGORY = 100;

    long mostBytes() {
      return probe == null ? BYTES_PER_CATEGORY * Categories.UNSEEN_LIMIT : probe.mostBytes();
    }
  }

  /** What each column asks for next, of those that ask for anything. */
  private static List<Asked> asked(List<Learned> columns) {
    List<Asked> asked = new ArrayList<>();
    for (Learned column : columns) {
      if (column.search() == null) {
        asked.add(new Asked(column, null));
      } else {
        column.search().next().ifPresent(probe -> asked.add(new Asked(column, probe)));
      }
    }
    return asked;
  }

  /** As few parts as keep the memory, each of at least one column. */
  private static List<List<Asked>> parts(List<Asked> asked, long stateMemory) {
    List<List<Asked>> parts = new ArrayList<>();
    long left = 0;
    for (Asked next : asked) {
      left -= next.mostBytes();
      if (parts.isEmpty() || left < 0) {
        parts.add(new ArrayList<>());
        left = stateMemory - next.mostBytes();
      }
      parts.get(parts.size() - 1).add(next);
    }
    return parts;
  }

  /** Counts are brought together column by column; the driver takes in a few columns at a time. */
  private static void pass(
      Dataset<Row> table, List<Asked> asked, Map<String, CategoricalProfile> categories) {
    List<ReadColumn> reads =
        asked.stream()
            .map(of -> new ReadColumn(of.column().expression(), of.column().reading()))
            .toList();
    KeyProbe[] probes = asked.stream().map(Asked::probe).toArray(KeyProbe[]::new);
    Set<Integer> left = new HashSet<>();
    IntStream.range(0, probes.length).forEach(left::add);
    Iterator<Tuple2<Integer, Count>> counted =
        JavaPairRDD.fromJavaRDD(
                BlockSource.of(table, reads, Optional.empty())
                    .map((block, blocks) -> count(probes, block, blocks)))
            .reduceByKey(Count::plus, 1 + probes.length / COLUMNS_AT_ONCE)
            .toLocalIterator();
    while (counted.hasNext()) {
      Tuple2<Integer, Count> next = counted.next();
      left.remove(next._1());
      take(asked.get(next._1()).column(), next._2(), categories);
    }
    // Of a table without a single part nobody has counted anything.
    left.forEach(i -> take(asked.get(i).column(), Count.of(probes[i]), categories));
  }

  private static void take(
      Learned column, Count count, Map<String, CategoricalProfile> categories) {
    if (column.search() == null) {
      categories.put(column.name(), count.tally.profile());
    } else {
      column.search().take(count.probe);
    }
  }

  /** What one task counts, column by column. */
  private static Iterator<Tuple2<Integer, Count>> count(
      KeyProbe[] probes, Block block, Iterator<Block> blocks) {
    Count[] counts = Arrays.stream(probes).map(Count::of).toArray(Count[]::new);
    while (blocks.hasNext()) {
      blocks.next();
      for (int i = 0; i < counts.length; i++) {
        if (probes[i] == null) {
          countTexts(counts[i].tally, block.texts(i), block.size);
        } else {
          countNumbers(counts[i].probe, block.numbers(i), block.size);
        }
      }
    }
    return IntStream.range(0, counts.length).mapToObj(i -> new Tuple2<>(i, counts[i])).iterator();
  }

  private static void countNumbers(KeyProbe probe, NumberBuffer numbers, int size) {
    for (int row = 0; row < size; row++) {
      if (numbers.missing[row]) {
        probe.addNull();
      } else {
        probe.add(numbers.values[row]);
      }
    }
  }

  private static void countTexts(CategoricalTally tally, TextBuffer texts, int size) {
    CodeCounts counts = new CodeCounts();
    for (int row = 0; row < size; row++) {
      counts.add(texts.codes[row]);
    }
    counts.forEach((code, rows) -> tally.add(texts.text(code), rows));
    texts.forget();
  }

  /**
   * What was counted of one column: numbers or texts.
   *
   * @param probe {@code null} if it is categorical
   * @param tally {@code null} if it is not
   */
  private record Count(KeyProbe probe, CategoricalTally tally) implements Serializable {
    private static final Categories NONE = new Categories(List.of(), Categories.UNSEEN_LIMIT);

    static Count of(KeyProbe asked) {
      return asked == null
          ? new Count(null, new CategoricalTally(NONE))
          : new Count(asked.fresh(), null);
    }

    Count plus(Count other) {
      if (probe != null) {
        probe.addAll(other.probe);
      } else {
        tally.addAll(other.tally.profile());
      }
      return this;
    }
  }
}
