package io.leeway.store;

import io.delta.kernel.Scan;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A result table of few rows, read in this process by Delta Kernel: a Spark query costs a hundred
 * times what there is to read, and in a young process some ten seconds.
 *
 * <p>A data file never changes, so each is read once. Safe for several threads.
 */
final class SmallTable {
  /** The rows of a model in one version of the table. */
  private record Known(long version, List<Row> rows) {}

  /** Files that are read at once. */
  private static final int AT_ONCE = 8;

  private final Engine engine;
  private final Map<String, List<Row>> byFile = new ConcurrentHashMap<>();
  private final Map<String, Known> byModel = new ConcurrentHashMap<>();

  SmallTable(Configuration hadoop) {
    this.engine = DefaultEngine.create(hadoop);
  }

  /** The rows of a model, as Spark would give them, in no order. */
  List<Row> rows(DeltaSnapshot snapshot, String model) throws IOException {
    Known known = byModel.get(model);
    if (known == null || known.version() != snapshot.version()) {
      known = new Known(snapshot.version(), read(snapshot, model));
      byModel.put(model, known);
    }
    return known.rows();
  }

  private List<Row> read(DeltaSnapshot snapshot, String model) throws IOException {
    Scan scan =
        TableManager.loadSnapshot(snapshot.path())
            .atVersion(snapshot.version())
            .build(engine)
            .getScanBuilder()
            .withFilter(new Predicate("=", new Column("model"), Literal.ofString(model)))
            .build();
    io.delta.kernel.data.Row state = scan.getScanState(engine);
    List<io.delta.kernel.data.Row> files = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<io.delta.kernel.data.Row> ofBatch = batches.next().getRows()) {
          ofBatch.forEachRemaining(files::add);
        }
      }
    }
    List<Callable<List<Row>>> readings = new ArrayList<>();
    files.forEach(file -> readings.add(() -> ofFile(snapshot.schema(), state, file)));
    return atOnce(readings);
  }

  /** Several at a time, since most of a small file's reading is waiting for the storage. */
  private static List<Row> atOnce(List<Callable<List<Row>>> readings) throws IOException {
    if (readings.isEmpty()) {
      return List.of();
    }
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, readings.size()));
    try {
      List<Row> rows = new ArrayList<>();
      for (Future<List<Row>> reading : threads.invokeAll(readings)) {
        rows.addAll(reading.get());
      }
      return List.copyOf(rows);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The reading was interrupted.");
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Row> ofFile(
      StructType schema, io.delta.kernel.data.Row state, io.delta.kernel.data.Row file)
      throws IOException {
    String path = InternalScanFileUtils.getAddFileStatus(file).getPath();
    List<Row> known = byFile.get(path);
    if (known == null) {
      known = readFile(schema, state, file);
      byFile.put(path, known);
    }
    return known;
  }

  private List<Row> readFile(
      StructType schema, io.delta.kernel.data.Row state, io.delta.kernel.data.Row file)
      throws IOException {
    CloseableIterator<ColumnarBatch> stored =
        engine
            .getParquetHandler()
            .readParquetFiles(
                Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                ScanStateRow.getPhysicalDataReadSchema(state),
                Optional.empty())
            .map(of -> of.getData());
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> batches =
        Scan.transformPhysicalData(engine, state, file, stored)) {
      while (batches.hasNext()) {
        addTo(rows, schema, batches.next());
      }
    }
    return rows;
  }

  private static void addTo(List<Row> rows, StructType schema, FilteredColumnarBatch batch) {
    ColumnarBatch data = batch.getData();
    ColumnVector[] columns = new ColumnVector[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = data.getColumnVector(data.getSchema().indexOf(schema.fields()[i].name()));
    }
    for (int row = 0; row < data.getSize(); row++) {
      int at = row;
      boolean chosen =
          batch
              .getSelectionVector()
              .map(selected -> !selected.isNullAt(at) && selected.getBoolean(at))
              .orElse(true);
      if (chosen) {
        rows.add(row(columns, schema, row));
      }
    }
  }

  private static Row row(ColumnVector[] columns, StructType schema, int row) {
    Object[] cells = new Object[columns.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cell(columns[i], schema.fields()[i].dataType(), row);
    }
    return new GenericRowWithSchema(cells, schema);
  }

  private static Object cell(ColumnVector column, DataType type, int row) {
    if (column.isNullAt(row)) {
      return null;
    } else if (type instanceof ArrayType array) {
      return list(column.getArray(row), array.elementType());
    } else if (type instanceof StructType struct) {
      StructField[] fields = struct.fields();
      ColumnVector[] children = new ColumnVector[fields.length];
      for (int i = 0; i < children.length; i++) {
        children[i] = column.getChild(i);
      }
      return row(children, struct, row);
    } else if (type.equals(DataTypes.StringType)) {
      return column.getString(row);
    } else if (type.equals(DataTypes.LongType)) {
      return column.getLong(row);
    } else if (type.equals(DataTypes.IntegerType)) {
      return column.getInt(row);
    } else if (type.equals(DataTypes.DoubleType)) {
      return column.getDouble(row);
    } else if (type.equals(DataTypes.BooleanType)) {
      return column.getBoolean(row);
    } else if (type.equals(DataTypes.TimestampType)) {
      return Timestamp.from(Cells.instant(column.getLong(row)));
    }
    throw new IllegalStateException("Small tables have no column of type " + type.sql() + ".");
  }

  private static Object list(ArrayValue array, DataType of) {
    List<Object> elements = new ArrayList<>();
    ColumnVector values = array.getElements();
    for (int i = 0; i < array.getSize(); i++) {
      elements.add(cell(values, of, i));
    }
    return CollectionConverters.asScala(elements).toSeq();
  }
}
