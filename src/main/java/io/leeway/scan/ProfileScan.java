package io.leeway.scan;

import io.leeway.domain.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * One pass over the rows of some windows, for all columns, slices and versions at once.
 *
 * <p>The result is the same, to the last bit, however the rows are spread over files and tasks.
 */
public final class ProfileScan {
  private final ScanSpec spec;
  private final BlockSource source;
  private final JavaSparkContext context;
  private final int shuffles;

  private ProfileScan(ScanSpec spec, BlockSource source, JavaSparkContext context, int shuffles) {
    this.spec = spec;
    this.source = source;
    this.context = context;
    this.shuffles = shuffles;
  }

  /**
   * Plans a scan.
   *
   * @param table the source's rows; only those in the windows are read, as far as its layout allows
   */
  public static ProfileScan of(Dataset<Row> table, ScanSpec spec) {
    Layout layout = new Layout(spec);
    Window span =
        new Window(
            spec.windows().get(0).start(), spec.windows().get(spec.windows().size() - 1).end());
    BlockSource source =
        BlockSource.of(
            TimeRange.within(table, spec.time(), span),
            layout.reads(),
            Optional.of(TimeRange.of(table, spec.time(), span)));
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
    int shuffles =
        Integer.parseInt(table.sparkSession().conf().get("spark.sql.shuffle.partitions"));
    return new ProfileScan(spec, source, context, shuffles);
  }

  /** Whether rows are read from columnar batches. */
  public boolean isColumnar() {
    return source.isColumnar();
  }

  /**
   * The profiles of every window, version, segment and column that has rows; lazy, and read once
   * per action.
   */
  public JavaRDD<SegmentProfile> profiles() {
    Layout layout = new Layout(spec);
    Broadcast<Layout> shared = context.broadcast(layout);
    SegmentFold fold = new SegmentFold(spec.admitted(), spec.maxSegments());
    Broadcast<CellMerge> merge = context.broadcast(new CellMerge(layout, fold));
    JavaRDD<Tuple2<BlockKey, CellBlock>> counted =
        source.map((block, blocks) -> new Counting(shared.value(), block, blocks));
    return JavaPairRDD.fromJavaRDD(counted)
        .groupByKey(Math.max(1, shuffles))
        .flatMap(group -> merge.value().rollUp(group._1(), group._2()));
  }

  /** Counts blocks until the state is large, hands it on, and goes on. */
  private static final class Counting implements Iterator<Tuple2<BlockKey, CellBlock>> {
    /**
     * Heap that a value may add to the state of its column at most, in bytes: one new tally with
     * its table.
     */
    private static final long BYTES_PER_VALUE = 400;

    private final CellCounter counter;
    private final Block block;
    private final Iterator<Block> blocks;
    private final long limit;
    private final long rowsBetweenChecks;
    private Iterator<Tuple2<BlockKey, CellBlock>> ready = Collections.emptyIterator();

    Counting(Layout layout, Block block, Iterator<Block> blocks) {
      this.counter = new CellCounter(layout, block);
      this.block = block;
      this.blocks = blocks;
      this.limit = layout.stateMemory;
      long perRow = BYTES_PER_VALUE * layout.columns.size() * layout.groups.size();
      this.rowsBetweenChecks = Math.max(1, limit / 2 / Math.max(1, perRow));
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext() && blocks.hasNext()) {
        fill();
      }
      return ready.hasNext();
    }

    private void fill() {
      long unchecked = 0;
      while (blocks.hasNext()) {
        blocks.next();
        counter.count();
        unchecked += block.size;
        if (unchecked >= rowsBetweenChecks) {
          unchecked = 0;
          if (counter.bytes() > limit) {
            break;
          }
        }
      }
      if (!counter.isEmpty()) {
        ready = counter.drain();
      }
    }

    @Override
    public Tuple2<BlockKey, CellBlock> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.next();
    }
  }

  /** The windows of the specification, by the places that {@link SegmentProfile#window} names. */
  public List<Window> windows() {
    return new ArrayList<>(spec.windows());
  }
}
