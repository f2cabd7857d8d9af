package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CoverageBenchCommandTest {

  /**
   * With 100 draws a share of .95 has an error of .022, so that some of 45 points are below .92.
   */
  @Test
  void printsItsTablesAndEndsWithThreeWhereABarIsMissed() {
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(new CoverageBenchCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(new StringWriter()))
            .execute("--draws=100");

    assertThat(code).isEqualTo(ExitCode.REFUSED);
    assertThat(out.toString())
        .startsWith("| interval | point | coverage | Monte Carlo error | mean width |\n|---|---|")
        .contains("\nBeyond the bars: roc_auc (logit), ");
  }
}
