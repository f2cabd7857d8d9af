package io.leeway.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.cli.conformance.DistinctValues.Group;
import io.leeway.domain.Window;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must be exact, and which bounds are too large. */
class ExactnessTest {
  private static final Window MARCH =
      new Window(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));

  @TempDir private Path directory;

  private static ValueKey whole(String metric) {
    return new ValueKey(Optional.empty(), MARCH, "", "", "", metric);
  }

  private static PublishedValue value(double value, double bound) {
    return new PublishedValue(OptionalDouble.of(value), OptionalDouble.of(bound), "OK");
  }

  private ExactnessCheck check(String metric, double bound, int distinctScores) {
    FolderSchema schema = FolderSchema.read(TinyFolder.in(directory).path());
    DistinctValues outcomes = new DistinctValues(ExactnessCheck.FEW_OUTCOMES);
    for (int i = 0; i < distinctScores; i++) {
      outcomes.add(List.of(new Group(MARCH, "", "")), "score", i);
    }
    PredictionTable table =
        new PredictionTable(
            directory,
            new TableColumns(List.of(), schema),
            0,
            Set.of(),
            Set.of(),
            new DistinctValues(ExactnessCheck.FEW),
            outcomes);
    return ExactnessCheck.of(
        Map.of(whole(metric), value(0.5, bound)),
        schema,
        new FileMetrics(schema, ValuesFormat.EXPECTED),
        table);
  }

  @ParameterizedTest
  @CsvSource({
    "roc_auc,  0,    4096, 0",
    "roc_auc,  1e-6, 4096, 1",
    "roc_auc,  1e-6, 4097, 0",
    "pr_auc,   1e-6, 4096, 1",
    "pr_auc,   1e-6, 4097, 0",
    "accuracy, 0,    4097, 0",
    "accuracy, 1e-6, 4097, 1",
    "log_loss, 1e-6, 4097, 1"
  })
  void ranksMayBeBoundedBeyondFewScoresAndNothingElseMay(
      String metric, double bound, int distinctScores, int broken) {
    assertThat(check(metric, bound, distinctScores).broken()).hasSize(broken);
  }

  @ParameterizedTest
  @CsvSource({
    "roc_auc,             0.5,  0.001,   0",
    "roc_auc,             0.5,  0.0011,  1",
    "roc_auc_ovr[a[0]],   0.5,  0.0011,  1",
    "roc_auc_ovr_macro,   0.5,  0.0011,  1",
    "pr_auc,              0.5,  0.005,   0",
    "pr_auc,              0.5,  0.0051,  1",
    "median_ae,           100,  0.5,     0",
    "median_ae,           100,  0.51,    1",
    "median_ae,           0.01, 0.001,   1",
    "median_ae,           0,    0,       0",
    "ks_statistic,        0.5,  0.5,     0"
  })
  void boundsAboveTheirLimitAreListed(String metric, double value, double bound, int listed) {
    assertThat(OutcomeBound.above(Map.of(whole(metric), value(value, bound)))).hasSize(listed);
  }

  @Test
  void keysTellTheClassFromTheMetric() {
    assertThat(whole("precision[a[0]]").plainMetric()).isEqualTo("precision");
    assertThat(whole("precision[a[0]]").classLabel()).isEqualTo("a[0]");
    assertThat(whole("precision").plainMetric()).isEqualTo("precision");
    assertThat(whole("precision").classLabel()).isEmpty();
  }
}
