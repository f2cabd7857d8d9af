package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlignedScoresTest {
  /** Against counting each score of each kind by looking all of its rows through. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void eachScoreIsOneCellThatCountsEveryKind(long seed) {
    Random random = new Random(seed);
    NumericGrid grid = NumericGrid.ofProbabilities(1_000);
    List<List<Double>> kinds = new ArrayList<>();
    List<NumericProfile> profiles = new ArrayList<>();
    for (int kind = 0; kind < 3; kind++) {
      // The last kind of all has no row.
      int rows = kind == 2 ? 0 : random.nextInt(200);
      List<Double> scores = random.ints(rows, 0, 50).mapToObj(i -> i / 50.0).toList();
      NumericTally tally = new NumericTally(grid, BinDetail.FINE);
      scores.forEach(score -> tally.add(score, score > 0.5 ? 1 : 0));
      kinds.add(scores);
      profiles.add(tally.profile());
    }
    TreeSet<Double> all = new TreeSet<>();
    kinds.forEach(all::addAll);

    List<AlignedScores.Cell> cells = AlignedScores.of(profiles);

    assertThat(cells.stream().map(AlignedScores.Cell::low)).containsExactlyElementsOf(all);
    for (AlignedScores.Cell cell : cells) {
      assertThat(cell.high()).isEqualTo(cell.low());
      for (int kind = 0; kind < kinds.size(); kind++) {
        double score = cell.low();
        long rows = kinds.get(kind).stream().filter(of -> of == score).count();
        boolean split = grid.splitByDecision();
        assertThat(cell.rows()[kind]).isEqualTo(rows);
        assertThat(cell.decided()[kind]).isEqualTo(split && score > 0.5 ? rows : 0);
      }
    }
  }
}
