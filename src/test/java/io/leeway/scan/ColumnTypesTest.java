package io.leeway.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.Slice;
import io.leeway.domain.UserException;
import io.leeway.domain.Window;
import io.leeway.profile.Categories;
import io.leeway.profile.NumericGrid;
import io.leeway.testing.LocalSpark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tinyint",
        "smallint",
        "int",
        "bigint",
        "float",
        "double",
        "decimal(10,2)",
        "date",
        "timestamp",
        "timestamp_ntz"
      })
  void numbersDatesAndTimesAreNumeric(String type) {
    assertThat(ColumnTypes.kindOf(DataType.fromDDL(type))).contains(ColumnKind.NUMERIC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"string", "char(3)", "varchar(9)", "boolean"})
  void textsAndBooleansAreCategorical(String type) {
    assertThat(ColumnTypes.kindOf(DataType.fromDDL(type))).contains(ColumnKind.CATEGORICAL);
  }

  @Test
  void otherTypesAreRefusedWithAdvice() {
    assertThat(ColumnTypes.kindOf(SQLDataTypes.VectorType())).isEmpty();
    assertThat(ColumnTypes.advice(SQLDataTypes.VectorType())).contains("norm or single entries");
    assertThat(ColumnTypes.advice(DataType.fromDDL("array<int>"))).contains("size(tags)");
    assertThat(ColumnTypes.advice(DataType.fromDDL("map<string,int>"))).contains("entries");
    assertThat(ColumnTypes.advice(StructType.fromDDL("a int"))).contains("dotted path");
    assertThat(ColumnTypes.advice(DataTypes.BinaryType)).contains("length(photo)");
    assertThat(ColumnTypes.advice(DataTypes.createDayTimeIntervalType())).contains("Cast");
  }

  private static ScanSpec spec(MonitoredColumn column) {
    Window window = new Window(Applications.START, Applications.START.plusSeconds(60));
    return new ScanSpec(
        "ts",
        Optional.empty(),
        Optional.empty(),
        "",
        List.of(Slice.OVERALL),
        Map.of(),
        List.of(column),
        List.of(window),
        Set.of(),
        10,
        1000);
  }

  @Test
  void aScanOfSuchAColumnNamesColumnTypeAndRemedy() {
    Dataset<Row> table =
        LocalSpark.compiling()
            .sql("select current_timestamp() as ts, array(1, 2) as tags, 'x' as t");
    NumericGrid grid =
        new NumericGrid(
            ColumnKind.NUMERIC, new double[] {0}, new double[0], new int[] {0, 0}, 0, 9, 9, 9);

    assertThatThrownBy(
            () -> ProfileScan.of(table, spec(MonitoredColumn.numeric("tags", "tags", grid))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Column 'tags' is of type ARRAY<INT>, which cannot be read as a number. Monitor its"
                + " length or single elements, as in size(tags) or scores[0].");
    assertThatThrownBy(() -> ProfileScan.of(table, spec(MonitoredColumn.numeric("t", "t", grid))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("STRING")
        .hasMessageEndingWith("Declare it as categorical.");
    assertThatThrownBy(
            () ->
                ProfileScan.of(
                    table,
                    spec(
                        MonitoredColumn.categorical("tags", "tags", new Categories(List.of(), 9)))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot be read as a category");
  }
}
