package io.leeway.cli.bench;

import io.leeway.monitor.metrics.WindowFactors;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Overdispersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * The reference of a made-up model: whole weeks of daily windows, their sum, and how much they vary
 * about it, estimated from them. A segment without an estimate takes the largest one among its
 * parents.
 */
final class ReferenceDays {
  static final int DAYS = 35;

  private final DayCounts sum;

  /** By part. */
  private final List<Overdispersion> ofRight = new ArrayList<>();

  /** By feature, then by part. */
  private final List<List<Overdispersion>> ofBins = new ArrayList<>();

  private ReferenceDays(DayCounts sum) {
    this.sum = sum;
  }

  static ReferenceDays draw(SimulatedModel model, SplittableRandom random) {
    List<DayCounts> days = new ArrayList<>();
    for (int day = -DAYS; day < 0; day++) {
      days.add(model.draw(day, 1, random));
    }
    List<Layout.Part> parts = model.layout().parts();
    ReferenceDays reference = new ReferenceDays(sum(days, parts.size(), model.features()));
    WindowFactors factors = new WindowFactors(Floor.DAILY_REFERENCE_WINDOWS.least());
    reference.ofRight.addAll(
        inherited(
            parts,
            part ->
                factors.ofRates(
                    days.stream().mapToLong(day -> day.right(part)).toArray(),
                    days.stream().mapToLong(day -> day.rows(part)).toArray())));
    for (int feature = 0; feature < model.features(); feature++) {
      int of = feature;
      reference.ofBins.add(
          inherited(
              parts,
              part ->
                  factors.ofBins(
                      days.stream().map(day -> day.bins(part, of)).toArray(long[][]::new))));
    }
    return reference;
  }

  private static DayCounts sum(List<DayCounts> days, int parts, int features) {
    DayCounts sum = new DayCounts(parts, features);
    for (DayCounts day : days) {
      for (int part = 0; part < parts; part++) {
        sum.addRows(part, day.rows(part));
        sum.addRight(part, day.right(part));
        for (int feature = 0; feature < features; feature++) {
          sum.addBins(part, feature, day.bins(part, feature), 1);
        }
      }
    }
    return sum;
  }

  private static List<Overdispersion> inherited(
      List<Layout.Part> parts, IntFunction<Outcome<Overdispersion>> estimate) {
    List<Overdispersion> found = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      Optional<Overdispersion> own = estimate.apply(part).value();
      Optional<Overdispersion> ofParents =
          parts.get(part).parents().stream()
              .map(found::get)
              .reduce((one, other) -> one.phi() >= other.phi() ? one : other);
      // All rows together are always enough for an estimate.
      found.add(own.or(() -> ofParents).orElseThrow());
    }
    return found;
  }

  DayCounts sum() {
    return sum;
  }

  /** Of the accuracy. */
  Overdispersion ofRight(int part) {
    return ofRight.get(part);
  }

  /** Of a feature's bins. */
  Overdispersion ofBins(int part, int feature) {
    return ofBins.get(feature).get(part);
  }
}
