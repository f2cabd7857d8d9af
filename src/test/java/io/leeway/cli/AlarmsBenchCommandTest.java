package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AlarmsBenchCommandTest {
  @Test
  void printsTheKindsAskedFor() {
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(new AlarmsBenchCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(new StringWriter()))
            .execute("--histories=1", "--quiet=PLAIN", "--no-changes");

    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines()).hasSize(3);
    assertThat(out.toString())
        .contains("\n| plain | 1 | 0 | 95.0 % | 0 | 95.0 % | 0.000 | 100 % |");
  }
}
