package io.leeway.simulate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The simulated predictions and outcomes as Spark data, made where the tasks run.
 *
 * <p>A partition holds neighbouring days, until it has 10 000 rows or a week is full; a day of more
 * than 500 000 rows takes several. Rows stand in the order of time. Written without another
 * shuffle, each partition is a file, and the files' minimum and maximum of {@code scored_at}
 * (predictions) and {@code prediction_time} (outcomes) tell which of them to read. For a file a
 * day, however small, append the days one by one.
 */
public final class SimulatedTables {
  private static final long MOST_ROWS_OF_A_BLOCK = 500_000;
  private static final long ENOUGH_ROWS_OF_A_FILE = 10_000;
  private static final int MOST_DAYS_OF_A_FILE = 7;

  private static final StructType RAW_PREDICTIONS = rawPredictions();
  private static final StructType RAW_OUTCOMES =
      new StructType()
          .add("prediction_id", DataTypes.StringType)
          .add("defaulted", DataTypes.IntegerType)
          .add("observed_at", DataTypes.LongType)
          .add("prediction_time", DataTypes.LongType);

  private SimulatedTables() {}

  /** The predictions of all days. */
  public static Dataset<Row> predictions(SparkSession spark, Simulation simulation) {
    return predictions(spark, simulation, 1, simulation.days());
  }

  /** The predictions of some days, both ends included, for example to append one day. */
  public static Dataset<Row> predictions(
      SparkSession spark, Simulation simulation, int fromDay, int lastDay) {
    Dataset<Row> raw =
        rows(spark, files(simulation, fromDay, lastDay), Block::predictions, RAW_PREDICTIONS);
    return withTimes(raw, List.of("scored_at"));
  }

  /**
   * The outcomes of all days' predictions, those included that become known up to 28 days after the
   * last day.
   */
  public static Dataset<Row> outcomes(SparkSession spark, Simulation simulation) {
    return outcomes(spark, simulation, 1, simulation.days());
  }

  /** The outcomes of the predictions of some days, both ends included, whenever they arrive. */
  public static Dataset<Row> outcomes(
      SparkSession spark, Simulation simulation, int fromDay, int lastDay) {
    Dataset<Row> raw =
        rows(spark, files(simulation, fromDay, lastDay), Block::outcomes, RAW_OUTCOMES);
    return withTimes(raw, List.of("observed_at", "prediction_time"));
  }

  /**
   * The outcomes that become known on some days, both ends included, whenever the prediction was
   * made. With {@code 1 .. days()}: all that the lender knows at the end of the last day.
   */
  public static Dataset<Row> outcomesObserved(
      SparkSession spark, Simulation simulation, int fromDay, int lastDay) {
    Instant from = simulation.day(fromDay).window().start();
    Instant until = simulation.day(lastDay).window().end();
    int earliest = Math.max(1, fromDay - SimulatedDay.LATEST_OUTCOME_DAYS - 1);
    Column observedAt = col("observed_at");
    return outcomes(spark, simulation, earliest, lastDay)
        .filter(observedAt.geq(from).and(observedAt.lt(until)));
  }

  /** Writes a new Delta table; an error of Spark if there is one at that path. */
  public static void write(Dataset<Row> rows, String path) {
    rows.write().format("delta").mode(SaveMode.ErrorIfExists).save(path);
  }

  /** Adds rows to a Delta table in one commit, or makes it. */
  public static void append(Dataset<Row> rows, String path) {
    rows.write().format("delta").mode(SaveMode.Append).save(path);
  }

  /** What goes into one partition, and so into one file: parts of days, in order. */
  private static List<List<Block>> files(Simulation simulation, int fromDay, int lastDay) {
    simulation.checkDay(fromDay);
    simulation.checkDay(lastDay);
    List<List<Block>> files = new ArrayList<>();
    List<Block> file = new ArrayList<>();
    for (int day = fromDay; day <= lastDay; day++) {
      long rows = simulation.day(day).rows();
      long even = evenly(rows);
      for (long from = 0; from < rows; from += even) {
        if (isFull(file, day)) {
          files.add(file);
          file = new ArrayList<>();
        }
        file.add(new Block(simulation, day, from, Math.min(rows, from + even)));
      }
    }
    if (!file.isEmpty()) {
      files.add(file);
    }
    return files;
  }

