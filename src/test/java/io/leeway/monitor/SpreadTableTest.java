package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.monitor.metrics.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTableTest {
  private static final Segment VIC = new Segment(Slice.of("state"), List.of("VIC"));
  private static final Segment YOUNG = new Segment(Slice.of("age_band"), List.of("18-25"));
  private static final Segment YOUNG_IN_VIC =
      new Segment(Slice.of("state", "age_band"), List.of("VIC", "18-25"));

  @Test
  void ownEstimateComesFirst() {
    SpreadTable table = new SpreadTable(1);
    put(table, VIC, 3);
    put(table, YOUNG_IN_VIC, 1.5);
    assertThat(phi(table, YOUNG_IN_VIC)).isEqualTo(1.5);
  }

  @Test
  void segmentWithoutEstimateTakesTheLargestOfThoseWithOneColumnFewer() {
    SpreadTable table = new SpreadTable(1);
    put(table, Segment.ALL, 9);
    put(table, VIC, 2);
    put(table, YOUNG, 4);
    assertThat(phi(table, YOUNG_IN_VIC)).isEqualTo(4);
  }

  @Test
  void fallsBackToAllRows() {
    SpreadTable table = new SpreadTable(1);
    put(table, Segment.ALL, 9);
    assertThat(phi(table, YOUNG_IN_VIC)).isEqualTo(9);
  }

  @Test
  void assumesTheDesignEffectWhereNothingIsKnown() {
    Spread spread = new SpreadTable(2.5).of("v1", "income", VIC);
    assertThat(spread.overdispersion().phi()).isEqualTo(2.5);
    assertThat(spread.estimated()).isFalse();
  }

  @Test
  void versionsAreKeptApart() {
    SpreadTable table = new SpreadTable(1);
    put(table, "v1", VIC, 3);
    put(table, "v2", VIC, 7);
    put(table, "v2", Segment.ALL, 5);
    assertThat(phi(table, VIC)).isEqualTo(3);
    assertThat(table.of("v2", "income", VIC).overdispersion().phi()).isEqualTo(7);
    assertThat(table.of("v1", "income", YOUNG).estimated()).isFalse();
    assertThat(table.of("v3", "income", VIC).estimated()).isFalse();
  }

  private static void put(SpreadTable table, Segment segment, double factor) {
    put(table, "v1", segment, factor);
  }

  private static void put(SpreadTable table, String version, Segment segment, double factor) {
    table.put(version, "income", segment.slice().toString(), segment.toString(), factor, 29);
  }

  private static double phi(SpreadTable table, Segment segment) {
    return table.of("v1", "income", segment).overdispersion().phi();
  }
}
