package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  @Test
  void handsOverInOrderAndNeverReadsMoreThanOneAhead() {
    List<Integer> begun = Collections.synchronizedList(new ArrayList<>());
    try (ReadAhead<Integer, Integer> read =
        new ReadAhead<>(
            List.of(1, 2, 3),
            of -> {
              begun.add(of);
              return 10 * of;
            })) {
      assertThat(read.next()).isEqualTo(10);
      assertThat(begun).doesNotContain(3);
      assertThat(read.next()).isEqualTo(20);
      assertThat(read.hasNext()).isTrue();
      assertThat(read.next()).isEqualTo(30);
      assertThat(read.hasNext()).isFalse();
      assertThatThrownBy(read::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void throwsWhatKeptTheNextFromBeingMade() {
    try (ReadAhead<Integer, Integer> read =
        new ReadAhead<>(
            List.of(0),
            of -> {
              throw new IllegalStateException("the disk is gone");
            })) {
      assertThatThrownBy(read::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the disk is gone");
    }
  }

  @Test
  void ofNothingHasNothing() {
    try (ReadAhead<Integer, Integer> read = new ReadAhead<>(List.of(), of -> of)) {
      assertThat(read.hasNext()).isFalse();
    }
  }
}
