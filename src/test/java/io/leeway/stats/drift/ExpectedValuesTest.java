package io.leeway.stats.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leeway.stats.inference.ChiSquare;
import io.leeway.stats.inference.KolmogorovDistribution;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * P-values against those that SciPy gave for the public datasets. The folder is the system property
 * {@code leeway.data}, or {@code ../shared/data} beside the project.
 */
class ExpectedValuesTest {
  private static final Path DATA =
      Path.of(System.getProperty("leeway.data", Path.of("..", "shared", "data").toString()));
  private static final double TOLERANCE = 1e-8;

  @Test
  void kolmogorovPValuesAreScipys() throws IOException {
    for (Map<String, Double> row : rowsWith("ks_pvalue")) {
      long m = row.get("n_ref").longValue();
      long n = row.get("n_win").longValue();
      double d = row.get("ks_statistic");
      long points = KolmogorovDistribution.points(m, n);
      assertThat(KolmogorovDistribution.upperTail(d, points))
          .as("ks_pvalue of D %s with %s and %s rows", d, m, n)
          .isCloseTo(row.get("ks_pvalue"), within(TOLERANCE));
      double t = Math.sqrt((double) m * n / (m + n)) * d;
      assertThat(KolmogorovDistribution.limitUpperTail(t))
          .as("ks_pvalue_limit of D %s with %s and %s rows", d, m, n)
          .isCloseTo(row.get("ks_pvalue_limit"), within(TOLERANCE));
    }
  }

  @Test
  void chiSquarePValuesAreScipys() throws IOException {
    for (Map<String, Double> row : rowsWith("chi2_pvalue")) {
      double chi2 = row.get("chi2");
      double rows = row.get("n_ref") + row.get("n_win");
      assertThat(ChiSquare.upperTail(chi2, row.get("chi2_dof")))
          .as("chi2_pvalue of %s with %s degrees", chi2, row.get("chi2_dof"))
          .isCloseTo(row.get("chi2_pvalue"), within(TOLERANCE));
      assertThat(Math.sqrt(chi2 / rows)).isCloseTo(row.get("cramers_v"), within(TOLERANCE));
    }
  }

  /** Metric to value, for each window, segment and feature that has the metric. */
  private static List<Map<String, Double>> rowsWith(String metric) throws IOException {
    assumeTrue(
        Files.isDirectory(DATA),
        "Skipped: " + metric + " of the public datasets; there is no folder " + DATA);
    List<Map<String, Double>> found = new ArrayList<>();
    try (Stream<Path> folders = Files.list(DATA)) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        Map<String, Map<String, Double>> groups = new HashMap<>();
        try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(folder.resolve("expected.csv.gz"))),
                    StandardCharsets.UTF_8))) {
          lines
              .lines()
              .skip(1)
              .forEach(
                  line -> {
                    int value = line.lastIndexOf(',');
                    int name = line.lastIndexOf(',', value - 1);
                    if (value + 1 < line.length()) {
                      groups
                          .computeIfAbsent(line.substring(0, name), key -> new HashMap<>())
                          .put(
                              line.substring(name + 1, value),
                              Double.valueOf(line.substring(value + 1)));
                    }
                  });
        }
        groups.values().stream().filter(group -> group.containsKey(metric)).forEach(found::add);
      }
    }
    assertThat(found).as("rows with %s in %s", metric, DATA).isNotEmpty();
    return found;
  }
}
