package io.leeway.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.leeway.domain.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedModelTest {
  private static final int SEGMENTS = 10;

  private static double mean(long[] of) {
    return Arrays.stream(of).average().orElseThrow();
  }

  private static double variance(long[] of) {
    double mean = mean(of);
    return Arrays.stream(of).mapToDouble(x -> (x - mean) * (x - mean)).sum() / (of.length - 1);
  }

  private static SimulatedModel entities(int rowsPerEntity) {
    Shares even = Shares.even(4);
    Shares right = Shares.of(.2, .8);
    double[] sizes = new double[SEGMENTS - 1];
    Arrays.fill(sizes, 200);
    return new SimulatedModel(
        Layout.flat(SEGMENTS),
        1,
        sizes,
        rowsPerEntity,
        false,
        (feature, cell, day) -> even,
        (cell, day) -> right);
  }

  /**
   * 20 000 draws of 50 rows. A count of the share p has the mean 50 p and the variance 50 p (1 -
   * p); four standard errors of either are allowed, that of a variance being some sqrt(2/20 000) of
   * it.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void countsHaveTheMomentsOfAMultinomial(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] p = {.5, .25, .2, .05, 0};
    Shares shares = Shares.of(50, 25, 20, 5, 0);
    long[][] drawn = new long[p.length][20_000];
    for (int draw = 0; draw < 20_000; draw++) {
      long[] counts = shares.draw(random, 50);
      assertThat(LongStream.of(counts).sum()).isEqualTo(50);
      for (int bin = 0; bin < p.length; bin++) {
        drawn[bin][draw] = counts[bin];
      }
    }
    for (int bin = 0; bin < p.length; bin++) {
      double expected = 50 * p[bin] * (1 - p[bin]);
      assertThat(mean(drawn[bin]))
          .isCloseTo(50 * p[bin], within(4 * Math.sqrt(expected / 20_000) + 1e-12));
      assertThat(variance(drawn[bin])).isCloseTo(expected, within(.05 * expected + 1e-12));
    }
  }

  /** Both the mean and the variance of a Poisson are its rate; its share of 0 is e^-rate. */
  @Test
  void arrivalsArePoisson() {
    SplittableRandom random = new SplittableRandom(4);
    long[] drawn =
        LongStream.generate(() -> SimulatedModel.poisson(3, random)).limit(40_000).toArray();
    assertThat(mean(drawn)).isCloseTo(3, within(4 * Math.sqrt(3.0 / 40_000)));
    assertThat(variance(drawn)).isCloseTo(3, within(.1));
    long none = Arrays.stream(drawn).filter(of -> of == 0).count();
    assertThat(none / 40_000.0).isCloseTo(Math.exp(-3), within(.0045));
  }

  /**
   * By the normal table: below the lowest decile, -1.2816, lie 3.74 % of scores that have moved up
   * by half a deviation, and 21.72 % above the highest, 1.2816.
   */
  @Test
  void normalScoresMoveThroughDeciles() {
    Shares moved = Shares.ofNormal(.5, 10);
    assertThat(moved.share(0)).isCloseTo(.0374, within(5e-5));
    assertThat(moved.share(9)).isCloseTo(.2172, within(5e-5));
    for (int bin = 0; bin < 10; bin++) {
      assertThat(Shares.ofNormal(0, 10).share(bin)).isCloseTo(.1, within(1e-12));
    }
    // For a move by d of normal scores PSI is d² in bins without end, a little less in ten.
    assertThat(moved.psiAgainst(Shares.even(10))).isBetween(.2, .25);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void crossedSegmentsAreSumsOfTheirCells(boolean withMissing) {
    Layout layout = Layout.crossed(50, withMissing);
    assertThat(layout.parts()).hasSize(50).extracting(Layout.Part::segment).doesNotHaveDuplicates();
    assertThat(layout.cells()).isEqualTo(36);
    Segment cell = layout.parts().get(20).segment();
    for (Layout.Part part : layout.parts()) {
      // A parent lacks one column, and has the same value in all others.
      part.parents()
          .forEach(
              of -> {
                Segment parent = layout.parts().get(of).segment();
                assertThat(parent.values()).hasSize(part.segment().values().size() - 1);
                assertThat(part.segment().valuesByColumn())
                    .containsAllEntriesOf(parent.valuesByColumn());
                assertThat(layout.parts().get(of).cells()).containsAll(part.cells());
              });
      assertThat(part.parents()).hasSize(part.segment().values().size());
    }
    assertThat(cell.values()).hasSize(2);
    assertThat(layout.parts().stream().filter(of -> of.segment().values().contains(null)).count())
        .isEqualTo(withMissing ? 1 + 1 + 4 + 9 - 1 : 0);
  }

  @Test
  void aDayOfAllRowsIsTheSumOfItsStates() {
    DayCounts day = entities(10).draw(0, 1, new SplittableRandom(6));
    long rows = 0;
    long right = 0;
    long[] bins = new long[4];
    for (int part = 1; part < SEGMENTS; part++) {
      rows += day.rows(part);
      right += day.right(part);
      for (int bin = 0; bin < bins.length; bin++) {
        bins[bin] += day.bins(part, 0)[bin];
        assertThat(day.bins(part, 0)[bin] % 10).isZero();
      }
      assertThat(LongStream.of(day.bins(part, 0)).sum()).isEqualTo(day.rows(part));
    }
    assertThat(day.rows(0)).isEqualTo(rows);
    assertThat(day.right(0)).isEqualTo(right);
    assertThat(day.bins(0, 0)).isEqualTo(bins);
  }

  /** Ten rows that are alike have ten times the variance; over 34 degrees an error of a quarter. */
  @ParameterizedTest
  @ValueSource(ints = {1, 10})
  void theReferenceTellsHowManyRowsAnEntityHas(int rowsPerEntity) {
    ReferenceDays reference = ReferenceDays.draw(entities(rowsPerEntity), new SplittableRandom(8));
    assertThat(reference.ofRight(0).phi()).isBetween(.5 * rowsPerEntity, 2.0 * rowsPerEntity);
    assertThat(reference.ofBins(0, 0).phi()).isBetween(.6 * rowsPerEntity, 1.6 * rowsPerEntity);
    assertThat(reference.ofBins(0, 0).degrees()).isEqualTo(34);
    assertThat((double) reference.sum().rows(0)).isCloseTo(35 * 9 * 200.0, within(4 * 800.0));
  }

  @ParameterizedTest
  @EnumSource(QuietKind.class)
  void nothingChangesButWeekends(QuietKind kind) {
    SimulatedModel model = kind.model(3, SEGMENTS, new SplittableRandom(9));
    for (int day : new int[] {-34, -1, 1, 5}) {
      boolean isWeekend = Math.floorMod(day, 7) >= 5;
      boolean isMoved =
          isWeekend && List.of(QuietKind.WEEKDAYS, QuietKind.FAR_WEEKDAYS).contains(kind);
      double psi = model.bins(1, 2, day).psiAgainst(model.bins(1, 2, 0));
      assertThat(psi > 0).isEqualTo(isMoved);
    }
    assertThat(model.outcomes(0, 3).share(1)).isCloseTo(.85, within(1e-12));
  }
}
