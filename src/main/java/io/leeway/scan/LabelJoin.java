package io.leeway.scan;

import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Predictions with what their labels say. Every prediction stays, labelled or not, also where
 * several have one identifier; of several labels of one identifier the latest counts, of equally
 * late ones the greatest value.
 *
 * <p>Both sides are shuffled once by identifier. A task holds the labels of its share of the
 * identifiers, each once, and passes the predictions by them; nothing is sorted.
 */
public final class LabelJoin {
  /** The identifier of both sides, a text, and the first column of the predictions. */
  public static final String ID = "id";

  /** What happened; missing where no label came, or one that says nothing. */
  public static final String LABEL = "label";

  /** When the label became known; missing where it does not say. */
  public static final String LABEL_TIME = "label_time";

  /** How many rows the labels' table has of the identifier. */
  public static final String LABEL_ROWS = "label_rows";

  private static final int LABEL_PLACE = 1;

  /** Compressed bytes of labels that one task brings together, some hundred thousand rows. */
  private static final long BYTES_PER_TASK = 8L << 20;

  private static final int MOST_TASKS = 4_000;

  private LabelJoin() {}

  /**
   * Joins; lazy.
   *
   * @param predictions {@link #ID} first, then any columns
   * @param labels {@link #ID}, {@link #LABEL} and {@link #LABEL_TIME}, in this order
   * @return the predictions' columns, then label, label time and number of label rows
   */
  public static Dataset<Row> of(Dataset<Row> predictions, Dataset<Row> labels) {
    SparkSession session = fixed((SparkSession) predictions.sparkSession());
    DataType labelType = labels.schema().fields()[LABEL_PLACE].dataType();
    int tasks = tasks(session, labels);
    JavaRDD<InternalRow> left = shuffled(session, predictions, tasks);
    JavaRDD<InternalRow> right =
        shuffled(session, labels.where(functions.col(ID).isNotNull()), tasks);
    JavaRDD<InternalRow> joined =
        left.zipPartitions(
            right,
            (some, known) -> new Labelled(some, LatestLabels.of(known, labelType), labelType));
    StructType schema =
        predictions
            .schema()
            .add(LABEL, labelType)
            .add(LABEL_TIME, DataTypes.TimestampType)
            .add(LABEL_ROWS, DataTypes.IntegerType);
    boolean streaming = false;
    return session.internalCreateDataFrame(joined.rdd(), schema, streaming);
  }

  /** Both sides must have the same number of tasks, whatever is found while the query runs. */
  private static SparkSession fixed(SparkSession session) {
    SparkSession fixed = session.cloneSession();
    fixed.conf().set("spark.sql.adaptive.enabled", false);
    return fixed;
  }

  private static int tasks(SparkSession session, Dataset<Row> labels) {
    long bytes = labels.queryExecution().optimizedPlan().stats().sizeInBytes().toLong();
    int least = Integer.parseInt(session.conf().get("spark.sql.shuffle.partitions"));
    return (int) Math.max(least, Math.min(MOST_TASKS, bytes / BYTES_PER_TASK));
  }

  private static JavaRDD<InternalRow> shuffled(SparkSession session, Dataset<Row> rows, int tasks) {
    return org.apache.spark.sql.classic.Dataset.ofRows(
            session,
            ((org.apache.spark.sql.classic.Dataset<Row>) rows.repartition(tasks, functions.col(ID)))
                .queryExecution()
                .analyzed())
        .queryExecution()
        .toRdd()
        .toJavaRDD();
  }

  /** Predictions one by one, each with its label. */
  private static final class Labelled implements Iterator<InternalRow> {
    private final Iterator<InternalRow> predictions;
    private final LatestLabels labels;
    private final SpecificInternalRow label;
    private final JoinedRow joined = new JoinedRow();

    Labelled(Iterator<InternalRow> predictions, LatestLabels labels, DataType labelType) {
      this.predictions = predictions;
      this.labels = labels;
      this.label =
          new SpecificInternalRow(
              new StructType()
                  .add(LABEL, labelType)
                  .add(LABEL_TIME, DataTypes.TimestampType)
                  .add(LABEL_ROWS, DataTypes.IntegerType));
    }

    @Override
    public boolean hasNext() {
      return predictions.hasNext();
    }

    @Override
    public InternalRow next() {
      InternalRow row = predictions.next();
      int place = row.isNullAt(0) ? LatestLabels.NONE : labels.find(row.getUTF8String(0));
      if (place == LatestLabels.NONE) {
        label.setNullAt(0);
        label.setNullAt(1);
        label.setInt(2, 0);
      } else {
        labels.fill(label, place);
      }
      return joined.apply(row, label);
    }
  }
}
