package io.leeway.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.ModelConfig;
import io.leeway.config.RetrainConfig;
import io.leeway.config.TableRef;
import io.leeway.monitor.BaselineJob;
import io.leeway.store.SourceTable;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchCheckTest {
  private static final Instant LAST = SmallLoop.START.plus(Duration.ofDays(11));

  /** The first eleven of the twelve days. */
  private static final TrainingPeriod PERIOD =
      new TrainingPeriod(SmallLoop.START, LAST.minus(Duration.ofDays(3)), LAST, SmallLoop.NOW);

  private final SparkSession spark = LocalSpark.another();

  @TempDir private Path folder;
  private SmallLoop loop;
  private ModelConfig model;
  private Store store;

  @BeforeEach
  void written() {
    loop = new SmallLoop(spark, folder, "").written();
    String place = folder.resolve("store").toString();
    model = loop.model(place);
    store = loop.store(place);
  }

  private SourceTable table(String path) {
    return SourceTable.open(spark, new TableRef(path, true), OptionalLong.empty());
  }

  /** What is found under a code. */
  private List<String> found(String code, Instant asOf) {
    return found(code, asOf, model);
  }

  private List<String> found(String code, Instant asOf, ModelConfig model) {
    RetrainConfig config = model.retrain().orElseThrow();
    SourceTable predictions = table(loop.predictions());
    try (TrainingRows rows =
        TrainingRows.read(model, config.training(), predictions, table(loop.labels()), PERIOD)) {
      return BatchCheck.of(store, model, config, predictions, rows, asOf, Optional.empty())
          .words()
          .stream()
          .filter(of -> of.startsWith(code))
          .toList();
    }
  }

  /**
   * Row 1 199 is the last, 864 seconds before the end of the twelfth day; the period has the first
   * 1 100.
   */
  @Test
  void predictionsOfTheFutureAreFoundWhereTheyAreMoreThanAFewThoughNoneIsTrainedOn() {
    Instant last = SmallLoop.START.plusSeconds(1_199 * 864);

    assertThat(found("FUTURE_TIMESTAMP", last)).isEmpty();
    // 1 of 1 101 is less than one in a thousand.
    assertThat(found("FUTURE_TIMESTAMP", last.minusMillis(1))).isEmpty();
    assertThat(found("FUTURE_TIMESTAMP", last.minusSeconds(864).minusMillis(1)))
        .containsExactly(
            "FUTURE_TIMESTAMP: 2 of 1102 predictions, 0.1815 %, are later than"
                + " 2026-01-12T23:31:11.999Z, when the batch was made, the latest of"
                + " 2026-01-12T23:45:36Z; at most 0.1 % may be. Check clocks and time zones of what"
                + " writes the predictions.");
  }

  /** The period has 1 100 predictions, of which 100 are sampled. */
  private List<String> foundOfSample(String code) {
    ModelConfig sampled =
        new SmallLoop(spark, folder, "max-rows = 100").model(folder.resolve("store").toString());
    return found(code, SmallLoop.NOW, sampled);
  }

  @Test
  void aSampleOfRowsThatAllHaveALabelIsCoveredInFull() {
    assertThat(foundOfSample("LABEL_MATURITY_LOW")).isEmpty();

    // Six in ten lose their label.
    spark.sql("DELETE FROM delta.`%s` WHERE right(id, 1) < '6'".formatted(loop.labels()));
    assertThat(foundOfSample("LABEL_MATURITY_LOW"))
        .containsExactly(
            "LABEL_MATURITY_LOW: 40 % of the period's predictions have a label, at least 50 %"
                + " must, for those whose label comes early differ from the rest; wait, or train on"
                + " an earlier period.");
  }

  @Test
  void whatIsWrittenTwiceIsHeldAgainstAllPredictionsOfThePeriod() {
    writeAgain("p000001");
    assertThat(foundOfSample("DUPLICATE_KEY")).isEmpty();

    writeAgain("p000002");
    assertThat(foundOfSample("DUPLICATE_KEY"))
        .containsExactly(
            "DUPLICATE_KEY: 2 of the period's 1102 predictions, 0.1815 %, repeat the identifier of"
                + " another or have none; at most 0.1 % may. Look for a job that ran twice.");
  }

  private void writeAgain(String id) {
    spark.sql(
        "INSERT INTO delta.`%1$s` SELECT * FROM delta.`%1$s` WHERE id = '%2$s'"
            .formatted(loop.predictions(), id));
  }

  @Test
  void labelsThatLieOtherwiseThanInTheReferenceAreAWarning() {
    assertThat(new BaselineColumns(store, model).label().shares()).isEmpty();
    new BaselineJob(store, line -> {}).run(model, false);

    double positive =
        spark
            .sql(
                "SELECT avg(y) FROM delta.`%s` WHERE at < TIMESTAMP '2026-01-04'"
                    .formatted(loop.labels()))
            .first()
            .getDouble(0);
    Map<Integer, Double> shares = new BaselineColumns(store, model).label().shares();
    assertThat(shares).containsOnlyKeys(0, 1);
    assertThat(shares.get(1)).isCloseTo(positive, within(1e-12));
    assertThat(shares.get(0)).isCloseTo(1 - positive, within(1e-12));

    assertThat(found("LABEL_RATE_SHIFT", SmallLoop.NOW)).isEmpty();
    spark.sql(
        "UPDATE delta.`%s` SET y = 1 WHERE at >= TIMESTAMP '2026-01-04'".formatted(loop.labels()));
    assertThat(found("LABEL_RATE_SHIFT", SmallLoop.NOW))
        .hasSize(1)
        .allMatch(of -> of.startsWith("LABEL_RATE_SHIFT (warning): "));
  }
}
