package io.leeway.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A regression whose predictions all fall into one bin, in windows that are no calendar's. */
class CrowdedWindowTest {
  private static final int REFERENCE = 6_000;
  private static final int WINDOW = 5_000;

  @TempDir private Path directory;

  // The reference is spread over [0, 1), the window over [0.5, 0.501): fewer than two bins of the
  // reference's 256, and more distinct values than are kept exactly. The expected statistic is
  // counted from the two samples by its definition.
  @Test
  void seed7CrowdedWindowIsListedAndWithinItsBound() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    double[] reference = random.doubles(REFERENCE).toArray();
    double[] window = random.doubles(WINDOW).map(x -> 0.5 + x / 1_000).toArray();
    write(reference, window);

    ConformanceReport report =
        new Conformance(LocalSpark.session(), directory.resolve("work"), line -> {})
            .run(directory, Optional.empty(), Optional.empty());

    StringWriter words = new StringWriter();
    report.print(new PrintWriter(words));
    assertThat(report.agrees()).as(words.toString()).isTrue();
    assertThat(report.agreement().orElseThrow().compared()).hasSize(2);
    assertThat(report.singleWindows().unchecked()).isEqualTo(1);
    assertThat(report.largeBounds())
        .singleElement()
        .satisfies(
            large -> {
              assertThat(large.key().feature()).isEqualTo("prediction");
              assertThat(large.errorBound()).isGreaterThan(KsBounds.LARGE);
              assertThat(large.fullestBin()).isGreaterThan(0.2);
            });
    assertThat(words.toString()).contains("window crowded into few bins: 1\n");
    assertThat(report.exactness().share()).isLessThan(1);
  }

  private void write(double[] reference, double[] window) throws IOException {
    List<String> rows = new ArrayList<>();
    rows.add("prediction_id,ts,period,model_version,prediction");
    for (int i = 0; i < reference.length; i++) {
      rows.add("r" + i + ",2026-01-05T00:00:00Z,reference,v1," + reference[i]);
    }
    // Two versions: the format has one value for both. Rows only in the middle of the window.
    for (int i = 0; i < window.length; i++) {
      rows.add("w" + i + ",2026-03-05T06:00:00Z,analysis,v" + (1 + i % 2) + "," + window[i]);
    }
    pack("predictions.csv.gz", rows);
    pack(
        "expected.csv.gz",
        List.of(
            "dataset,window_start,window_end,segment_column,segment_value,feature,metric,value",
            "crowded/1,2026-03-02T00:00:00Z,2026-03-12T00:00:00Z,,,,n," + window.length,
            "crowded/1,2026-03-02T00:00:00Z,2026-03-12T00:00:00Z,,,prediction,ks_statistic,"
                + kolmogorovSmirnov(reference, window)));
    Files.writeString(
        directory.resolve("schema.json"),
        """
        {"dataset": "crowded/1", "task": "regression", "numeric_features": [],
         "categorical_features": [], "segment_columns": [], "score_columns": [],
         "prediction_column": "prediction", "classes": null, "positive_class": null,
         "reference": {"period": "reference",
                       "window": ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"]},
         "windows": [["2026-03-02T00:00:00Z", "2026-03-12T00:00:00Z"]]}
        """);
  }

  private void pack(String name, List<String> lines) throws IOException {
    String text = String.join("\n", lines) + "\n";
    TinyFolder.pack(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  private static double kolmogorovSmirnov(double[] reference, double[] window) {
    TreeSet<Double> values = new TreeSet<>();
    for (double value : reference) {
      values.add(value);
    }
    for (double value : window) {
      values.add(value);
    }
    double[] before = reference.clone();
    double[] after = window.clone();
    java.util.Arrays.sort(before);
    java.util.Arrays.sort(after);
    double largest = 0;
    int i = 0;
    int j = 0;
    for (double value : values) {
      while (i < before.length && before[i] <= value) {
        i++;
      }
      while (j < after.length && after[j] <= value) {
        j++;
      }
      largest = Math.max(largest, Math.abs((double) i / before.length - (double) j / after.length));
    }
    return largest;
  }
}
