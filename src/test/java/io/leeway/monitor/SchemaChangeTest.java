package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ModelConfig;
import io.leeway.domain.ColumnKind;
import io.leeway.domain.ColumnRole;
import io.leeway.monitor.Baseline.ChosenColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class SchemaChangeTest {
  private static ModelConfig model(String features) {
    return new SmallModel("m", 5, features).config("/t", "/s").models().get(0);
  }

  private static ChosenColumn column(String name, String type) {
    return new ChosenColumn(
        name, name, ColumnRole.FEATURE, ColumnKind.NUMERIC, type, "for the test", null);
  }

  private static List<String> changes(String features, Map<String, DataType> now) {
    return SchemaChange.of(
            model(features), List.of(column("age", "INT"), column("p", "DOUBLE")), now)
        .stream()
        .map(SchemaChange::text)
        .toList();
  }

  private static Map<String, DataType> now(Object... namesAndTypes) {
    Map<String, DataType> columns = new LinkedHashMap<>();
    columns.put("id", DataTypes.LongType);
    columns.put("at", DataTypes.TimestampType);
    columns.put("version", DataTypes.StringType);
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      columns.put((String) namesAndTypes[i], (DataType) namesAndTypes[i + 1]);
    }
    return columns;
  }

  @Test
  void sameColumnsAreNoChange() {
    assertThat(changes("", now("p", DataTypes.DoubleType, "age", DataTypes.IntegerType))).isEmpty();
    // Spark takes names without regard to case.
    assertThat(changes("", now("P", DataTypes.DoubleType, "Age", DataTypes.IntegerType))).isEmpty();
  }

  @Test
  void goneChangedAndNewColumnsAreTold() {
    assertThat(changes("", now("age", DataTypes.StringType, "more", DataTypes.LongType)))
        .containsExactly(
            "column 'age' was of type INT and is of type STRING",
            "column 'p' of type DOUBLE is gone",
            "column 'more' of type BIGINT is new and not monitored");
  }

  /** Whoever lists features has not asked for others. */
  @Test
  void newColumnsAreNoneOfAListedModel() {
    assertThat(
            changes(
                "features { numeric = [age] }",
                now(
                    "p", DataTypes.DoubleType,
                    "age", DataTypes.IntegerType,
                    "more", DataTypes.LongType)))
        .isEmpty();
  }

  @Test
  void changeIsAMeasureOfItsColumn() {
    SchemaChange gone = SchemaChange.of(model(""), List.of(column("age", "INT")), now()).get(0);
    assertThat(gone.measure().value()).isEqualTo(1.0);
    assertThat(gone.measure().reason())
        .isEqualTo("Since the baseline: column 'age' of type INT is gone.");
  }
}
