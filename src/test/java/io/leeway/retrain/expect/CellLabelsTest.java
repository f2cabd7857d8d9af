package io.leeway.retrain.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellLabelsTest {
  private record One(String cell, int half, int ofClass) {}

  private static CellLabels labels(List<One> rows) {
    CellLabels labels = new CellLabels();
    rows.forEach(row -> labels.add(row.cell(), row.half(), row.ofClass(), 1));
    return labels;
  }

  /** By the definition: all pairs of rows of one half, ranked by shares counted in the other. */
  private static double byPairs(List<One> rows, int ofClass) {
    double sum = 0;
    for (int ranking = 0; ranking < 2; ranking++) {
      double pairs = 0;
      double won = 0;
      for (One positive : rows) {
        for (One negative : rows) {
          if (positive.half() != ranking
              && negative.half() != ranking
              && positive.ofClass() == ofClass
              && negative.ofClass() != ofClass) {
            double difference =
                share(rows, positive.cell(), ranking, ofClass)
                    - share(rows, negative.cell(), ranking, ofClass);
            pairs++;
            won += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
          }
        }
      }
      sum += won / pairs;
    }
    return sum / 2;
  }

  private static double share(List<One> rows, String cell, int half, int ofClass) {
    List<One> of = rows.stream().filter(row -> row.half() == half).toList();
    List<One> in = of.stream().filter(row -> row.cell().equals(cell)).toList();
    List<One> counted = in.isEmpty() ? of : in;
    return counted.stream()
        .mapToDouble(row -> row.ofClass() == ofClass ? 1 : 0)
        .average()
        .orElse(0);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void isTheShareOfPairsThatTheOtherHalfRanksRightly(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<One> rows = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int cell = random.nextInt(12);
      int ofClass = random.nextInt(12) < cell ? 1 : 0;
      rows.add(new One("c" + cell, random.nextInt(2), ofClass));
    }

    // Of two classes one against the other is the other against the one, so either will do.
    assertThat(labels(rows).separation().orElseThrow()).isCloseTo(byPairs(rows, 1), within(1e-12));
  }

  @Test
  void ofSeveralClassesTheBestSeparatedCounts() {
    SplittableRandom random = new SplittableRandom(21);
    List<One> rows = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      int ofClass = random.nextInt(3);
      boolean known = random.nextInt(4) > 0;
      rows.add(new One(ofClass == 2 && known ? "x" : "abc", random.nextInt(2), ofClass));
    }

    double best = Math.max(byPairs(rows, 0), Math.max(byPairs(rows, 1), byPairs(rows, 2)));
    assertThat(labels(rows).separation().orElseThrow()).isCloseTo(best, within(1e-12));
  }

  @Test
  void isOneWhereCellsArePure() {
    CellLabels labels = new CellLabels();
    for (int half = 0; half < 2; half++) {
      labels.add("paid", half, 0, 40);
      labels.add("written off", half, 1, 2);
      labels.add("sold", half, 1, 1);
    }

    assertThat(labels.separation().orElseThrow()).isEqualTo(1.0);
  }

  @Test
  void anIdentifierIsNoLeak() {
    CellLabels labels = new CellLabels();
    for (int row = 0; row < 1000; row++) {
      labels.add("id-" + row, row % 2, row % 7 == 0 ? 1 : 0, 1);
    }

    // No cell of one half is in the other, so all rows of it tie.
    assertThat(labels.separation().orElseThrow()).isEqualTo(0.5);
  }

  @Test
  void withoutTwoClassesInEachHalfThereIsNone() {
    CellLabels labels = new CellLabels();
    labels.add("a", 0, 0, 5);
    labels.add("a", 1, 0, 5);
    labels.add("b", 1, 1, 5);

    assertThat(labels.separation().reason())
        .contains("The two halves of the rows do not have two classes each.");
  }
}
