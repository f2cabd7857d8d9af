package io.leeway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSparkTest {

  @TempDir private Path directory;

  @Test
  void aDeltaTableIsReadBackAsItWasWritten() {
    SparkSession spark = LocalSpark.session();
    String table = directory.resolve("table").toUri().toString();

    spark.range(3).write().format("delta").save(table);
    spark.range(3, 5).write().format("delta").mode("append").save(table);

    assertThat(spark.read().format("delta").load(table).as(Encoders.LONG()).collectAsList())
        .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
    assertThat(
            spark
                .read()
                .format("delta")
                .option("versionAsOf", 0)
                .load(table)
                .as(Encoders.LONG())
                .collectAsList())
        .containsExactlyInAnyOrder(0L, 1L, 2L);
  }

  @Test
  void everyoneGetsTheSameSession() {
    assertThat(LocalSpark.session()).isSameAs(LocalSpark.session());
    assertThat(LocalSpark.session().conf().get("spark.sql.session.timeZone")).isEqualTo("UTC");
  }
}
