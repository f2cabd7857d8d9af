package io.leeway.monitor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionsTest {
  /** Fewer exact values, segments and categories than there are: bins and folds take part. */
  static final SmallModel MODEL =
      new SmallModel(
          "m",
          3,
          """
          features { numeric = [amount, age], categorical = [product] }
          slices = [[region], [region, product]]
          windows { base = 1 day, roll-up = [2 days] }
          exact-values = 8, max-segments = 9
          """);

  /** Two tables have two ids, and the names of runs and references follow from them. */
  private static final Set<String> OF_A_TABLE = Set.of("run_id", "baseline_id");

  /** When files were committed is no matter of their rows. */
  private static final Set<String> OF_COMMITS =
      Set.of(
          "\"metric\":\"arrival_delay_mean\"",
          "\"metric\":\"late_rate\"",
          "\"metric\":\"future_rate\"",
          "\"metric\":\"freshness_seconds\"");

  private final SparkSession spark = LocalSpark.compiling().newSession();

  @Test
  void howTheRowsAreCutAndOrderedChangesNoBit(@TempDir Path folder) {
    Dataset<Row> rows = SmallModel.predictions(spark, 1, 6, 150);

    List<String> one = published(folder.resolve("one"), rows.coalesce(1).sort("id").coalesce(1), 1);
    List<String> two =
        published(
            folder.resolve("two"),
            rows.repartition(2).sortWithinPartitions(col("amount").desc()),
            2);
    List<String> seven =
        published(
            folder.resolve("seven"),
            rows.repartitionByRange(7, expr("xxhash64(id)"))
                .sortWithinPartitions(expr("xxhash64(id, 'order')")),
            7);

    assertThat(one).anyMatch(row -> row.contains("(other)"));
    assertThat(two).isEqualTo(one);
    assertThat(seven).isEqualTo(one);
  }

  private List<String> published(Path place, Dataset<Row> rows, int files) {
    String table = place.resolve("predictions").toString();
    String store = place.resolve("store").toString();
    rows.write().format("delta").save(table);
    assertThat(spark.read().format("delta").load(table).inputFiles()).hasSize(files);
    MODEL.run(spark, table, store, SmallModel.due());
    Set<String> leftOut = new TreeSet<>(SmallModel.OF_AN_ATTEMPT);
    leftOut.addAll(OF_A_TABLE);
    return MODEL.published(spark, store, leftOut).stream()
        .filter(row -> OF_COMMITS.stream().noneMatch(row::contains))
        .toList();
  }
}
