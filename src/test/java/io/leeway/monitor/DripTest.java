package io.leeway.monitor;

import static io.leeway.monitor.LabelledTables.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.leeway.config.ModelConfig;
import io.leeway.monitor.LabelledTables.Label;
import io.leeway.monitor.LabelledTables.Prediction;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However labels trickle in, be they corrected, told again or taken back, the tables end as those
 * of one run over everything.
 */
class DripTest {
  private static final int PER_DAY = 40;
  private static final int REFERENCE_DAYS = 2;
  private static final int DAYS = 5;
  private static final String[] LABELS = {
    "labels { table = labels/, label = y, time = seen, mature-after = 2 days }",
    "fairness { attributes = [gender] }",
    "windows { base = 1 day, roll-up = [2 days], publish = [1 day, 2 days] }"
  };

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {3, 20260107})
  void labelsInAnyOrderEndInTheSameTables(long seed) {
    Random random = new Random(seed);
    LabelledTables tables = new LabelledTables(folder);
    List<Label> first = new ArrayList<>();
    List<Label> dripping = new ArrayList<>();
    predict(tables, random, first, dripping);
    tables.label(first);
    ModelConfig model = tables.model(REFERENCE_DAYS, "drip", LABELS);
    tables.run("drip", model, LabelledTables.LATER);

    Collections.shuffle(dripping, random);
    int half = dripping.size() / 2;
    tables.label(dripping.subList(0, half));
    tables.run("drip", model, LabelledTables.LATER);
    assertThat(tables.run("drip", model, LabelledTables.LATER).result())
        .isEqualTo(ModelReport.Result.NOTHING_DUE);
    tables.label(dripping.subList(half, dripping.size()));
    // The log is followed over two versions at once, one of which takes labels back.
    DeltaTable.forPath(LocalSpark.session(), tables.path("labels")).delete("id LIKE 'd4-%7'");
    tables.run("drip", model, LabelledTables.LATER);

    tables.run("once", tables.model(REFERENCE_DAYS, "once", LABELS), LabelledTables.LATER);
    List<String> once = tables.texts("once");
    List<String> dripped = tables.texts("drip");
    assertThat(dripped.stream().filter(row -> !once.contains(row)).limit(3)).isEmpty();
    assertThat(dripped).hasSameSizeAs(once);
  }

  private static void predict(
      LabelledTables tables, Random random, List<Label> first, List<Label> dripping) {
    List<Prediction> predictions = new ArrayList<>();
    for (int day = 1; day <= DAYS; day++) {
      for (int i = 0; i < PER_DAY; i++) {
        String id = "d" + day + "-" + i;
        double p = random.nextInt(100) / 100.0;
        predictions.add(
            new Prediction(
                id,
                at(day, i % 24),
                p,
                p > 0.4 ? "1" : "0",
                random.nextBoolean() ? "f" : "m",
                random.nextGaussian()));
        if (random.nextDouble() < 0.9) {
          Instant seen = at(day + 1, random.nextInt(24));
          Label label = new Label(id, random.nextDouble() < p ? "1" : "0", seen);
          boolean early = day <= REFERENCE_DAYS;
          (early ? first : dripping).add(label);
          if (!early && i % 5 == 0) {
            dripping.add(new Label(id, i % 2 == 0 ? "1" : "0", seen.plusSeconds(60)));
          }
          if (!early && i % 11 == 0) {
            dripping.add(label);
          }
        }
      }
    }
    tables.predict(predictions);
  }
}
