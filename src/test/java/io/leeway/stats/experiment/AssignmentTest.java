package io.leeway.stats.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.stats.inference.ChiSquare;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {
  /**
   * The first three are the vectors of the governance page, 2.8; the others are Python 3's {@code
   * int(hashlib.sha256((salt + ':' + id).encode()).hexdigest()[:15], 16) % 10000}.
   */
  @ParameterizedTest
  @CsvSource({
    "exp1, 0, 6212",
    "exp1, 1, 6706",
    "exp1, 2, 9948",
    "exp1, '', 38",
    "exp1, müller, 4483",
    "exp1, 客户-7, 9745",
    "loan.2026-01_b, 0, 5339",
    "loan.2026-01_b, 客户-7, 4117"
  })
  void bucketsAreThoseOfEveryOtherLanguage(String salt, String id, int bucket) {
    assertThat(new Assignment(salt, 0).bucket(id)).isEqualTo(bucket);
  }

  /** Bucket 6212 is the challenger's from 6 213 basis points on. */
  @Test
  void theChallengerHasTheBucketsBelowItsShare() {
    Assignment assignment = new Assignment("exp1", 6_212);
    assertThat(assignment.arm("0")).isEqualTo(Arm.CHAMPION);
    assertThat(assignment.withChallenger(6_213).arm("0")).isEqualTo(Arm.CHALLENGER);
    assertThat(assignment.withChallenger(0).arm("")).isEqualTo(Arm.CHAMPION);
    assertThat(assignment.withChallenger(10_000).arm("2")).isEqualTo(Arm.CHALLENGER);
  }

  @Test
  void aLargerShareOnlyMovesChampions() {
    Assignment little = new Assignment("ramp", 100);
    Assignment more = little.withChallenger(1_000);
    int moved = 0;
    for (int id = 0; id < 5_000; id++) {
      String unit = "unit-" + id;
      if (little.arm(unit) == Arm.CHALLENGER) {
        assertThat(more.arm(unit)).isEqualTo(Arm.CHALLENGER);
      } else if (more.arm(unit) == Arm.CHALLENGER) {
        moved++;
      }
    }
    // 9 % of 5 000 are 450, with a standard deviation of 20.
    assertThat(moved).isBetween(350, 550);
  }

  /** Over 20 bins chi-square with 19 degrees is beyond 50.8 once in 10 000 salts. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "b", "c"})
  void bucketsAreEven(String salt) {
    Assignment assignment = new Assignment(salt, 0);
    int units = 40_000;
    int[] bins = new int[20];
    IntStream.range(0, units).forEach(id -> bins[assignment.bucket("" + id) / 500]++);
    double expected = units / 20.0;
    double statistic =
        IntStream.of(bins).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertThat(ChiSquare.upperTail(statistic, 19)).isGreaterThan(1e-4);
  }

  /** The text of the governance page, 2.8, where Spark's answer was compared with Java's. */
  @Test
  void theExpressionIsTheOneThatWasTried() {
    assertThat(new Assignment("exp1", 500).bucketSql("unit_id"))
        .isEqualTo(
            "pmod(CAST(conv(substr(sha2(concat('exp1:', CAST(unit_id AS STRING)), 256), 1, 15), 16,"
                + " 10) AS BIGINT), 10000)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "it's", "a\\b", "two words", "ü"})
  void saltsReadTheSameInEveryLanguage(String salt) {
    assertThatThrownBy(() -> new Assignment(salt, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but is '" + salt + "'");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 10_001})
  void sharesLieWithinTheWhole(int basisPoints) {
    assertThatThrownBy(() -> new Assignment("exp1", basisPoints))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but is " + basisPoints);
  }
}
