package io.leeway.scan;

import io.leeway.domain.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * One pass over the rows of some windows, for all columns, slices and versions at once.
 *
 * <p>The result is the same, to the last bit, however the rows are spread over files and tasks.
 */
public final class ProfileScan {
  private static final int KEYS_PER_REDUCER = 32;

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
    BlockSource source = source(table, spec, new Layout(spec));
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
    int shuffles =
        Integer.parseInt(table.sparkSession().conf().get("spark.sql.shuffle.partitions"));
    return new ProfileScan(spec, source, context, shuffles);
  }

  /** The rows of the table that may lie in the windows. */
  static BlockSource source(Dataset<Row> table, ScanSpec spec, Layout layout) {
    Window span =
        new Window(
            spec.windows().get(0).start(), spec.windows().get(spec.windows().size() - 1).end());
    return BlockSource.of(
        TimeRange.within(table, spec.time(), span),
        layout.reads(),
        Optional.of(TimeRange.of(table, spec.time(), span)));
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
    JavaRDD<Tuple2<BlockKey, CellBlock>> counted =
        source.map((block, blocks) -> new Counting(shared.value(), block, blocks));
    boolean combinedBefore = false;
    return JavaPairRDD.fromJavaRDD(counted)
        .combineByKey(
            block -> {
              List<CellBlock> blocks = new ArrayList<>(1);
              blocks.add(block);
              return blocks;
            },
            ProfileScan::with,
            ProfileScan::withAll,
            new HashPartitioner(reducers(layout)),
            combinedBefore,
            forgetful())
        .flatMap(group -> CellMerge.rollUp(shared.value(), group._1(), group._2()));
  }

  private static List<CellBlock> with(List<CellBlock> blocks, CellBlock block) {
    blocks.add(block);
    return blocks;
  }

  private static List<CellBlock> withAll(List<CellBlock> blocks, List<CellBlock> others) {
    blocks.addAll(others);
    return blocks;
  }

  /**
   * A serializer that lets go of every block once it is written. As Spark sets it up, each of the
   * task's many streams would hold its last hundred, which is more than all counts may take.
   */
  private Serializer forgetful() {
    return new JavaSerializer(
        context.getConf().clone().set("spark.serializer.objectStreamReset", "1"));
  }

  /** No more than there are keys to fill them with, since each costs the start of a task. */
  private int reducers(Layout layout) {
    long keys = 0;
    for (int[] columns : layout.groupColumns) {
      keys += (long) layout.windowStarts.length * columns.length;
    }
    long wanted = Math.max(context.defaultParallelism(), keys / KEYS_PER_REDUCER);
    return (int) Math.max(1, Math.min(shuffles, wanted));
  }

  /** Counts blocks until the state is large, hands it on, and goes on. */
  private static final class Counting implements Iterator<Tuple2<BlockKey, CellBlock>> {
    private final CellCounter counter;
    private final Iterator<Block> blocks;
    private final long limit;
    private Iterator<Tuple2<BlockKey, CellBlock>> ready = Collections.emptyIterator();

    Counting(Layout layout, Block block, Iterator<Block> blocks) {
      this.counter = new CellCounter(layout, block);
      this.blocks = blocks;
      this.limit = layout.stateMemory;
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext() && hasRows()) {
        fill();
      }
      return ready.hasNext();
    }

    private boolean hasRows() {
      return !counter.isThrough() || blocks.hasNext();
    }

    private void fill() {
      do {
        if (counter.isThrough()) {
          blocks.next();
          counter.begin();
        }
        counter.count();
      } while (counter.bytes() <= limit && hasRows());
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
