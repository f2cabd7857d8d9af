package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BinLookupTest {
  record Edges(String name, List<Double> values) {
    Edges(String name, double... ascending) {
      this(name, Arrays.stream(ascending).boxed().toList());
    }

    double[] ascending() {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Edges> edges() {
    double[] adjacent = new double[300];
    adjacent[0] = 1.0;
    for (int i = 1; i < adjacent.length; i++) {
      adjacent[i] = Math.nextUp(adjacent[i - 1]);
    }
    double[] crowdedInWide = Arrays.copyOf(adjacent, adjacent.length + 2);
    crowdedInWide[adjacent.length] = 1e17;
    crowdedInWide[adjacent.length + 1] = 1e18;
    return Stream.of(
        new Edges("none", new double[0]),
        new Edges("one", new double[] {0.25}),
        new Edges("eight", new double[] {1, 2, 3, 4, 5, 6, 7, 8}),
        new Edges("adjacent doubles", adjacent),
        new Edges("adjacent doubles beside huge ones", crowdedInWide),
        new Edges("extremes", new double[] {-1e308, -5, -1, 0, 1, 2, 3, 4, 5, 6, 1e308}),
        new Edges("denormals", random(1, 50, u -> Double.MIN_VALUE * Math.floor(1000 * u), false)),
        new Edges("uniform, seed 2", random(2, 256, u -> u, false)),
        new Edges("heavy tail, seed 3", random(3, 1000, u -> Math.pow(u, -12), true)),
        new Edges("tiny to huge, seed 4", random(4, 500, u -> Math.pow(10, 600 * u - 300), true)));
  }

  private static double[] random(long seed, int size, DoubleUnaryOperator shape, boolean signed) {
    SplittableRandom random = new SplittableRandom(seed);
    TreeSet<Double> edges = new TreeSet<>();
    for (int i = 0; i < size; i++) {
      double sign = signed && random.nextBoolean() ? -1 : 1;
      edges.add(sign * shape.applyAsDouble(random.nextDouble()) + 0.0);
    }
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("edges")
  void binIsTheNumberOfEdgesAtOrBelowTheValue(Edges edges) {
    double[] ascending = edges.ascending();
    BinLookup lookup = new BinLookup(ascending);
    assertThat(Arrays.stream(probes(ascending)).boxed())
        .allSatisfy(
            value ->
                assertThat((long) lookup.bin(value))
                    .isEqualTo(Arrays.stream(ascending).filter(e -> e <= value).count()));
  }

  /** Every edge and both its neighbours, points between, and the ends of all doubles. */
  private static double[] probes(double[] edges) {
    SplittableRandom random = new SplittableRandom(11);
    TreeSet<Double> probes = new TreeSet<>();
    for (double edge : edges) {
      probes.add(edge);
      probes.add(Math.nextUp(edge));
      probes.add(Math.nextDown(edge));
    }
    for (int i = 0; i < 300 && edges.length > 0; i++) {
      double low = edges[random.nextInt(edges.length)];
      double high = edges[random.nextInt(edges.length)];
      double share = random.nextDouble();
      probes.add(low * share + high * (1 - share));
    }
    probes.addAll(Arrays.asList(-Double.MAX_VALUE, -1e308, -0.0, 0.0, 1e308, Double.MAX_VALUE));
    return probes.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
