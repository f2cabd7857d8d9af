package io.leeway.retrain.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.Task;
import io.leeway.testing.LocalSpark;
import io.leeway.testing.SparkJobs;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class BatchScanTest {
  private static final Instant FIRST = Instant.parse("2026-02-01T00:00:00Z");

  private static StructType schema(Object... namesAndTypes) {
    StructType schema =
        new StructType()
            .add(BatchScan.ID, DataTypes.StringType)
            .add(BatchScan.TIME, DataTypes.TimestampType)
            .add(BatchScan.LABEL, DataTypes.DoubleType);
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      schema = schema.add((String) namesAndTypes[i], (DataType) namesAndTypes[i + 1]);
    }
    return schema;
  }

  private static Dataset<Row> frame(StructType schema, List<Row> rows) {
    return LocalSpark.session().createDataFrame(rows, schema);
  }

  private static Row row(String id, int minute, Double label, Object... features) {
    List<Object> cells = new ArrayList<>();
    cells.add(id);
    cells.add(Timestamp.from(FIRST.plusSeconds(60L * minute)));
    cells.add(label);
    cells.addAll(Arrays.asList(features));
    return RowFactory.create(cells.toArray());
  }

  private static ReferenceColumn number(String name, double... edges) {
    long[] counts = new long[edges.length + 1];
    Arrays.fill(counts, 1);
    return ReferenceColumn.numeric(
        name,
        "DOUBLE",
        1_000,
        0,
        Optional.of(0.0),
        Optional.of(1.0),
        Optional.of(BinShares.of(edges, counts)));
  }

  private static ReferenceColumn text(String name, String... values) {
    SortedMap<String, Double> shares = new TreeMap<>();
    for (String value : values) {
      shares.put(value, 1.0 / values.length);
    }
    return ReferenceColumn.categorical(name, "STRING", 1_000, 0, shares);
  }

  private static Expectations binary(ReferenceColumn... columns) {
    return Expectations.inferred(ReferenceLabel.unknown(Task.BINARY), List.of(columns));
  }

  @Test
  void countsWhatIsThereAndWhatIsNot() {
    double nan = Double.NaN;
    double infinity = Double.POSITIVE_INFINITY;
    List<Row> rows =
        List.of(
            row("a", 3, 1.0, 0.5, "x", true),
            row("a", 1, 0.0, -0.0, "x", null),
            row("b", 9, null, nan, "y", false),
            row("c", 2, 0.0, infinity, null, false),
            row("d", 4, 0.0, null, "z", false),
            row(null, 5, 0.0, 2.0, "x", true),
            row("f", 6, 1.0, -infinity, "z", true));
    StructType schema =
        schema("n", DataTypes.DoubleType, "t", DataTypes.StringType, "b", DataTypes.BooleanType);

    BatchFacts facts =
        BatchScan.of(
            frame(schema, rows),
            binary(
                number("n", 0, 1),
                text("t", "x", "w"),
                ReferenceColumn.categorical(
                    "b", "BOOLEAN", 10, 0, new TreeMap<>(Map.of("true", 1.0)))));

    assertThat(facts.rows()).isEqualTo(7);
    // The second a, and the row without identifier.
    assertThat(facts.duplicates()).isEqualTo(2);
    assertThat(facts.labels().labelled()).isEqualTo(6);
    assertThat(facts.labels().classes()).isEqualTo(Map.of(0, 4L, 1, 2L));
    assertThat(facts.labels().mean().orElseThrow()).isCloseTo(2.0 / 6, within(1e-15));
    assertThat(facts.earliest()).contains(FIRST.plusSeconds(60));
    assertThat(facts.latest()).contains(FIRST.plusSeconds(540));

    ColumnFacts n = facts.column("n").orElseThrow();
    assertThat(n.nulls()).isEqualTo(1);
    assertThat(n.type()).isEqualTo("DOUBLE");
    NumberFacts numbers = n.numbers().orElseThrow();
    assertThat(numbers.nan()).isEqualTo(1);
    assertThat(numbers.infinite()).isEqualTo(2);
    assertThat(numbers.min()).contains(0.0);
    assertThat(numbers.max()).contains(2.0);
    // Below 0 nothing, in [0, 1) the values 0.5 and -0.0, from 1 on the value 2.
    assertThat(numbers.binCounts()).containsExactly(0L, 2L, 1L);

    ColumnFacts t = facts.column("t").orElseThrow();
    assertThat(t.nulls()).isEqualTo(1);
    assertThat(t.categories().orElseThrow().counts()).isEqualTo(Map.of("x", 3L, "y", 1L, "z", 2L));
    assertThat(t.categories().orElseThrow().rest()).isZero();
    assertThat(facts.column("b").orElseThrow().categories().orElseThrow().counts())
        .isEqualTo(Map.of("true", 3L, "false", 3L));
  }

  @Test
  void ofColumnsThatAreNotExpectedOnlyMissingValuesAreCounted() {
    StructType schema = schema("n", DataTypes.StringType, "a.b`", DataTypes.IntegerType);

    BatchFacts facts =
        BatchScan.of(
            frame(schema, List.of(row("a", 0, 1.0, "x", null), row("b", 0, 1.0, "y", 3))),
            binary(number("n", 0.5)));

    assertThat(facts.columns())
        .containsExactly(
            ColumnFacts.unread("n", "STRING", 2, 0), ColumnFacts.unread("a.b`", "INT", 2, 1));
  }

  @Test
  void aBatchWithoutRowsHasItsColumns() {
    BatchFacts facts =
        BatchScan.of(frame(schema("n", DataTypes.DoubleType), List.of()), binary(number("n", 1)));

    assertThat(facts.rows()).isZero();
    assertThat(facts.latest()).isEmpty();
    assertThat(facts.columns()).containsExactly(ColumnFacts.unread("n", "DOUBLE", 0, 0));
  }

  @Test
  void timesAreDaysAndSeconds() {
    StructType schema =
        schema(
            "day", DataTypes.DateType,
            "at", DataTypes.TimestampType,
            "local", DataTypes.TimestampNTZType);
    Row only =
        row(
            "a",
            0,
            1.0,
            Date.valueOf("1970-01-11"),
            Timestamp.from(Instant.ofEpochMilli(1_500)),
            LocalDateTime.parse("1970-01-01T00:00:02.5"));

    BatchFacts facts =
        BatchScan.of(
            frame(schema, List.of(only)),
            binary(number("day", 1), number("at", 1), number("local", 1)));

    assertThat(facts.columns())
        .extracting(column -> column.numbers().orElseThrow().max().orElseThrow())
        .containsExactly(10.0, 1.5, 2.5);
  }

  @Test
  void expectedValuesAreCountedByNameAndOfOthersTheMostFrequent() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < BatchScan.MOST_UNEXPECTED + 50; i++) {
      rows.add(row("r" + i, 0, 0.0, "once " + i));
    }
    for (int i = 0; i < 3; i++) {
      rows.add(row("s" + i, 0, 0.0, "often"));
    }
    rows.add(row("e", 0, 1.0, "expected"));

    CategoryFacts found =
        BatchScan.of(frame(schema("t", DataTypes.StringType), rows), binary(text("t", "expected")))
            .column("t")
            .orElseThrow()
            .categories()
            .orElseThrow();

    assertThat(found.counts()).hasSize(BatchScan.MOST_UNEXPECTED + 1);
    assertThat(found.counts()).containsEntry("expected", 1L).containsEntry("often", 3L);
    assertThat(found.rest()).isEqualTo(51);
  }

  @Test
  void whatTellsTheLabelIsFoundAndNoiseIsNot() {
    SplittableRandom random = new SplittableRandom(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      double number = random.nextDouble();
      boolean positive = number > 0.95;
      rows.add(
          row(
              "id " + i,
              i,
              positive ? 1.0 : 0.0,
              Math.exp(10 * number),
              random.nextDouble(),
              positive ? null : random.nextDouble(),
              number < 0.05 ? null : random.nextDouble(),
              "id " + i,
              positive ? "lost" : random.nextInt(2) == 0 ? "open" : "closed"));
    }
    StructType schema =
        schema(
            "leak", DataTypes.DoubleType,
            "noise", DataTypes.DoubleType,
            "missing", DataTypes.DoubleType,
            "missing else", DataTypes.DoubleType,
            "id", DataTypes.StringType,
            "state", DataTypes.StringType);

    BatchFacts facts =
        BatchScan.of(
            frame(schema, rows),
            binary(
                number("leak", 10, 100),
                number("noise", 0.5),
                number("missing", 0.5),
                number("missing else", 0.5),
                text("id", "id"),
                text("state", "open", "closed")));

    // A perfect split is 1 by rank, and at most 0.005 is lost in the one bin that it cuts.
    assertThat(leakage(facts, "leak")).isBetween(0.995, 1.0);
    assertThat(leakage(facts, "missing")).isEqualTo(1.0);
    assertThat(leakage(facts, "state")).isEqualTo(1.0);
    // 200 positives and 3800 negatives: a standard error of AUC is near 0.02.
    assertThat(leakage(facts, "noise")).isBetween(0.42, 0.58);
    assertThat(leakage(facts, "missing else")).isBetween(0.4, 0.65);
    assertThat(leakage(facts, "id")).isBetween(0.42, 0.58);
  }

  private static double leakage(BatchFacts facts, String column) {
    return facts.column(column).orElseThrow().leakage().orElseThrow();
  }

  @Test
  void ofANumberTheCorrelationTells() {
    // x = 1, 2, 3, 4 and y = -1, -3, -2, -4: r = -0.8 by hand (Sxy = -4, Sxx = Syy = 5).
    double[] labels = {-1, -3, -2, -4};
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      rows.add(row("r" + i, i, labels[i], i + 1.0, 7.0, "t"));
    }
    rows.add(row("unlabelled", 9, null, 1e6, 7.0, "t"));
    StructType schema =
        schema("x", DataTypes.DoubleType, "c", DataTypes.DoubleType, "t", DataTypes.StringType);

    BatchFacts facts =
        BatchScan.of(
            frame(schema, rows),
            Expectations.inferred(
                ReferenceLabel.unknown(Task.REGRESSION),
                List.of(number("x", 2), number("c", 2), text("t", "t"))));

    assertThat(leakage(facts, "x")).isCloseTo(0.8, within(1e-12));
    assertThat(facts.column("c").orElseThrow().leakage().reason())
        .contains("The column or the label does not vary, or is too great.");
    assertThat(facts.column("t").orElseThrow().leakage().isDefined()).isFalse();
    assertThat(facts.labels().classes()).isEmpty();
    assertThat(facts.labels().least()).contains(-4.0);
    assertThat(facts.labels().greatest()).contains(-1.0);
    assertThat(facts.labels().mean()).contains(-2.5);
  }

  @Test
  void aLabelThatIsNoClassIsOurMistake() {
    for (double wrong : new double[] {0.5, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e12}) {
      Dataset<Row> batch =
          frame(schema("n", DataTypes.DoubleType), List.of(row("a", 0, wrong, 1.0)));
      assertThatThrownBy(() -> BatchScan.of(batch, binary(number("n", 1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("1 labels are no index of a class, 0 or above.");
    }
  }

  @Test
  void moreColumnsTakeNoMoreJobs() throws TimeoutException {
    assertThat(jobs(40)).isEqualTo(jobs(2)).isLessThanOrEqualTo(6);
  }

  private static int jobs(int columns) throws TimeoutException {
    StructType schema = schema();
    List<ReferenceColumn> references = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      boolean text = i % 2 == 0;
      schema = schema.add("c" + i, text ? DataTypes.StringType : DataTypes.DoubleType);
      references.add(text ? text("c" + i, "a", "b") : number("c" + i, 0.3, 0.6));
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Object[] cells = new Object[columns];
      for (int column = 0; column < columns; column++) {
        cells[column] = column % 2 == 0 ? (Object) "a" : (Object) (i / 20.0);
      }
      rows.add(row("r" + i, i, i % 2 * 1.0, cells));
    }
    Dataset<Row> batch = frame(schema, rows);
    Expectations expectations = binary(references.toArray(ReferenceColumn[]::new));
    return SparkJobs.during(() -> BatchScan.of(batch, expectations));
  }
}
