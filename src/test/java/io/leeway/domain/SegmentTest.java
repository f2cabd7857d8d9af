package io.leeway.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SegmentTest {
  private static final Slice TWO = Slice.of("state", "age_band");

  @Test
  void readsAsPeopleWriteIt() {
    assertThat(new Segment(TWO, List.of("VIC", "18-25"))).hasToString("state=VIC, age_band=18-25");
    assertThat(Segment.ALL).hasToString("");
  }

  @Test
  void missingValueIsASegment() {
    Segment missing = new Segment(TWO, Arrays.asList(null, "18-25"));
    assertThat(missing).hasToString("state=(null), age_band=18-25");
    assertThat(missing.valuesByColumn()).containsEntry("state", null);
  }

  /** All values of two columns over an alphabet of awkward texts have texts of their own. */
  @Test
  void textsOfUnlikeSegmentsDiffer() {
    List<String> awkward =
        Arrays.asList(
            null, "(null)", "\\(null)", "", "a", "a, age_band=b", "a=b", "\\", "a\\", ",");
    Set<String> texts = new HashSet<>();
    for (String state : awkward) {
      for (String band : awkward) {
        texts.add(new Segment(TWO, Arrays.asList(state, band)).toString());
      }
    }
    assertThat(texts).hasSize(awkward.size() * awkward.size());
  }

  @Test
  void refusesAnotherNumberOfValues() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Segment(TWO, List.of("VIC")));
    assertThatIllegalArgumentException().isThrownBy(() -> Slice.of("state", "state"));
  }
}
