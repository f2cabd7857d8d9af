package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncrementBenchTest {
  @TempDir private Path folder;

  /** Each round is checked by the bench itself to do what it is named for. */
  @Test
  void oneDayAfterAFewIsMeasuredAndTheFolderIsEmptyAgain() {
    CommandRun run =
        CommandRun.of(
            "bench",
            "increment",
            "--days=3",
            "--daily=1",
            "--rows-per-day=20",
            "--columns=1",
            "--runs=1",
            "--warm-ups=0",
            "--cold-runs=0",
            "--data=" + folder,
            "--json");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.summary().get("first day_s").asDouble()).isPositive();
    assertThat(run.summary().get("new day / first day").asDouble()).isPositive();
    assertThat(run.summary().get("nothing new_s").asDouble()).isPositive();
    // Versions count from 0: the table made, the baseline, two days at once, one by itself, one
    // more; and each of the three was judged.
    assertThat(run.summary().get("runs_version").asLong()).isEqualTo(7);
    assertThat(folder.toFile()).isEmptyDirectory();
  }

  @Test
  void aHistoryOfSingleDaysAloneIsRefused() {
    CommandRun run = CommandRun.of("bench", "increment", "--days=3", "--daily=3");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--days must exceed --daily");
  }
}
