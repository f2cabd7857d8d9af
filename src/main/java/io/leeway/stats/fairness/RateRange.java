package io.leeway.stats.fairness;

import io.leeway.stats.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The highest and the lowest rate among groups: the plain numbers of the catalogue, without any
 * inference. A single group has the difference 0 and the ratio 1. Of equal rates the first by name
 * counts.
 *
 * @param highest the group of the highest rate
 * @param high its rate
 * @param lowest the group of the lowest rate
 * @param low its rate
 */
public record RateRange(String highest, double high, String lowest, double low) {

  /** Over the groups of a reading; undefined where no group takes part. */
  public static Outcome<RateRange> of(SortedGroups groups) {
    Stream<Point> zeros =
        groups.reading().undefinedRates() == Reading.UndefinedRates.ZERO
            ? groups.undefined().stream().map(rate -> new Point(rate.group(), 0))
            : Stream.empty();
    List<Point> points =
        Stream.concat(
                groups.supported().stream().map(rate -> new Point(rate.group(), rate.share())),
                zeros)
            .sorted(Comparator.comparingDouble(Point::rate).thenComparing(Point::group))
            .toList();
    if (points.isEmpty()) {
      return Outcome.undefined("No group takes part: " + groups.sentence());
    }
    Point low = points.get(0);
    double most = points.get(points.size() - 1).rate();
    Point high = points.stream().filter(point -> point.rate() == most).findFirst().orElseThrow();
    return Outcome.of(new RateRange(high.group(), high.rate(), low.group(), low.rate()));
  }

  public double difference() {
    return high - low;
  }

  /** Lowest over highest, in [0, 1]; undefined where all rates are 0. */
  public Outcome<Double> ratio() {
    return high == 0
        ? Outcome.undefined("All rates are 0, and 0/0 is no ratio.")
        : Outcome.of(low / high);
  }

  private record Point(String group, double rate) {}
}