  /**
   * The rows of a block when a day is cut into as few blocks as possible, all of about one size.
   */
  private static long evenly(long rows) {
    long blocks = (rows + MOST_ROWS_OF_A_BLOCK - 1) / MOST_ROWS_OF_A_BLOCK;
    return blocks == 0 ? 1 : (rows + blocks - 1) / blocks;
  }

  /** Whether rows of that day should start another file. */
  private static boolean isFull(List<Block> file, int day) {
    return !file.isEmpty()
        && (day - file.get(0).day() >= MOST_DAYS_OF_A_FILE
            || file.stream().mapToLong(Block::rows).sum() >= ENOUGH_ROWS_OF_A_FILE);
  }

  private static Dataset<Row> rows(
      SparkSession spark,
      List<List<Block>> files,
      FlatMapFunction<Block, Row> rowsOf,
      StructType schema) {
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(files, Math.max(1, files.size()))
            .flatMap(List::iterator)
            .flatMap(rowsOf);
    return spark.createDataFrame(rows, schema);
  }

  /** Times travel as microseconds, which no session setting reads in another way. */
  private static Dataset<Row> withTimes(Dataset<Row> raw, List<String> times) {
    return raw.select(
        Stream.of(raw.columns())
            .map(name -> times.contains(name) ? timestamp_micros(col(name)).as(name) : col(name))
            .toArray(Column[]::new));
  }

  private static StructType rawPredictions() {
    List<StructField> fields = new ArrayList<>();
    fields.add(field("prediction_id", DataTypes.StringType));
    fields.add(field("scored_at", DataTypes.LongType));
    fields.add(field("model_version", DataTypes.StringType));
    fields.add(field("state", DataTypes.StringType));
    fields.add(field("age", DataTypes.IntegerType));
    fields.add(field("age_band", DataTypes.StringType));
    fields.add(field("gender", DataTypes.StringType));
    for (Feature feature : Feature.ALL) {
      fields.add(field(feature.column(), type(feature.kind())));
    }
    fields.add(field("probability", DataTypes.DoubleType));
    fields.add(field("decision", DataTypes.IntegerType));
    fields.add(field("latency_ms", DataTypes.DoubleType));
    fields.add(field("cost_aud", DataTypes.DoubleType));
    fields.add(field("status", DataTypes.StringType));
    return DataTypes.createStructType(fields);
  }

  private static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, true);
  }

  private static DataType type(Feature.Kind kind) {
    return switch (kind) {
      case DECIMAL -> DataTypes.DoubleType;
      case WHOLE -> DataTypes.IntegerType;
      case TEXT -> DataTypes.StringType;
      case FLAG -> DataTypes.BooleanType;
    };
  }

  /** Rows {@code from <= index < until} of a day. */
  private record Block(Simulation simulation, int day, long from, long until)
      implements Serializable {

    long rows() {
      return until - from;
    }

    Iterator<Row> predictions() {
      SimulatedDay rows = simulation.day(day);
      return LongStream.range(from, until)
          .mapToObj(index -> row(rows.prediction(index)))
          .iterator();
    }

    Iterator<Row> outcomes() {
      SimulatedDay rows = simulation.day(day);
      return LongStream.range(from, until)
          .mapToObj(rows::outcome)
          .flatMap(Optional::stream)
          .map(Block::row)
          .iterator();
    }

    /** In the order of {@link #rawPredictions()}. */
    private static Row row(Prediction prediction) {
      Applicant applicant = prediction.applicant();
      Object[] values = new Object[RAW_PREDICTIONS.size()];
      int at = 0;
      values[at++] = prediction.predictionId();
      values[at++] = micros(prediction.scoredAt());
      values[at++] = prediction.modelVersion();
      values[at++] = applicant.state();
      values[at++] = applicant.age();
      values[at++] = applicant.ageBand();
      values[at++] = applicant.gender().orElse(null);
      for (Feature feature : Feature.ALL) {
        values[at++] = applicant.value(feature);
      }
      values[at++] = prediction.probability();
      values[at++] = prediction.decision();
      values[at++] = prediction.latencyMs();
      values[at++] = prediction.costAud();
      values[at] = prediction.status();
      return RowFactory.create(values);
    }

    private static Row row(Outcome outcome) {
      return RowFactory.create(
          outcome.predictionId(),
          outcome.defaulted(),
          micros(outcome.observedAt()),
          micros(outcome.predictionTime()));
    }

    private static long micros(Instant time) {
      return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
  }
}
