package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupedByTest {
  private static final Slice SLICE = Slice.of("state", "sex", "race");
  private static final Segment SEGMENT = new Segment(SLICE, Arrays.asList("VIC", "f", null));

  @Test
  void eachAttributeIsComparedWithinTheValuesOfAllOtherColumns() {
    List<GroupedBy> all = GroupedBy.all(SLICE, List.of("sex", "race"));

    assertThat(all).extracting(GroupedBy::name).containsExactly("sex", "race");
    assertThat(all.get(0).group(SEGMENT)).isEqualTo("f");
    assertThat(all.get(0).within(SEGMENT))
        .isEqualTo(new Segment(Slice.of("state", "race"), Arrays.asList("VIC", null)));
    assertThat(all.get(1).group(SEGMENT)).isEqualTo("(null)");
    assertThat(all.get(1).within(SEGMENT))
        .isEqualTo(new Segment(Slice.of("state", "sex"), List.of("VIC", "f")));
  }

  @Test
  void crossIsComparedWhereAllColumnsAreAttributes() {
    List<GroupedBy> all = GroupedBy.all(SLICE, List.of("state", "sex", "race"));

    assertThat(all)
        .extracting(GroupedBy::name)
        .containsExactly("state", "sex", "race", "state, sex, race");
    assertThat(all.get(3).group(SEGMENT)).isEqualTo("VIC, f, (null)");
    assertThat(all.get(3).within(SEGMENT)).isEqualTo(Segment.ALL);
  }

  @Test
  void singleAttributeIsComparedOnce() {
    assertThat(GroupedBy.all(Slice.of("sex"), List.of("sex")))
        .containsExactly(new GroupedBy(Slice.of("sex"), List.of("sex")));
    assertThat(GroupedBy.all(Slice.of("state"), List.of())).isEmpty();
  }
}
