package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AbBenchCommandTest {
  private static int run(StringWriter out, String... args) {
    return new CommandLine(new AbBenchCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(args);
  }

  @Test
  void printsItsTable() {
    StringWriter out = new StringWriter();
    assertThat(run(out, "--tests=1", "--seed=2")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString())
        .startsWith("| challenger | base rate | tests | SHIP | at most |")
        .contains("\n| nothing differs | 5 % | 1 | 0.0 % | 95.0 % |");
  }

  @Test
  void saysWhatItDoes() {
    StringWriter out = new StringWriter();
    assertThat(run(out, "--help")).isEqualTo(0);
    assertThat(out.toString()).contains("than 5 % of tests say SHIP").contains("--seed");
  }
}
