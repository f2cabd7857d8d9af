package io.leeway.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CrossMomentsTest {
  private static final double[][] ROWS = {{1, 2, 5}, {2, 1, 5}, {3, 5, 5}, {4, 4, 5}};

  // By hand: means 2.5 and 3; deviations -1.5,-.5,.5,1.5 and -1,-2,2,1: squares 5 and 10, product
  // 5.
  @Test
  void covariancesAndCorrelationsAreThoseByHand() {
    CrossMoments moments = NormalRows.moments(ROWS, 1);
    assertThat(moments.mean(1)).isEqualTo(3);
    assertThat(moments.covariance(0, 0)).isCloseTo(1.25, within(1e-15));
    assertThat(moments.covariance(1, 0)).isCloseTo(1.25, within(1e-15));
    assertThat(moments.correlation(1, 0)).isCloseTo(5 / Math.sqrt(50), within(1e-15));
  }

  @Test
  void partsAddUp() {
    CrossMoments two =
        CrossMoments.sum(
            List.of(
                NormalRows.moments(new double[][] {ROWS[0], ROWS[3]}, 1),
                NormalRows.moments(new double[][] {ROWS[1]}, 1),
                NormalRows.moments(new double[][] {ROWS[2]}, 1)));
    assertThat(two.rows()).isEqualTo(4);
    assertThat(two.correlation(0, 1)).isCloseTo(5 / Math.sqrt(50), within(1e-15));
  }

  @Test
  void aConstantHasNoCorrelation() {
    CrossMoments moments = NormalRows.moments(ROWS, 1);
    assertThat(moments.isConstant(2)).isTrue();
    assertThat(moments.covariance(0, 2)).isZero();
    assertThatThrownBy(() -> moments.correlation(0, 2)).hasMessageContaining("0 and 2");
  }

  @Test
  void roundingDoesNotMakeAConstantVary() {
    double[] sums = new double[1];
    double[] products = new double[1];
    for (int row = 0; row < 1_000_003; row++) {
      sums[0] += 0.1;
      products[0] += 0.1 * 0.1;
    }
    assertThat(CrossMoments.of(1_000_003, sums, products).isConstant(0)).isTrue();
  }

  @Test
  void drawnMomentsAreThoseOfRows() {
    // Means over 4 000 draws of 30 rows: n - 1 = 29 times the covariance, with the variance
    // 29 (v_ii v_jj + v_ij²) of a Wishart matrix; 4.5 standard errors.
    double[][] v = {{2, 0.5, 0}, {0.5, 1, -0.4}, {0, -0.4, 0.5}};
    NormalRows rows = new NormalRows(4, v);
    double[][] mean = new double[3][3];
    for (int draw = 0; draw < 4_000; draw++) {
      CrossMoments moments = rows.moments(30, 1, 0, -1);
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          mean[i][j] += 30 * moments.covariance(i, j) / 4_000;
        }
      }
    }
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double error = Math.sqrt(29 * (v[i][i] * v[j][j] + v[i][j] * v[i][j]) / 4_000);
        assertThat(mean[i][j]).isCloseTo(29 * v[i][j], within(4.5 * error));
      }
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> CrossMoments.of(1, new double[2], new double[4]))
        .hasMessageContaining("2 variables have 3 products");
    assertThatThrownBy(() -> CrossMoments.of(1, new double[] {Double.NaN}, new double[1]))
        .hasMessageContaining("NaN");
    CrossMoments one = CrossMoments.of(1, new double[1], new double[1]);
    CrossMoments two = CrossMoments.of(1, new double[2], new double[3]);
    assertThatThrownBy(() -> one.plus(two)).hasMessageContaining("same variables");
  }
}
