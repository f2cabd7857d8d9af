package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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

  /** Over a copy, for tries are written down. */
  @Test
  void whatWaitsIsSentAndAReceiverThatIsDownFailsNothing() throws IOException {
    CommandRun none = run("incidents", "notify", "--config", SmallQuickstart.configuration());
    assertThat(none.code()).isZero();
    assertThat(none.out())
        .isEqualToIgnoringNewLines(
            "credit-risk: no channel takes notices; name one in leeway.notices.channels.");
    AtomicInteger status = new AtomicInteger(503);
    List<String> taken = Collections.synchronizedList(new ArrayList<>());
    HttpServer hook =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext(
        "/",
        exchange -> {
          taken.add(exchange.getRequestURI().getPath());
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    hook.start();
    try {
      String url = "http://127.0.0.1:" + hook.getAddress().getPort();
      CommandRun down = run("incidents", "notify", "--config", told("down", url));
      assertThat(down.code()).isZero();
      assertThat(down.out()).startsWith("credit-risk:").contains("  Channel down: retry 1.");
      assertThat(taken).containsExactly("/down");
      status.set(204);
      String up = told("up", url);
      CommandRun first = run("incidents", "notify", "--config", up, "--model", "credit-risk");
      assertThat(first.code()).isZero();
      List<String> told = List.copyOf(taken.subList(1, taken.size()));
      assertThat(told).hasSizeGreaterThan(1).containsOnly("/up");
      assertThat(first.lines())
          .containsExactly("credit-risk:", "  Channel up: delivered " + told.size() + ".");
      CommandRun again = run("incidents", "notify", "--config", up);
      assertThat(again.code()).isZero();
      assertThat(again.lines()).containsExactly("credit-risk: nothing waits.");
      assertThat(taken).hasSize(1 + told.size());
    } finally {
      hook.stop(0);
    }
    CommandRun unknown =
        run("incidents", "notify", "--config", told("no", "http://a"), "--model", "x");
    assertThat(unknown.code()).isEqualTo(ExitCode.USER);
    assertThat(unknown.err()).contains("'x'");
  }

  /** The configuration of a copy of the tables, with a channel of this name. */
  private String told(String name, String url) throws IOException {
    Path copy = directory.resolve("copy");
    if (Files.notExists(copy)) {
      try (Stream<Path> files = Files.walk(SmallQuickstart.folder())) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.resolve(SmallQuickstart.folder().relativize(file)));
        }
      }
    }
    Path told = copy.resolve(name + ".conf");
    String channel = "{ name = %s, type = webhook, url = \"%s/%s\" }".formatted(name, url, name);
    Files.writeString(
        told,
        Files.readString(Path.of(SmallQuickstart.configuration()))
                .replace(SmallQuickstart.folder().toString(), copy.toString())
            + "\nleeway.notices.channels = [ "
            + channel
            + " ]\n");
    return told.toString();
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
