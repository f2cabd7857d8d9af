package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of incidents, over the tables of the quickstart; none of it is changed. */
class IncidentCommandsTest {
  @TempDir private Path directory;

  private static CommandRun run(String... arguments) {
    return CommandRun.of(arguments);
  }

  private static String first() {
    List<String> lines =
        run("incidents", "list", "--all", "--config", SmallQuickstart.configuration()).lines();
    String line = lines.get(1).trim();
    return line.substring(0, line.indexOf(' '));
  }

  @Test
  void theyAreListedAndShown() {
    CommandRun list =
        run("incidents", "list", "--all", "--config", SmallQuickstart.configuration());
    assertThat(list.code()).isZero();
    assertThat(list.out())
        .contains("credit-risk: 2 incidents.", "of 'income', 'loan_to_income' in state=QLD");
    CommandRun show =
        run("incidents", "show", first(), "--config", SmallQuickstart.configuration());
    assertThat(show.code()).isZero();
    assertThat(show.out()).contains("What happened:", "opened by leeway");
  }

  @Test
  void whatIsNotThereIsSaid() {
    CommandRun show =
        run("incidents", "show", "nothing", "--config", SmallQuickstart.configuration());
    assertThat(show.code()).isEqualTo(ExitCode.USER);
    assertThat(show.err())
        .contains("There is no incident 'nothing' of credit-risk. 'leeway incidents list --all'");
    CommandRun resolve =
        run("incidents", "resolve", "nothing", "--config", SmallQuickstart.configuration());
    assertThat(resolve.code()).isEqualTo(ExitCode.USER);
    assertThat(resolve.err()).contains("--by");
    assertThat(run("incidents").code()).isEqualTo(ExitCode.USER);
  }

  @Test
  void aReplaySaysWhatTheLiveRunsRaised() throws IOException {
    CommandRun replay = run("replay", "--config", SmallQuickstart.configuration());
    assertThat(replay.code()).isZero();
    assertThat(replay.out())
        .contains("2 incidents against 2.", "of 'income', 'loan_to_income' in state=QLD")
        .doesNotContain("only proposed", "only in force");
    Path lenient = directory.resolve("policy.conf");
    Files.writeString(lenient, "policy = [ { metric = psi, above = 20 } ]");
    CommandRun other =
        run("replay", "--config", SmallQuickstart.configuration(), "--policy", lenient.toString());
    assertThat(other.out()).contains("0 incidents against 2.", "only in force: ");
  }

  @Test
  void aPolicyThatCannotBeJudgedIsRefusedWithItsPlace() throws IOException {
    Path wrong = directory.resolve("policy.conf");
    Files.writeString(wrong, "policy = [\n { metric = psi, above = 0.1, for = \"5 of 3\" } ]");
    CommandRun replay =
        run("replay", "--config", SmallQuickstart.configuration(), "--policy", wrong.toString());
    assertThat(replay.code()).isEqualTo(ExitCode.USER);
    assertThat(replay.err()).contains(wrong + ":2: ", "'5 of 3' can never hold");
    Files.writeString(wrong, "policy = [ { metric = pis, above = 0.1 } ]");
    assertThat(
            run("replay", "--config", SmallQuickstart.configuration(), "--policy", wrong.toString())
                .err())
        .contains("'pis'", "psi");
    Files.writeString(wrong, "polices = []");
    assertThat(
            run("replay", "--config", SmallQuickstart.configuration(), "--policy", wrong.toString())
                .err())
        .contains("it has the keys [polices]; write policy = [");
  }
}
