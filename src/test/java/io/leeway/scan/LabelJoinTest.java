package io.leeway.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.testing.LocalSpark;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelJoinTest {
  private static final StructType PREDICTIONS = StructType.fromDDL("id STRING, place INT");

  /** Every prediction once, against looking all labels through for each. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyPredictionStaysWithTheLatestLabelOfItsIdentifier(long seed) {
    Random random = new Random(seed);
    boolean numbers = seed == 3;
    List<Row> predictions = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      predictions.add(RowFactory.create(id(random), i));
    }
    List<Row> labels = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Object value =
          random.nextInt(6) == 0
              ? null
              : numbers ? (Object) random.nextDouble() : "v" + random.nextInt(4);
      Timestamp time =
          random.nextInt(6) == 0 ? null : Timestamp.from(Instant.ofEpochSecond(random.nextInt(3)));
      labels.add(RowFactory.create(id(random), value, time));
    }

    Dataset<Row> joined =
        LabelJoin.of(
            LocalSpark.session().createDataFrame(predictions, PREDICTIONS),
            LocalSpark.session()
                .createDataFrame(
                    labels,
                    StructType.fromDDL(
                        "id STRING, label "
                            + (numbers ? "DOUBLE" : "STRING")
                            + ", label_time TIMESTAMP")));

    assertThat(joined.columns())
        .containsExactly("id", "place", "label", "label_time", "label_rows");
    List<String> expected = predictions.stream().map(row -> expected(row, labels)).toList();
    assertThat(joined.collectAsList().stream().map(Row::toString).toList())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Of few values, so that both sides repeat and miss some; one in ten is missing itself. */
  private static String id(Random random) {
    return random.nextInt(10) == 0 ? null : "id-" + random.nextInt(50);
  }

  @SuppressWarnings("unchecked")
  private static String expected(Row prediction, List<Row> labels) {
    String id = prediction.getString(0);
    List<Row> theirs =
        labels.stream()
            .filter(label -> id != null && Objects.equals(id, label.getString(0)))
            .toList();
    Comparator<Timestamp> byTime = Comparator.nullsFirst(Comparator.naturalOrder());
    Comparator<Comparable<Object>> byValue = Comparator.nullsFirst(Comparator.naturalOrder());
    Optional<Row> latest =
        theirs.stream()
            .max(
                Comparator.comparing((Row label) -> label.getTimestamp(2), byTime)
                    .thenComparing(label -> (Comparable<Object>) label.get(1), byValue));
    return RowFactory.create(
            id,
            prediction.getInt(1),
            latest.map(label -> label.get(1)).orElse(null),
            latest.map(label -> label.getTimestamp(2)).orElse(null),
            theirs.size())
        .toString();
  }
}
