package io.leeway.monitor.metrics;

import static io.leeway.monitor.metrics.Counted.INDEPENDENT;
import static io.leeway.monitor.metrics.Counted.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.Task;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.stats.inference.MeanInterval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two groups of a thousand rows each; expected numbers are by hand. */
class GroupMeasuresTest {
  private static final OutcomeMembers MEMBERS =
      new OutcomeMembers(Task.BINARY, List.of("1", "0"), 0);
  private static final int ROWS = 1_000;

  /** So many of the rows decided positively, of every two one rightly. */
  private static GroupOutcome group(String name, long selected, double calibration) {
    long half = selected / 2;
    long[][] pairs = {{half, 100, 0}, {selected - half, ROWS - 100 - selected, 0}, {0, 0, 0}};
    return new GroupOutcome(
        name,
        new Segment(Slice.of("gender"), List.of(name)),
        new OutcomeCounts(MEMBERS, pairs, Map.of(OutcomeMembers.LABELLED, (long) ROWS)),
        Optional.of(
            new GroupOutcome.Estimated(
                new MeanInterval(calibration, 0.01, Double.POSITIVE_INFINITY), ROWS, 200)),
        Optional.empty());
  }

  private static final List<GroupOutcome> THEN = List.of(group("f", 300, 0), group("m", 400, 0));
  private static final List<GroupOutcome> NOW = List.of(group("f", 200, -.02), group("m", 500, 0));

  @Test
  void aGapIsHeldAgainstTheReferences() {
    List<Measure> across = GroupMeasures.of(NOW, Optional.empty(), THEN, INDEPENDENT).across();
    Measure change = named("demographic_parity_difference_supported_change", across);
    assertThat(change.comparison()).isEqualTo(Comparison.BASELINE);
    assertThat(change.value()).isCloseTo(0.3 - 0.1, within(1e-12));
    assertThat(change.referenceValue()).isCloseTo(0.1, within(1e-12));
    Measure now = named("demographic_parity_difference_supported", across);
    Measure then =
        named(
            "demographic_parity_difference_supported",
            GroupMeasures.of(THEN, Optional.empty(), List.of(), INDEPENDENT).across());
    assertThat(change.ciLow())
        .isCloseTo(
            change.value() - Math.hypot(now.value() - now.ciLow(), then.ciHigh() - then.value()),
            within(1e-12));
    assertThat(change.ciLow()).isPositive();
  }

  @Test
  void withoutAReferenceThereIsNoChange() {
    assertThat(GroupMeasures.of(NOW, Optional.empty(), List.of(), INDEPENDENT).across())
        .noneMatch(of -> of.metric().endsWith("_change"));
  }

  @Test
  void calibrationOfAGroupStandsAgainstTheNamedOneAndTheRest() {
    GroupMeasures measures = GroupMeasures.of(NOW, Optional.of("m"), List.of(), INDEPENDENT);
    List<Measure> ofWomen = measures.single().get(NOW.get(0));
    Measure against = named("calibration_vs_reference", ofWomen);
    assertThat(against.value()).isCloseTo(-0.02, within(1e-12));
    assertThat(against.ciHigh())
        .isCloseTo(-0.02 + 1.959963984540054 * 0.01 * Math.sqrt(2), within(1e-9));
    assertThat(against.reason()).isEqualTo("Against 'm'.");
    assertThat(named("calibration_vs_rest", ofWomen).value()).isCloseTo(-0.02, within(1e-12));
    assertThat(measures.single().get(NOW.get(1)))
        .noneMatch(of -> of.metric().equals("calibration_vs_reference"));
  }
}
