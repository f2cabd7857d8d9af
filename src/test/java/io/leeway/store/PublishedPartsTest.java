package io.leeway.store;

import static io.leeway.store.Attempts.committed;
import static io.leeway.store.Attempts.inputs;
import static io.leeway.store.Attempts.outcomes;
import static io.leeway.store.Attempts.published;
import static io.leeway.store.Attempts.run;
import static io.leeway.store.Attempts.sources;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedPartsTest {

  private static String winner(Part part, CommittedRun... runs) {
    return PublishedParts.of(List.of(runs)).winner(part).orElseThrow().run().run().runId();
  }

  private static CommittedRun reading(
      long sequence, long generation, long predictions, Long labels, Part part) {
    return committed(
        sequence,
        generation,
        run(
            "m",
            "run-" + sequence,
            "attempt-" + sequence,
            sources(predictions, labels),
            published(part, predictions, labels)));
  }

  @Test
  void aHigherGenerationWinsOverNewerSources() {
    assertThat(winner(inputs(0), reading(1, 0, 9, 9L, inputs(0)), reading(2, 1, 5, 5L, inputs(0))))
        .isEqualTo("run-2");
  }

  @Test
  void newerPredictionsWinOverALaterCommit() {
    assertThat(
            winner(inputs(0), reading(1, 0, 9, null, inputs(0)), reading(2, 0, 8, 99L, inputs(0))))
        .isEqualTo("run-1");
  }

  @Test
  void newerLabelsWinWherePredictionsAreTheSame() {
    assertThat(
            winner(
                outcomes(0),
                reading(1, 0, 9, 5L, outcomes(0)),
                reading(2, 0, 9, 4L, outcomes(0)),
                reading(3, 0, 9, null, outcomes(0))))
        .isEqualTo("run-1");
  }

  @Test
  void aForcedRunOfTheSameVersionsWinsOverTheOneBefore() {
    assertThat(
            winner(
                outcomes(0), reading(1, 0, 9, 5L, outcomes(0)), reading(2, 0, 9, 5L, outcomes(0))))
        .isEqualTo("run-2");
  }

  @Test
  void partsOfUnlikeKindWindowOrVersionDoNotCompete() {
    Part unversioned = new Part(null, "1 day", inputs(0).window(), Part.Kind.INPUTS);
    PublishedParts parts =
        PublishedParts.of(
            List.of(
                reading(1, 0, 9, 5L, outcomes(0)),
                reading(2, 0, 9, 5L, inputs(0)),
                reading(3, 0, 9, 5L, inputs(1)),
                reading(4, 0, 9, 5L, unversioned)));

    assertThat(parts.winners()).hasSize(4);
    assertThat(parts.winner(unversioned).orElseThrow().run().sequence()).isEqualTo(4);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8})
  void theOrderInWhichRunsAreListedChangesNothing(long seed) {
    Random random = new Random(seed);
    List<CommittedRun> runs = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      runs.add(
          reading(
              i,
              random.nextInt(2),
              random.nextInt(3),
              random.nextBoolean() ? null : (Long) (long) random.nextInt(3),
              inputs(random.nextInt(3))));
    }
    var expected = List.copyOf(PublishedParts.of(runs).winners());
    Collections.shuffle(runs, random);

    assertThat(PublishedParts.of(runs).winners()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void anAttemptOlderInEitherSourceIsStale() {
    PublishedParts shown = PublishedParts.of(List.of(reading(1, 0, 9, 5L, outcomes(0))));

    assertThat(shown.isStale(sources(8, 6L), published(outcomes(0), 8, 6L))).isTrue();
    assertThat(shown.isStale(sources(10, 4L), published(outcomes(0), 10, 4L))).isTrue();
    assertThat(shown.isStale(sources(9, 5L), published(outcomes(0), 9, 5L))).isFalse();
    assertThat(shown.isStale(sources(10, 6L), published(outcomes(0), 10, 6L))).isFalse();
    assertThat(shown.isStale(sources(1, 1L), published(outcomes(1), 1, 1L))).isFalse();
  }

  @Test
  void versionsOfAnotherTableAreNotOlder() {
    PublishedParts shown = PublishedParts.of(List.of(reading(1, 0, 9, 5L, outcomes(0))));
    RunSources newTables = new RunSources("p-2", 0L, "l-2", 0L);

    assertThat(shown.isStale(newTables, published(outcomes(0), 0, 0L))).isFalse();
  }
}
