package io.leeway.retrain.expect;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.Task;
import io.leeway.domain.Window;
import io.leeway.testing.LocalSpark;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expectations of one draw of rows, and another draw of the same source. */
class SiblingDrawsTest {
  private static final Instant FIRST = Instant.parse("2026-02-01T00:00:00Z");
  private static final Window PERIOD = new Window(FIRST, FIRST.plusSeconds(86_400));
  private static final int ROWS = 2_000;
  private static final StructType SCHEMA =
      new StructType()
          .add(BatchScan.ID, DataTypes.StringType)
          .add(BatchScan.TIME, DataTypes.TimestampType)
          .add(BatchScan.LABEL, DataTypes.DoubleType)
          .add("pay", DataTypes.DoubleType)
          .add("visits", DataTypes.IntegerType)
          .add("suburb", DataTypes.StringType)
          .add("rare", DataTypes.BooleanType);

  /** Heavy-tailed pay, many zeros among visits, some hundred suburbs, and a flag that is rare. */
  private static List<Row> draw(SplittableRandom random) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      double pay = Math.pow(random.nextDouble(), -0.5);
      boolean bad = random.nextDouble() < 0.3 / pay;
      rows.add(
          RowFactory.create(
              "r" + i,
              Timestamp.from(FIRST.plusSeconds(i)),
              random.nextInt(10) == 0 ? null : (Double) (bad ? 1.0 : 0.0),
              random.nextInt(20) == 0 ? null : (Double) pay,
              random.nextInt(3) > 0 ? 0 : random.nextInt(30),
              "suburb " + (int) (300 * Math.pow(random.nextDouble(), 3)),
              random.nextInt(1_000) == 0));
    }
    return rows;
  }

  private static ReferenceColumn numeric(List<Row> rows, int column, String name, String type) {
    double[] values =
        rows.stream()
            .filter(row -> !row.isNullAt(column))
            .mapToDouble(row -> ((Number) row.get(column)).doubleValue())
            .sorted()
            .toArray();
    double[] edges = new double[9];
    for (int k = 1; k <= 9; k++) {
      edges[k - 1] = values[values.length * k / 10];
    }
    double[] distinct = Arrays.stream(edges).distinct().toArray();
    long[] counts = new long[distinct.length + 1];
    for (double value : values) {
      counts[(int) Arrays.stream(distinct).filter(edge -> edge <= value).count()]++;
    }
    return ReferenceColumn.numeric(
        name,
        type,
        rows.size(),
        rows.size() - values.length,
        Optional.of(values[0]),
        Optional.of(values[values.length - 1]),
        Optional.of(BinShares.of(distinct, counts)));
  }

  private static ReferenceColumn categorical(List<Row> rows, int column, String name, String type) {
    SortedMap<String, Double> shares = new TreeMap<>();
    rows.forEach(row -> shares.merge(String.valueOf(row.get(column)), 1.0 / ROWS, Double::sum));
    return ReferenceColumn.categorical(name, type, rows.size(), 0, shares);
  }

  private static Expectations expectations(List<Row> rows) {
    long bad = rows.stream().filter(row -> !row.isNullAt(2) && row.getDouble(2) == 1).count();
    long known = rows.stream().filter(row -> !row.isNullAt(2)).count();
    SortedMap<Integer, Double> classes = new TreeMap<>();
    classes.put(0, 1 - (double) bad / known);
    classes.put(1, (double) bad / known);
    return Expectations.inferred(
        new ReferenceLabel(Task.BINARY, classes),
        List.of(
            numeric(rows, 3, "pay", "DOUBLE"),
            numeric(rows, 4, "visits", "INT"),
            categorical(rows, 5, "suburb", "STRING"),
            categorical(rows, 6, "rare", "BOOLEAN")));
  }

  private static Validation validate(Expectations expectations, List<Row> batch) {
    return Validation.of(
        expectations,
        BatchScan.of(LocalSpark.session().createDataFrame(batch, SCHEMA), expectations),
        new PeriodFacts(PERIOD, PERIOD.end(), Optional.empty()));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void nothingIsWrongWithTheReferenceItselfNorWithItsSibling(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> reference = draw(random);
    Expectations expectations = expectations(reference);

    assertThat(validate(expectations, reference).anomalies()).isEmpty();
    assertThat(validate(expectations, draw(random)).anomalies()).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {5})
  void whatIsBrokenIsFound(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Expectations expectations = expectations(draw(random));
    List<Row> broken = new ArrayList<>();
    for (Row row : draw(random)) {
      boolean bad = !row.isNullAt(2) && row.getDouble(2) == 1;
      broken.add(
          RowFactory.create(
              row.get(0), row.get(1), row.get(2), bad ? -1e9 : 2.0, 0, "Suburb 1", row.get(6)));
    }

    assertThat(validate(expectations, broken).anomalies())
        .extracting(each -> each.column().orElse("") + ":" + each.code())
        .containsExactly(
            "pay:FLOAT_TYPE_SMALL_FLOAT",
            "pay:COMPARATOR_L_INFTY_HIGH",
            "pay:TARGET_LEAKAGE_SUSPECT",
            "suburb:ENUM_TYPE_UNEXPECTED_STRING_VALUES",
            "suburb:FEATURE_STUCK",
            "suburb:COMPARATOR_L_INFTY_HIGH",
            "visits:FEATURE_STUCK",
            "visits:COMPARATOR_L_INFTY_HIGH");
  }
}
