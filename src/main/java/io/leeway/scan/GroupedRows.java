package io.leeway.scan;

import io.leeway.profile.FeatureGroups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Rows in which one byte a feature stands for its value, so that they can be shuffled at little
 * cost.
 */
public final class GroupedRows {
  /** Bytes, one a feature; {@link FeatureGroups#NONE} for a missing value. */
  public static final String GROUPS = "feature_groups";

  private GroupedRows() {}

  /**
   * Puts groups in place of features.
   *
   * @param rows the features last, each a double or a text, as {@code groups} takes them
   * @return the other columns, then {@link #GROUPS}
   */
  public static Dataset<Row> of(Dataset<Row> rows, FeatureGroups groups) {
    int others = rows.columns().length - groups.size();
    JavaRDD<InternalRow> with =
        rows.queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(part -> new Grouping(part, groups, others));
    StructType schema =
        rows.schema().add(GROUPS, DataTypes.createArrayType(DataTypes.ByteType, false));
    boolean streaming = false;
    Dataset<Row> all =
        ((SparkSession) rows.sparkSession()).internalCreateDataFrame(with.rdd(), schema, streaming);
    String[] names = rows.columns();
    org.apache.spark.sql.Column[] kept = new org.apache.spark.sql.Column[others + 1];
    for (int column = 0; column < others; column++) {
      kept[column] = functions.col(names[column]);
    }
    kept[others] = functions.col(GROUPS);
    return all.select(kept);
  }

  private static final class Grouping implements Iterator<InternalRow> {
    /** Groups of so many texts of a feature are remembered. */
    private static final int MOST_KNOWN = 10_000;

    private final Iterator<InternalRow> rows;
    private final FeatureGroups groups;
    private final int others;
    private final byte[] bytes;
    private final JoinedRow joined = new JoinedRow();
    private final GenericInternalRow last = new GenericInternalRow(1);

    /** The groups of texts that were met, by feature. */
    private final List<Map<UTF8String, Byte>> known = new ArrayList<>();

    Grouping(Iterator<InternalRow> rows, FeatureGroups groups, int others) {
      this.rows = rows;
      this.groups = groups;
      this.others = others;
      this.bytes = new byte[groups.size()];
      for (int feature = 0; feature < bytes.length; feature++) {
        known.add(new HashMap<>());
      }
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public InternalRow next() {
      InternalRow row = rows.next();
      for (int feature = 0; feature < bytes.length; feature++) {
        bytes[feature] = group(row, feature);
      }
      last.update(0, UnsafeArrayData.fromPrimitiveArray(bytes));
      return joined.apply(row, last);
    }

    private byte group(InternalRow row, int feature) {
      int place = others + feature;
      if (row.isNullAt(place)) {
        return FeatureGroups.NONE;
      } else if (groups.isNumeric(feature)) {
        return groups.of(feature, row.getDouble(place));
      }
      UTF8String text = row.getUTF8String(place);
      Byte group = known.get(feature).get(text);
      if (group == null) {
        group = groups.of(feature, text.toString());
        if (known.get(feature).size() < MOST_KNOWN) {
          known.get(feature).put(text.copy(), group);
        }
      }
      return group;
    }
  }
}
