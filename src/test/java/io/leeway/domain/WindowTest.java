package io.leeway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static Window of(long start, long end) {
    return new Window(Instant.ofEpochSecond(start), Instant.ofEpochSecond(end));
  }

  @Test
  void windowsThatMeetOrOverlapAreOneStretch() {
    assertThat(Window.stretches(List.of(of(6, 7), of(2, 3), of(1, 2), of(4, 9)), 9))
        .containsExactly(of(1, 3), of(4, 9));
    assertThat(Window.stretches(List.of(), 1)).isEmpty();
  }

  @Test
  void ofTooManyStretchesTheNearestBecomeOne() {
    List<Window> apart = List.of(of(0, 1), of(5, 6), of(8, 9), of(20, 21), of(24, 25));

    assertThat(Window.stretches(apart, 4))
        .containsExactly(of(0, 1), of(5, 9), of(20, 21), of(24, 25));
    assertThat(Window.stretches(apart, 2)).containsExactly(of(0, 9), of(20, 25));
    assertThat(Window.stretches(apart, 1)).containsExactly(of(0, 25));
  }
}
