package io.leeway.scan;

import io.leeway.profile.CategoricalProfile;
import io.leeway.profile.CategoricalTally;
import io.leeway.profile.Categories;
import io.leeway.profile.EdgeSearch;
import io.leeway.profile.KeyProbe;
import io.leeway.scan.ReadColumn.Reading;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Learns the reference's distributions: two or three passes over all columns at once, exact at any
 * size. The first one also counts the categories.
 */
public final class EdgeScan {
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
   * @return rows of each category of the categorical columns, by column name, on an empty
   *     dictionary
   */
  public static Map<String, CategoricalProfile> learn(Dataset<Row> table, List<Learned> columns) {
    Map<String, CategoricalProfile> categories = new LinkedHashMap<>();
    List<Learned> open = columns;
    while (!open.isEmpty()) {
      List<Optional<KeyProbe>> probes =
          open.stream()
              .map(column -> Optional.ofNullable(column.search()).flatMap(EdgeSearch::next))
              .toList();
      Counts counts = pass(table, open, probes);
      for (int i = 0; i < open.size(); i++) {
        if (open.get(i).search() == null) {
          categories.put(open.get(i).name(), counts.tallies[i].profile());
        } else {
          open.get(i).search().take(counts.probes[i]);
        }
      }
      open =
          open.stream()
              .filter(column -> column.search() != null && column.search().next().isPresent())
              .toList();
    }
    return categories;
  }

  private static Counts pass(
      Dataset<Row> table, List<Learned> columns, List<Optional<KeyProbe>> probes) {
    List<ReadColumn> reads =
        columns.stream().map(c -> new ReadColumn(c.expression(), c.reading())).toList();
    KeyProbe[] asked = probes.stream().map(probe -> probe.orElse(null)).toArray(KeyProbe[]::new);
    JavaRDD<Counts> counted =
        BlockSource.of(table, reads, Optional.empty())
            .map((block, blocks) -> List.of(new Counts(asked).count(block, blocks)).iterator());
    return counted.getNumPartitions() == 0 ? new Counts(asked) : counted.treeReduce(Counts::addAll);
  }

  /** What one task has counted. */
  private static final class Counts implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Categories NONE = new Categories(List.of(), Categories.UNSEEN_LIMIT);

    private final KeyProbe[] probes;
    private final CategoricalTally[] tallies;

    Counts(KeyProbe[] asked) {
      probes = Arrays.stream(asked).map(p -> p == null ? null : p.fresh()).toArray(KeyProbe[]::new);
      tallies =
          Arrays.stream(asked)
              .map(p -> p == null ? new CategoricalTally(NONE) : null)
              .toArray(CategoricalTally[]::new);
    }

    Counts count(Block block, Iterator<Block> blocks) {
      while (blocks.hasNext()) {
        blocks.next();
        for (int i = 0; i < probes.length; i++) {
          if (probes[i] == null) {
            countTexts(tallies[i], block.texts(i), block.size);
          } else {
            countNumbers(probes[i], block.numbers(i), block.size);
          }
        }
      }
      return this;
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

    Counts addAll(Counts other) {
      for (int i = 0; i < probes.length; i++) {
        if (probes[i] == null) {
          tallies[i].addAll(other.tallies[i].profile());
        } else {
          probes[i].addAll(other.probes[i]);
        }
      }
      return this;
    }
  }
}
