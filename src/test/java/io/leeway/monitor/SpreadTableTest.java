package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.monitor.metrics.Spread;
import io.leeway.monitor.metrics.Varying;
import io.leeway.stats.inference.Overdispersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTableTest {
  private static final Segment VIC = new Segment(Slice.of("state"), List.of("VIC"));
  private static final Segment YOUNG = new Segment(Slice.of("age_band"), List.of("18-25"));
  private static final Segment YOUNG_IN_VIC =
      new Segment(Slice.of("state", "age_band"), List.of("VIC", "18-25"));

  private final SpreadTable table = new SpreadTable(2.5);

  @Test
  void ownEstimateComesFirst() {
    put(VIC, 3);
    put(YOUNG_IN_VIC, 1.5);
    assertThat(spread("v1", YOUNG_IN_VIC)).isEqualTo(own(1.5));
  }

  @Test
  void segmentWithoutEstimateTakesTheLargestOfThoseWithOneColumnFewer() {
    put(Segment.ALL, 9);
    put(VIC, 2);
    put(YOUNG, 4);
    assertThat(spread("v1", YOUNG_IN_VIC)).isEqualTo(own(4.0));
  }

  @Test
  void fallsBackToAllRows() {
    put(Segment.ALL, 9);
    assertThat(spread("v1", YOUNG_IN_VIC)).isEqualTo(own(9.0));
  }

  @Test
  void assumesTheDesignEffectWhereNothingIsKnown() {
    assertThat(table.of("v1", "income", VIC).of(Varying.BINS))
        .isEqualTo(new Spread(Overdispersion.given(2.5), false));
  }

  @Test
  void versionsAreKeptApart() {
    put("v1", VIC, Varying.BINS, 3);
    put("v2", VIC, Varying.BINS, 7);
    put("v2", Segment.ALL, Varying.BINS, 5);
    assertThat(spread("v1", VIC)).isEqualTo(own(3.0));
    assertThat(spread("v2", VIC)).isEqualTo(own(7.0));
    assertThat(spread("v1", YOUNG).estimated()).isFalse();
    assertThat(spread("v3", VIC).estimated()).isFalse();
  }

  @Test
  void statisticsAreKeptApart() {
    put("v1", VIC, Varying.MEAN, 6);
    put("v1", YOUNG_IN_VIC, Varying.NULL_RATE, 2);
    put("v1", Segment.ALL, Varying.NULL_RATE, 8);
    assertThat(table.of("v1", "income", YOUNG_IN_VIC).of(Varying.MEAN)).isEqualTo(own(6));
    assertThat(table.of("v1", "income", YOUNG_IN_VIC).of(Varying.NULL_RATE)).isEqualTo(own(2));
    assertThat(table.of("v1", "income", VIC).of(Varying.NULL_RATE)).isEqualTo(own(8));
    assertThat(spread("v1", YOUNG_IN_VIC).estimated()).isFalse();
  }

  private void put(Segment segment, double factor) {
    put("v1", segment, Varying.BINS, factor);
  }

  private void put(String version, Segment segment, Varying of, double factor) {
    table.put(version, "income", segment.slice().toString(), segment.toString(), of, of(factor));
  }

  private static Overdispersion of(double factor) {
    return new Overdispersion(factor, 29);
  }

  private static Spread own(double factor) {
    return new Spread(of(factor), true);
  }

  private Spread spread(String version, Segment segment) {
    return table.of(version, "income", segment).of(Varying.BINS);
  }
}
