package io.leeway.cli.bench;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Kinds of made-up models in which nothing changes. */
public enum QuietKind {
  PLAIN(0, "plain"),
  CROSSED(1, "states, age bands and both crossed; cells differ"),
  MISSING(2, "states, age bands and both crossed; rows without either on half of the days"),
  DISCRETE(3, "categories, 2 to 9 a column"),
  ENTITIES(4, "ten rows per entity"),
  WEEKDAYS(5, "weekends 0.25 sd apart in every column"),
  FAR_WEEKDAYS(6, "weekends 0.5 sd apart in every column"),
  VERSIONS(7, "two versions, half the rows each");

  static final double RIGHT = 0.85;

  /** Of the sizes of cells, in rows a day. */
  private static final double MEDIAN = 300;

  private static final int BINS = 10;
  private static final int MOST_CATEGORIES = 9;
  private static final int WEEK = 7;
  private static final int SATURDAY = 5;

  /** How far shares differ between cells: their logarithms have this standard deviation. */
  private static final double APART = 0.2;

  private final int seed;
  private final String text;

  QuietKind(int seed, String text) {
    this.seed = seed;
    this.text = text;
  }

  /** Random numbers of its own. */
  SplittableRandom random(long ofAll) {
    return new SplittableRandom(ofAll + seed);
  }

  String text() {
    return text;
  }

  List<String> versions() {
    return this == VERSIONS ? List.of("v1", "v2") : List.of("v1");
  }

  SimulatedModel model(int features, int segments, SplittableRandom random) {
    Layout layout =
        switch (this) {
          case CROSSED -> Layout.crossed(segments, false);
          case MISSING -> Layout.crossed(segments, true);
          default -> Layout.flat(segments);
        };
    Shares right = Shares.of(1 - RIGHT, RIGHT);
    return new SimulatedModel(
        layout,
        features,
        sizes(layout.cells(), random),
        this == ENTITIES ? 10 : 1,
        this == DISCRETE,
        bins(features, layout.cells(), random),
        (cell, day) -> right);
  }

  /** Log-normal, with a deviation of 1. */
  static double[] sizes(int cells, SplittableRandom random) {
    double[] sizes = new double[cells];
    Arrays.setAll(sizes, cell -> MEDIAN * Math.exp(random.nextGaussian()));
    return sizes;
  }

  private SimulatedModel.Bins bins(int features, int cells, SplittableRandom random) {
    Shares even = Shares.even(BINS);
    return switch (this) {
      case PLAIN, MISSING, ENTITIES, VERSIONS -> (feature, cell, day) -> even;
      case CROSSED -> {
        Shares[][] ofCells = new Shares[features][cells];
        for (Shares[] ofFeature : ofCells) {
          Arrays.setAll(ofFeature, cell -> uneven(BINS, APART, random));
        }
        yield (feature, cell, day) -> ofCells[feature][cell];
      }
      case DISCRETE -> {
        Shares[] ofFeatures = new Shares[features];
        Arrays.setAll(ofFeatures, of -> uneven(2 + of % (MOST_CATEGORIES - 1), 1, random));
        yield (feature, cell, day) -> ofFeatures[feature];
      }
      case WEEKDAYS -> weekends(even, Shares.ofNormal(0.25, BINS));
      case FAR_WEEKDAYS -> weekends(even, Shares.ofNormal(0.5, BINS));
    };
  }

  private static SimulatedModel.Bins weekends(Shares weekday, Shares weekend) {
    return (feature, cell, day) -> Math.floorMod(day, WEEK) >= SATURDAY ? weekend : weekday;
  }

  private static Shares uneven(int bins, double apart, SplittableRandom random) {
    double[] weights = new double[bins];
    Arrays.setAll(weights, bin -> Math.exp(apart * random.nextGaussian()));
    return Shares.of(weights);
  }
}
