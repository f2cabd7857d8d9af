package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people write by mistake where operations and business metrics are configured. */
class ServiceInputTest {

  @TempDir private static Path directory;

  @BeforeAll
  static void writeRows() {
    LocalSpark.session()
        .sql(
            "SELECT id, timestamp'2026-01-01T12:00:00Z' AS t, 0.5D AS p, 'slow' AS took,"
                + " double(id) AS revenue, id - 3 AS items FROM range(8)")
        .coalesce(1)
        .write()
        .format("delta")
        .save(directory.resolve("rows").toString());
  }

  private static CommandRun run(String command, String lines) throws IOException {
    Path file = Files.createTempFile(directory, "service", ".conf");
    Files.writeString(
        file,
        """
        leeway {
          store.path = "results"
          models.credit {
            task = binary
            predictions { table = "./rows", id = id, time = t, score = p }
            features = [items]
            reference { from = 2026-01-01, until = 2026-02-01 }
            %s
          }
        }
        """
            .formatted(lines));
    return CommandRun.of(command, "--config", file.toString());
  }

  private static void refused(String lines, String... words) throws IOException {
    for (String command : new String[] {"check", "monitor"}) {
      CommandRun run = run(command, lines);
      assertThat(run.code()).as(run.err()).isEqualTo(2);
      assertThat(run.err()).contains(words).doesNotContain("bug", "\tat ");
    }
  }

  @Test
  void latencyInStringsIsRefused() throws IOException {
    refused(
        "operations { latency = took, cost = took, gauges = [took] }",
        "Model 'credit', operations.latency: column 'took'",
        "Model 'credit', operations.cost: column 'took'",
        "Model 'credit', operations.gauges: column 'took'",
        "is of type string, but must be a number");
  }

  @Test
  void sqlThatIsNotOfOneRowIsRefused() throws IOException {
    refused(
        """
        business {
          looked_up = "revenue + (select max(id) from range(3))"
          summed = "sum(revenue)"
          ranked = "rank() over (order by revenue)"
          drawn = "revenue * rand()"
        }""",
        "Model 'credit', business.looked_up: \"revenue + (select max(id) from range(3))\"",
        "holds a sub-query",
        "Model 'credit', business.summed",
        "Model 'credit', business.ranked",
        "does not give one value a row",
        "Model 'credit', business.drawn",
        "gives another value each time");
  }

  @Test
  void sqlThatFailsOnARowIsNamedWithItsKey() throws IOException {
    CommandRun run = run("monitor", "business { each = \"revenue / items\" }");

    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "Model 'credit', business.each: the expression \"revenue / items\" fails", "try_divide")
        .doesNotContain("bug", "\tat ");
  }

  @Test
  void aRatioIsReadPartByPart() throws IOException {
    refused(
        "business { margin { numerator = \"sum(revenue)\", denominator = took } }",
        "Model 'credit', business.margin.numerator: \"sum(revenue)\"",
        "Model 'credit', business.margin.denominator");
    refused(
        "business { margin { numerator = revenue, denominater = items } }",
        "business.margin.denominator: is missing",
        "business.margin.denominater: unknown key; did you mean 'denominator'?");
    CommandRun run =
        run(
            "monitor",
            "business { each { numerator = \"revenue / items\", denominator = items } }");
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains("business.each.numerator: the expression \"revenue / items\"");
  }

  @Test
  void aMachineHasNoScore() throws IOException {
    CommandRun run =
        run("check", "task = telemetry\n operations { gauges = [revenue] }\n labels { table = x }");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "models.credit.predictions.score: telemetry has no predictions",
            "models.credit.labels: telemetry has no predictions");
  }
}
