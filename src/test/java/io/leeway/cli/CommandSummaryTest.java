package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.domain.Window;
import io.leeway.monitor.ModelReport;
import io.leeway.monitor.PlannedWindows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandSummaryTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-03-02T00:00:00Z");

  @TempDir private Path directory;

  private static ModelOutcome done(String model) {
    return ModelOutcome.done(
        new ModelReport(
            model,
            "monitor",
            ModelReport.Result.DONE,
            Optional.of("run-1"),
            List.of(new Window(START, END)),
            List.of(new PlannedWindows("LATE_ROWS", new Window(START, END), 1)),
            250,
            List.of("A note with \"quotes\".")));
  }

  private static CommandSummary summary(Optional<Failure> failure, ModelOutcome... models) {
    return new CommandSummary("monitor", START, END, "1.0", failure, List.of(models));
  }

  @Test
  void successSaysWhatWasDone() {
    JsonNode json = CommandRun.json(summary(Optional.empty(), done("a")).json());

    JsonNode plan = json.get("models").get(0).get("plan").get(0);
    assertThat(plan.get("reason").asText()).isEqualTo("LATE_ROWS");
    assertThat(plan.get("from").asText()).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(json.get("command").asText()).isEqualTo("monitor");
    assertThat(json.get("code").asInt()).isZero();
    assertThat(json.get("class").isNull()).isTrue();
    assertThat(json.get("retry").asBoolean()).isFalse();
    assertThat(json.get("started_at").asText()).isEqualTo("2026-03-01T00:00:00Z");
    JsonNode model = json.get("models").get(0);
    assertThat(model.get("result").asText()).isEqualTo("done");
    assertThat(model.get("run_id").asText()).isEqualTo("run-1");
    assertThat(model.get("windows").asInt()).isEqualTo(1);
    assertThat(model.get("rows").asLong()).isEqualTo(250);
    assertThat(model.get("notes").get(0).asText()).isEqualTo("A note with \"quotes\".");
  }

  @Test
  void ofSeveralFailuresTheOneThatARetryMayMendIsShown() {
    Failure wrong = new Failure(Failure.Family.USER, "No column.", false);
    Failure away = new Failure(Failure.Family.ENVIRONMENT, "No answer.", true);

    CommandSummary summary =
        summary(
            Optional.empty(),
            done("a"),
            ModelOutcome.failed("b", wrong),
            ModelOutcome.failed("c", away));

    assertThat(summary.exitCode()).isEqualTo(4);
    JsonNode json = CommandRun.json(summary.json());
    assertThat(json.get("class").asText()).isEqualTo("environment");
    assertThat(json.get("retry").asBoolean()).isTrue();
    assertThat(json.get("message").asText()).isEqualTo("No answer.");
    assertThat(json.get("models").get(1).get("code").asInt()).isEqualTo(2);
    assertThat(json.get("models").get(1).get("message").asText()).isEqualTo("No column.");
  }

  @Test
  void isOneLine() {
    Failure lines = new Failure(Failure.Family.USER, "one\ntwo", false);

    assertThat(summary(Optional.of(lines)).json().lines()).hasSize(1);
  }

  @Test
  void fileIsReplacedWholeAndLeavesNothingBeside() throws IOException {
    Path file = directory.resolve("new folder/summary.json");

    SummaryFile.write(file.toString(), "first", new Configuration());
    SummaryFile.write("file:" + file, "second", new Configuration());

    assertThat(file).hasContent("second");
    assertThat(file.getParent()).isDirectoryContaining(found -> found.equals(file));
    try (var files = Files.list(file.getParent())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aFileInAFolderThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "x");

    assertThatThrownBy(() -> SummaryFile.write(file + "/summary.json", "text", new Configuration()))
        .isInstanceOf(IOException.class);
  }
}
