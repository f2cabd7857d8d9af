package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  /** kitten/sitting is the textbook pair; the others are counted by hand. */
  @ParameterizedTest
  @CsvSource({"kitten, sitting, 3", "'', abc, 3", "abc, '', 3", "abc, abc, 0", "ab, ba, 2"})
  void countsInsertedDeletedAndReplacedCharacters(String a, String b, int distance) {
    assertThat(Nearest.distance(a, b)).isEqualTo(distance);
  }

  @Test
  void putsTheNearestFirstWhateverItsCase() {
    assertThat(Nearest.first("TIME", List.of("id", "times", "time")))
        .containsExactly("time", "times", "id");
  }
}
