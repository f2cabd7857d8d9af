package io.leeway.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.LeewayException;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ConformanceCommandTest {
  @TempDir private Path directory;

  @Test
  void folderThatAgreesEndsWithZeroAndIsWrittenInItsOwnOrder() throws IOException {
    TinyFolder folder = TinyFolder.complete(directory);
    Path actual = directory.resolve("out/actual.csv");
    Path asOf = directory.resolve("out/asof.csv");
    Path challenger = directory.resolve("out/challenger.csv");

    Run run =
        run(
            folder.path(),
            "--out",
            actual.toString(),
            "--asof-out",
            asOf.toString(),
            "--challenger-out",
            challenger.toString());

    assertThat(run.exitCode).as(run.toString()).isZero();
    assertThat(run.out)
        .contains("Agrees.")
        .contains("n_labeled")
        .contains("expected_asof.csv.gz")
        .contains("expected_challenger.csv.gz")
        .doesNotContain("Published, but not among the expected values");
    String columns =
        "window_start,window_end,segment_column,segment_value,feature,metric,value,"
            + "error_bound,status";
    List<String> lines = Files.readAllLines(actual);
    assertThat(lines.get(0)).isEqualTo("dataset," + columns);
    assertThat(Files.readAllLines(asOf).get(0)).isEqualTo("dataset,as_of," + columns);
    assertThat(Files.readAllLines(challenger).get(0)).isEqualTo("dataset," + columns);
    // The window of April has no rows, June lies behind the last row.
    assertThat(lines)
        .contains("tiny,2026-04-01T00:00:00Z,2026-05-01T00:00:00Z,,,,n,0,0,NO_DATA")
        .contains("tiny,2026-06-01T00:00:00Z,2026-07-01T00:00:00Z,,,,n,0,0,NO_DATA")
        .contains("tiny,2026-06-01T00:00:00Z,2026-07-01T00:00:00Z,,,,n_labeled,0,0,NO_DATA");
    Path again = Files.createDirectories(directory.resolve("again"));
    Map<ValuesFormat, Path> written =
        Map.of(
            ValuesFormat.EXPECTED, actual,
            ValuesFormat.AS_OF, asOf,
            ValuesFormat.CHALLENGER, challenger);
    for (Map.Entry<ValuesFormat, Path> file : written.entrySet()) {
      ValuesFormat format = file.getKey();
      TinyFolder.pack(format.in(again), Files.readAllBytes(file.getValue()));
      assertThat(ExpectedValues.read(again, format).orElseThrow().keySet())
          .containsExactlyElementsOf(
              ExpectedValues.read(folder.path(), format).orElseThrow().keySet());
    }
  }

  @Test
  void folderWithoutExpectedValuesIsRunAndWritten() throws IOException {
    TinyFolder folder = TinyFolder.withoutExpectedValues(directory);
    Path actual = directory.resolve("actual.csv.gz");
    Path work = directory.resolve("work");
    String[] options = {"--out", actual.toString(), "--base", "1 month", "--work", work.toString()};

    Run run = run(folder.path(), options);

    assertThat(run.exitCode).as(run.toString()).isZero();
    assertThat(run.out)
        .contains("base windows of 1 month")
        .contains("expected.csv.gz does not lie beside the data.");
    Path full = TinyFolder.in(directory.resolve("full")).path();
    Path again = Files.createDirectories(directory.resolve("again"));
    Files.copy(actual, ValuesFormat.EXPECTED.in(again));
    assertThat(ExpectedValues.read(again, ValuesFormat.EXPECTED).orElseThrow().keySet())
        .isEqualTo(ExpectedValues.read(full, ValuesFormat.EXPECTED).orElseThrow().keySet());
    // What the run left in its folder stays there and is not used again.
    try (Stream<Path> kept = Files.list(work)) {
      assertThat(kept).contains(work.resolve("predictions"), work.resolve("store"));
    }
    Run second = run(folder.path(), options);
    assertThat(second.exitCode).isEqualTo(2);
    assertThat(second.err).contains("is there already");
  }

  /** One value is another one, and one is of rows that are not there. */
  @Test
  void disagreementEndsWithThree() {
    TinyFolder folder =
        TinyFolder.in(directory)
            .with(
                "expected.csv",
                text ->
                    text.replaceFirst(
                            "(?m),prediction,null_rate,0\\.0$", ",prediction,null_rate,0.5")
                        + "tiny,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z,state,nowhere,,n,7\n");

    Run run = run(folder.path(), "--base", "1 month");

    assertThat(run.exitCode).as(run.toString()).isEqualTo(3);
    assertThat(run.out)
        .contains("Disagreements: 2\n")
        .contains("null_rate of prediction in [2026-01-01T00:00:00Z, 2026-03-01T00:00:00Z)")
        .contains("expected 0.5, published 0.0")
        .contains("n in [2026-03-01T00:00:00Z, 2026-04-01T00:00:00Z), state=nowhere")
        .contains("Does not agree.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schema.json| \"binary\"| \"ternary\"| schema.json: ",
        "schema.json| \"windows\"| \"windoes\"| schema.json: ",
        "schema.json| {| {{| schema.json: ",
        "schema.json| \"score\"| \"no_score\"| predictions.csv.gz: there is no column 'no_score'",
        "predictions.csv| ,reference,| ,refrence,| predictions.csv.gz:2: period 'refrence' is neither",
        "predictions.csv| 2026-02-12T| 2026-02-12 | is not a time",
        "predictions.csv| 2026-02-12T| 2027-02-12T| outside the reference window",
        "predictions.csv| ,132.1,| ,a lot,| predictions.csv.gz:2: 'amount' is not a number: 'a lot'",
        "predictions.csv| ,132.1,| ,132.1,1,| predictions.csv.gz:2: there are 14 fields for 13",
        "expected.csv| ,n,160| ,n,many| expected.csv.gz:2: ",
        "labels.csv| r1-0,0,| r1-0,0,on-| labels.csv.gz:2: 'on-2026-03-04T02:47:34Z' is not a time",
        "labels.csv| label_ts| labelts| labels.csv.gz: there is no column 'label_ts'",
        "expected.csv| metric| metrik| expected.csv.gz: there is no column 'metric'"
      })
  void brokenFilesAreRefusedByPlace(String file, String from, String to, String message) {
    TinyFolder folder =
        TinyFolder.in(directory)
            .with(file, text -> text.replaceFirst(java.util.regex.Pattern.quote(from), to));

    Run run = run(folder.path());

    assertThat(run.exitCode).as(run.toString()).isEqualTo(2);
    assertThat(run.err).contains(message);
  }

  @Test
  void missingFilesAreRefused() throws IOException {
    Run nothing = run(directory);
    assertThat(nothing.exitCode).isEqualTo(2);
    assertThat(nothing.err).contains("schema.json: there is no such file");

    TinyFolder folder = TinyFolder.in(directory);
    Files.delete(folder.path().resolve("predictions.csv.gz"));
    Run noRows = run(folder.path());
    assertThat(noRows.exitCode).isEqualTo(2);
    assertThat(noRows.err).contains("predictions.csv.gz: there is no such file.");
  }

  /** What a call printed and how it ended. */
  private static final class Run {
    private final StringWriter words = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private int exitCode;
    private String out;
    private String err;

    @Override
    public String toString() {
      return "exit code " + exitCode + "\n" + out + "\n" + err;
    }
  }

  private static Run run(Path folder, String... options) {
    Run run = new Run();
    run.exitCode =
        new CommandLine(new ConformanceCommand(LocalSpark::session))
            .setOut(new PrintWriter(run.words))
            .setErr(new PrintWriter(run.errors))
            .setExecutionExceptionHandler(
                (error, command, parsed) -> {
                  if (error instanceof LeewayException worded) {
                    command.getErr().println(worded.getMessage());
                    return worded.exitCode();
                  }
                  throw error;
                })
            .execute(
                Stream.concat(Stream.of(folder.toString()), Stream.of(options))
                    .toArray(String[]::new));
    run.out = run.words.toString();
    run.err = run.errors.toString();
    return run;
  }
}
