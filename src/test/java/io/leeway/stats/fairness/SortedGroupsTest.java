package io.leeway.stats.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.stats.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Which groups are compared, and the plain numbers of the three readings. */
class SortedGroupsTest {
  private record Counts(String group, long tp, long fp, long fn, long tn) {
    GroupRate selection() {
      return new GroupRate(group, tp + fp, labels());
    }

    GroupRate tpr() {
      return new GroupRate(group, tp, tp + fn);
    }

    GroupRate fpr() {
      return new GroupRate(group, fp, fp + tn);
    }

    long labels() {
      return tp + fp + fn + tn;
    }
  }

  // COMPAS, first half of 2013, by race: counts and expected gaps of the public data set's
  // expected.csv. All rows have labels.
  private static final List<Counts> COMPAS =
      List.of(
          new Counts("African-American", 497, 419, 163, 418),
          new Counts("Asian", 2, 2, 1, 8),
          new Counts("Caucasian", 158, 165, 126, 486),
          new Counts("Hispanic", 33, 41, 43, 146),
          new Counts("Native American", 0, 2, 0, 4),
          new Counts("Other", 14, 21, 26, 81));

  private static Outcome<RateRange> range(
      List<Counts> counts, Function<Counts, GroupRate> rate, Reading reading) {
    Map<String, Long> labels = new HashMap<>();
    counts.forEach(of -> labels.put(of.group(), of.labels()));
    return RateRange.of(
        SortedGroups.of(counts.stream().map(rate).toList(), reading, of -> labels.get(of.group())));
  }

  private static void assertGaps(
      Reading reading, double parity, double parityRatio, double odds, double oddsRatio) {
    List<Counts> counts = new ArrayList<>(COMPAS);
    for (int seed = 0; seed < 10; seed++) {
      Collections.shuffle(counts, new Random(seed));
      RateRange selection = range(counts, Counts::selection, reading).orElseThrow();
      Outcome<RateRange> tpr = range(counts, Counts::tpr, reading);
      Outcome<RateRange> fpr = range(counts, Counts::fpr, reading);
      assertThat(selection.difference()).isCloseTo(parity, within(1e-14));
      assertThat(selection.ratio().orElseThrow()).isCloseTo(parityRatio, within(1e-14));
      assertThat(tpr.orElseThrow().difference()).isCloseTo(odds, within(1e-14));
      assertThat(EqualizedOdds.difference(tpr, fpr).orElseThrow()).isCloseTo(odds, within(1e-14));
      assertThat(EqualizedOdds.ratio(tpr, fpr).orElseThrow()).isCloseTo(oddsRatio, within(1e-14));
    }
  }

  @Test
  void plainReadingLeavesUndefinedRatesOut() {
    assertGaps(
        Reading.PLAIN,
        0.3654115743223536,
        0.4028153637985116,
        0.40303030303030307,
        0.39952267303102623);
  }

  // The group without positives counts as 0, which is what makes this reading jump.
  @Test
  void zeroReadingCountsUndefinedRatesAsZero() {
    assertGaps(Reading.ZERO, 0.3654115743223536, 0.4028153637985116, 0.753030303030303, 0);
  }

  @Test
  void min30ReadingTakesGroupsWithThirtyLabels() {
    assertGaps(
        Reading.MIN30,
        0.3654115743223536,
        0.4028153637985116,
        0.40303030303030307,
        0.4112733398848799);
  }

  @Test
  void groupsAreSupportedSuppressedOrUndefined() {
    SortedGroups groups =
        SortedGroups.of(
            List.of(
                new GroupRate("d", 0, 0),
                new GroupRate("c", 3, 29),
                new GroupRate("b", 3, 30),
                new GroupRate("a", 9, 90)),
            30);
    assertThat(groups.supported()).extracting(GroupRate::group).containsExactly("a", "b");
    assertThat(groups.suppressed()).extracting(GroupRate::group).containsExactly("c");
    assertThat(groups.undefined()).extracting(GroupRate::group).containsExactly("d");
    assertThat(groups.sentence())
        .isEqualTo("2 groups compared, 1 below the minimum of 30, 1 without denominator.");
    assertThat(new GroupRate("d", 0, 0).rate().reason())
        .contains("The denominator of the rate is 0.");
  }

  @Test
  void oneGroupHasNoDifferenceAndNoneHasNoRange() {
    RateRange one =
        RateRange.of(SortedGroups.of(List.of(new GroupRate("a", 3, 9)), 1)).orElseThrow();
    assertThat(one.difference()).isZero();
    assertThat(one.ratio().orElseThrow()).isEqualTo(1);
    assertThat(RateRange.of(SortedGroups.of(List.of(new GroupRate("a", 0, 0)), 1)).reason())
        .contains(
            "No group takes part: 0 groups compared, 0 below the minimum of 1, 1 without"
                + " denominator.");
  }

  @Test
  void ofEqualRatesTheFirstByNameCounts() {
    RateRange range =
        RateRange.of(
                SortedGroups.of(
                    List.of(
                        new GroupRate("d", 2, 4),
                        new GroupRate("c", 1, 2),
                        new GroupRate("b", 0, 5),
                        new GroupRate("a", 0, 3)),
                    1))
            .orElseThrow();
    assertThat(range.highest()).isEqualTo("c");
    assertThat(range.lowest()).isEqualTo("a");
    assertThat(range.ratio().orElseThrow()).isZero();
  }

  // fairlearn's min() of [0.5, nan] and of [nan, 0.5] differ; here 0/0 is ignored in either place.
  @Test
  void aRatioOfNothingIsIgnoredWhereverItStands() {
    Outcome<RateRange> half =
        RateRange.of(
            SortedGroups.of(List.of(new GroupRate("a", 1, 4), new GroupRate("b", 1, 2)), 1));
    Outcome<RateRange> zeros =
        RateRange.of(
            SortedGroups.of(List.of(new GroupRate("a", 0, 4), new GroupRate("b", 0, 2)), 1));
    assertThat(EqualizedOdds.ratio(half, zeros).orElseThrow()).isEqualTo(0.5);
    assertThat(EqualizedOdds.ratio(zeros, half).orElseThrow()).isEqualTo(0.5);
    assertThat(EqualizedOdds.ratio(zeros, zeros).isDefined()).isFalse();
    assertThat(EqualizedOdds.difference(zeros, Outcome.undefined("none")).orElseThrow()).isZero();
  }

  @Test
  void refusesTwoGroupsOfOneName() {
    assertThatThrownBy(
            () -> SortedGroups.of(List.of(new GroupRate("a", 0, 4), new GroupRate("a", 0, 2)), 1))
        .hasMessageContaining("Two groups are called 'a'");
    assertThatThrownBy(() -> new GroupRate("a", 3, 2)).hasMessageContaining("3 events of 2");
    assertThatThrownBy(() -> Reading.supported(0)).hasMessageContaining("at least 1");
  }
}
