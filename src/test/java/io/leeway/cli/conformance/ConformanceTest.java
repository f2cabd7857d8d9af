package io.leeway.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.leeway.domain.Period;
import io.leeway.testing.LocalSpark;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The published datasets with expected values, which lie beside the project or where the property
 * {@code leeway.data} says. The expected values were made with other software; their own page says
 * how. The suite holds one folder; continuous integration runs them all.
 */
class ConformanceTest {
  private static final Path DATA = Path.of(System.getProperty("leeway.data", "../shared/data"));

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0}")
  @CsvSource({"california_housing, 1 day"})
  void publishedValuesAreTheExpectedOnes(String dataset, String base) {
    Path folder = DATA.resolve(dataset);
    assumeThat(Files.isDirectory(folder)).as("%s is there", folder.toAbsolutePath()).isTrue();

    ConformanceReport report =
        new Conformance(LocalSpark.compiling(), directory, line -> {})
            .run(folder, Optional.of(Period.parse(base)), Map.of());

    StringWriter words = new StringWriter();
    report.print(new PrintWriter(words));
    assertThat(report.agrees()).as(words.toString()).isTrue();
    assertThat(report.files())
        .extracting(FileResult::format)
        .containsExactly(ValuesFormat.EXPECTED, ValuesFormat.AS_OF);
    for (FileResult file : report.files()) {
      Agreement agreement = file.agreement().orElseThrow();
      assertThat(agreement.compared()).hasSameSizeAs(file.expectedKeys());
      assertThat(agreement.unexpected()).isZero();
      assertThat(file.largeBounds()).isEmpty();
    }
    assertThat(report.singleWindows().compared()).isPositive();
    assertThat(report.singleWindows().unchecked()).isZero();
    assertThat(report.largeBounds()).as(words.toString()).allMatch(KsBounds.Large::isCrowded);
  }
}
