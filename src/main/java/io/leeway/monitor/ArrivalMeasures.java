package io.leeway.monitor;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Window;
import io.leeway.monitor.Between.Weighted;
import io.leeway.store.Arrivals;
import io.leeway.store.Arrivals.Arrived;
import io.leeway.store.Arrivals.Newest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How timely a base window's rows came in, from the table's log alone. Of rows, only the earliest
 * and the latest time of each file are known; so a value is exact where every file lies within the
 * window and on one side of what is asked, and the middle between two bounds elsewhere, with flag
 * {@code APPROXIMATE} and the distance to them as error bound. It is of all rows of the table,
 * those that {@code predictions.where} leaves out among them.
 *
 * <ul>
 *   <li>{@code arrival_delay_mean}: mean over the rows of commit time minus prediction time, in
 *       seconds; below 0 where times lie in the future.
 *   <li>{@code late_rate}: share of the rows that were committed after the next base window had
 *       ended.
 *   <li>{@code future_rate}: share of the rows whose prediction time lies after their commit.
 *   <li>{@code freshness_seconds}: commit time of the table's version minus the newest prediction
 *       time that is not after it, of the whole table.
 * </ul>
 *
 * <p>Undefined, with a reason, where the log does not tell of one of the files.
 */
final class ArrivalMeasures {
  private static final Duration STEP = Duration.ofMillis(1);
  private static final double MILLIS = 1_000;

  private final Window window;
  private final Instant late;
  private final List<Arrived> files;
  private final Optional<String> untold;

  /**
   * Of a base window.
   *
   * @param next the base window after it
   * @param arrived files that may hold rows of it; further ones do no harm
   * @param untold why these may not be all of them
   */
  ArrivalMeasures(Window window, Window next, List<Arrived> arrived, Optional<String> untold) {
    this.window = window;
    this.late = next.end();
    this.files = arrived.stream().filter(file -> file.mayReach(window)).toList();
    this.untold =
        untold.or(() -> files.stream().flatMap(file -> file.untold().stream()).findFirst());
  }

  /** Delay, late and future rows. */
  List<Measure> all() {
    return List.of(
        measured("arrival_delay_mean", this::delay),
        measured("late_rate", rows -> rate("late_rate", this::isLate)),
        measured("future_rate", rows -> rate("future_rate", this::isFuture)));
  }

  private Measure measured(String metric, Function<Between, Measure.Builder> measure) {
    if (untold.isPresent()) {
      return Measure.undefined(
              metric,
              Comparison.NONE,
              "It is not known when its rows came in: " + untold.get() + ".")
          .build();
    }
    Between rows = files.stream().map(this::rows).reduce(Between.exactly(0), Between::plus);
    if (rows.high() == 0) {
      return Measure.undefined(metric, Comparison.NONE, "There are no rows.")
          .noData("There are no rows.")
          .n(0)
          .build();
    }
    Measure.Builder told = measure.apply(rows);
    return (rows.isExact() ? told.n((long) rows.low()) : told).build();
  }

  /** How many of a file's rows lie in the window. */
  private Between rows(Arrived file) {
    boolean first = window.contains(file.first());
    boolean last = window.contains(file.last());
    double rows = file.rows();
    if (first && last) {
      return Between.exactly(rows);
    }
    // One end lies within: that row is. The other end, or both, belong to other rows.
    return first || last ? new Between(1, rows - 1) : new Between(0, Math.max(0, rows - 2));
  }

  private Measure.Builder delay(Between all) {
    List<Weighted> delays = new ArrayList<>();
    for (Arrived file : files) {
      Instant committed = file.committed().orElseThrow();
      Instant first = file.first().isBefore(window.start()) ? window.start() : file.first();
      Instant last = window.contains(file.last()) ? file.last() : window.end().minus(STEP);
      delays.add(
          new Weighted(
              rows(file), new Between(seconds(last, committed), seconds(first, committed))));
    }
    return value("arrival_delay_mean", Between.mean(delays));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / MILLIS;
  }

  /** How many of some rows are meant, and how many are not. */
  private record Split(Between some, Between others) {
    static Split all(Between rows) {
      return new Split(rows, Between.exactly(0));
    }

    static Split none(Between rows) {
      return new Split(Between.exactly(0), rows);
    }

    Split plus(Split more) {
      return new Split(some.plus(more.some), others.plus(more.others));
    }
  }

  private Split isLate(Arrived file) {
    boolean came = file.committed().orElseThrow().isAfter(late);
    return came ? Split.all(rows(file)) : Split.none(rows(file));
  }

  private Split isFuture(Arrived file) {
    Instant committed = file.committed().orElseThrow();
    Between rows = rows(file);
    if (!file.last().isAfter(committed) || !window.end().isAfter(committed)) {
      return Split.none(rows);
    }
    if (file.first().isAfter(committed) || window.start().isAfter(committed)) {
      return Split.all(rows);
    }
    int last = window.contains(file.last()) ? 1 : 0;
    int first = window.contains(file.first()) ? 1 : 0;
    return new Split(
        new Between(last, rows.high() - first), new Between(first, rows.high() - last));
  }

  private Measure.Builder rate(String metric, Function<Arrived, Split> split) {
    Split whole = files.stream().map(split).reduce(Split.none(Between.exactly(0)), Split::plus);
    Between rate = Between.share(whole.some, whole.others);
    if (rate.low() == 0 && rate.high() == 1) {
      return Measure.undefined(
          metric,
          Comparison.NONE,
          "Its files hold rows of other windows, too, and say nothing of how many are in this one.");
    }
    Measure.Builder told = value(metric, rate);
    return whole.some.isExact() && whole.others.isExact()
        ? told.fraction(whole.some.low(), whole.some.low() + whole.others.low())
        : told;
  }

  private static Measure.Builder value(String metric, Between between) {
    Measure.Builder told = Measure.of(metric, Comparison.NONE, between.middle());
    return between.isExact() ? told : told.errorBound(between.bound()).flag("APPROXIMATE");
  }

  /** Of the table as a whole. */
  static Measure freshness(Arrivals arrivals) {
    String metric = "freshness_seconds";
    if (arrivals.newest().isEmpty()) {
      String why =
          arrivals
              .untold()
              .orElse(
                  "no row has a time up to the table's last commit, or the log does not say when that was");
      return Measure.undefined(metric, Comparison.NONE, "Not known: " + why + ".").build();
    }
    Newest newest = arrivals.newest().get();
    return value(
            metric,
            new Between(
                seconds(newest.atMost(), newest.committed()),
                seconds(newest.atLeast(), newest.committed())))
        .build();
  }
}
