package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentsFoldedTest {
  /** The reference and day 3 have two towns, day 4 has eight of ten rows each; limit is two. */
  @Test
  void saysHowManySegmentsAreToldAsOne(@TempDir Path folder) {
    MonitoredTable table = new MonitoredTable(folder);
    String rest = "'v1' AS version, (id % 9) / 9.0D AS p, id % 2 AS side, id % 5 * 1.5D AS x";
    table.append(1, 3, 80, "concat('t', id % 2) AS town, " + rest);
    table.append(4, 4, 80, "concat('t', id % 8) AS town, " + rest);
    table.monitor(
        table.model(
            "features { numeric = [x] }",
            "slices = [[town], [side], [town, side]]",
            "windows { base = 1 day, roll-up = [2 days] }",
            "max-segments = 2",
            "reference { from = 2026-01-01, until = 2026-01-03 }"));

    List<Row> folded = table.metrics("metric = 'segments_folded' AND slice = '[town]'");
    assertThat(folded).hasSize(1);
    Row row = folded.get(0);
    // The two towns of the reference are admitted, of the six others two keep their name.
    assertThat(row.<Double>getAs("value")).isEqualTo(4.0);
    assertThat(row.<Long>getAs("n")).isEqualTo(40);
    assertThat(row.<String>getAs("segment")).isEqualTo("town=(other)");
    assertThat(row.<String>getAs("column_name")).isEmpty();
    assertThat(row.<String>getAs("granularity")).isEqualTo("1 day");
    assertThat(row.<String>getAs("model_version")).isEqualTo("v1");
    assertThat(row.<String>getAs("comparison")).isEqualTo("none");
    assertThat(row.<String>getAs("status")).isEqualTo("OK");
    assertThat(row.getTimestamp(row.fieldIndex("window_start")).toInstant())
        .isEqualTo("2026-01-04T00:00:00Z");

    assertThat(table.metrics("metric = 'segments_folded' AND slice = '[side]'")).isEmpty();
    // Each town lies on one side, so there are eight pairs: those named and those folded.
    String pairs =
        "slice = '[town, side]' AND granularity = '1 day' AND column_name = '' "
            + "AND window_start = timestamp'2026-01-04T00:00:00Z' AND ";
    double folds =
        table.metrics(pairs + "metric = 'segments_folded'").stream()
            .mapToDouble(cross -> cross.<Double>getAs("value"))
            .sum();
    assertThat(folds).isPositive();
    assertThat(table.metrics(pairs + "metric = 'n' AND NOT segment LIKE '%(other)%'"))
        .hasSize(8 - (int) folds);
    assertThat(table.metrics("metric = 'segments_folded' AND granularity <> '1 day'")).isEmpty();
  }
}
