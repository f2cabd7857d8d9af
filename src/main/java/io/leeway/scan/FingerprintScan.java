package io.leeway.scan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One pass over the rows of some windows that counts nothing but the rows and their fingerprints:
 * whether a scan would say of a window what it said before.
 */
public final class FingerprintScan {
  /**
   * What one task saw of a window and version; of several, rows and fingerprints add up.
   *
   * @param version {@code null} where the rows name none
   * @param window place of the window in the scan's list
   * @param fingerprint as {@link SegmentProfile#fingerprint} tells it
   */
  public record Found(String version, int window, long rows, long fingerprint)
      implements Serializable {}

  private FingerprintScan() {}

  /**
   * Reads the rows once.
   *
   * @param table the source's rows; only those in the windows are read, as far as its layout allows
   * @param spec of the scan whose fingerprints these are
   */
  public static List<Found> of(Dataset<Row> table, ScanSpec spec) {
    Layout layout = new Layout(spec);
    Broadcast<Layout> shared =
        JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext()).broadcast(layout);
    return ProfileScan.source(table, spec, layout)
        .map((block, blocks) -> count(shared.value(), block, blocks))
        .collect();
  }

  private static Iterator<Found> count(Layout layout, Block block, Iterator<Block> blocks) {
    List<Found> found = new ArrayList<>();
    RowPlacer placer = new RowPlacer(layout, block);
    RowHash hashes = new RowHash(layout.reads(), block);
    long[] ones = {};
    long[] rows = {};
    long[] sums = {};
    while (blocks.hasNext()) {
      blocks.next();
      if (ones.length < block.size) {
        ones = new long[block.size];
        Arrays.fill(ones, 1);
      }
      placer.place(0, block.size);
      rows = placer.addTo(rows, ones, 0, block.size);
      sums = placer.addTo(sums, hashes.of(0, block.size), 0, block.size);
      if (block.textBytes() > layout.stateMemory || !blocks.hasNext()) {
        for (int root = 0; root < rows.length; root++) {
          found.add(new Found(placer.version(root), placer.window(root), rows[root], sums[root]));
        }
        rows = new long[0];
        sums = new long[0];
        placer.forget();
        block.forgetTexts();
      }
    }
    return found.iterator();
  }
}
