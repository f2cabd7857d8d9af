package io.leeway.stats.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MonotoneSharesTest {
  // The min-max formula of isotonic regression: f_i = max over s <= i of min over t >= i of the
  // share
  // of cells s..t (Barlow and others, 1972).
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21})
  void areTheMaxOfMinsOfAverages(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int cells = 1 + random.nextInt(30);
    double[] rows = new double[cells];
    double[] events = new double[cells];
    for (int i = 0; i < cells; i++) {
      rows[i] = 1 + random.nextInt(9);
      events[i] = random.nextInt((int) rows[i] + 1);
    }
    double[] shares = MonotoneShares.rising(events, rows);
    for (int i = 0; i < cells; i++) {
      double most = 0;
      for (int s = 0; s <= i; s++) {
        double least = 1;
        double x = 0;
        double n = 0;
        for (int t = s; t < cells; t++) {
          x += events[t];
          n += rows[t];
          least = t >= i ? Math.min(least, x / n) : least;
        }
        most = Math.max(most, least);
      }
      assertThat(shares[i]).isCloseTo(most, within(1e-14));
    }
  }
}
