package io.leeway.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.Measure;
import io.leeway.domain.Status;
import io.leeway.profile.HashOrder;
import io.leeway.profile.IdGrid;
import io.leeway.profile.IdSample;
import io.leeway.profile.IdTally;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IdMeasuresTest {
  /** So many identifiers, of which every tenth has two rows. */
  private static IdSample sample(int kept, int ids) {
    IdTally tally = new IdGrid(kept).tally();
    for (int id = 0; id < ids; id++) {
      double hash = HashOrder.hash("id" + id) >>> 11;
      tally.add(hash);
      if (id % 10 == 0) {
        tally.add(hash);
      }
    }
    return tally.profile().settled();
  }

  private static Map<String, Measure> measures(IdSample sample) {
    return IdMeasures.of(sample, ReferenceStatistics.none(), new Spreads(Map.of(), 1)).stream()
        .collect(Collectors.toMap(Measure::metric, measure -> measure));
  }

  /** 100 of 1100 rows repeat an identifier. */
  @Test
  void rateIsExactWhileAllIdentifiersAreKept() {
    Measure rate = measures(sample(4096, 1000)).get("duplicate_rate");

    assertThat(rate.value()).isCloseTo(100 / 1100.0, within(1e-15));
    assertThat(rate.errorBound()).isZero();
    assertThat(measures(sample(4096, 1000)).get("distinct").value()).isEqualTo(1000);
  }

  /** Of a sample the interval holds the truth, and says that it is a sample. */
  @Test
  void rateOfASampleHasAnInterval() {
    Measure rate = measures(sample(500, 20_000)).get("duplicate_rate");
    Measure distinct = measures(sample(500, 20_000)).get("distinct");

    assertThat(rate.ciLow()).isLessThan(1 / 11.0);
    assertThat(rate.ciHigh()).isGreaterThan(1 / 11.0);
    assertThat(rate.flags()).contains(MeasureDraft.APPROXIMATE);
    assertThat(rate.reason()).contains("500 identifiers");
    assertThat(distinct.value()).isCloseTo(20_000, within(4 * distinct.stdError()));
  }

  @Test
  void repeatsAcrossWindowsAreUndefined() {
    IdSample sum = sample(4096, 50).merge(sample(4096, 50));

    assertThat(measures(sum).get("duplicate_rate").status()).isEqualTo(Status.UNDEFINED);
    assertThat(measures(sum).get("duplicate_rate").reason()).contains("beyond their window");
  }
}
