package io.leeway.serving.ab;

import io.leeway.config.TestMetric;
import io.leeway.config.TrafficConfig.Guard;
import io.leeway.config.TrafficConfig.Success;
import io.leeway.domain.RunIdentity;
import io.leeway.serving.Ramp;
import io.leeway.stats.experiment.Accumulated;
import io.leeway.stats.experiment.Arm;
import io.leeway.stats.experiment.ArmDay;
import io.leeway.stats.experiment.ArmDays;
import io.leeway.stats.experiment.Decision;
import io.leeway.stats.experiment.Exposure;
import io.leeway.stats.experiment.Looks;
import io.leeway.stats.experiment.Ruling;
import io.leeway.stats.experiment.Sums;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a test says so far. A pure function of its cells.
 *
 * <p>A unit counts once, on the day and in the arm of its first answer. A day on which the fallback
 * was anybody's first answer counts for neither arm: the champion was away, and a split without it
 * is none. Unless a guardrail is broken by the rules of {@link Decision}: where more than one unit
 * in a thousand was answered by both arms within one step of the ramp, the test is INVALID, for the
 * split does not hold; that a larger share moves units from champion to challenger is how a ramp
 * works, and no such thing. Where more than one in a hundred was answered by another arm than it
 * was assigned to, or by neither, that is a warning.
 *
 * <p>A metric that needs the outcome takes the days whose outcomes have come in, both arms cut at
 * the same age; others take all whole days. A fairness guardrail is about the two largest groups of
 * its attribute: the effect in the one that has more of the metric under the champion, less the
 * effect in the other one, which is the change of the gap between them. The gap may grow in neither
 * direction by more than the margin ({@link Metrics#plan}).
 *
 * @param because one sentence with numbers
 * @param decision by the rules, whatever the units' exposures say
 * @param exposures of whole days
 * @param lines what it rests on
 * @param warnings in sentences
 */
record TestReading(
    Ruling ruling,
    String because,
    Decision decision,
    List<Exposure> exposures,
    List<Line> lines,
    List<String> warnings) {
  private static final double MOST_DOUBLED = 0.001;
  private static final double MOST_MISPLACED = 0.01;

  /** The sums of one metric, as the results' table keeps them. */
  record Line(LocalDate day, int step, Arm arm, String metric, String role, Sums sums) {}

  /** Which days count, and how. */
  record Cut(LocalDate wholeUntil, LocalDate labelledUntil, Duration labelAge) {
    /** The first day that does not count for a metric. */
    LocalDate until(TestMetric metric) {
      return metric.kind().needsLabel() ? labelledUntil : wholeUntil;
    }

    Duration age(TestMetric metric) {
      return metric.kind().needsLabel() ? labelAge : Duration.ZERO;
    }
  }

  TestReading {
    exposures = List.copyOf(exposures);
    lines = List.copyOf(lines);
    warnings = List.copyOf(warnings);
  }

  static TestReading of(Metrics metrics, Ramp ramp, List<Cell> cells, Cut cut) {
    SortedSet<LocalDate> away =
        cells.stream()
            .filter(cell -> cell.fallback() > 0 && cell.day().isBefore(cut.wholeUntil()))
            .map(Cell::day)
            .collect(Collectors.toCollection(TreeSet::new));
    List<Cell> whole =
        cells.stream()
            .filter(cell -> cell.day().isBefore(cut.wholeUntil()) && !away.contains(cell.day()))
            .toList();
    Map<String, Looks> looks = new LinkedHashMap<>();
    Map<String, Double> gaps = new HashMap<>();
    List<Line> lines = new ArrayList<>();
    for (Success success : metrics.successes()) {
      TestMetric metric = success.metric();
      Map<ArmDay, Sums> sums = sums(metrics, metric, whole, cut, cell -> true);
      looks.put(metric.name(), looks(metrics, metric, sums));
      lines.addAll(lines(metric.name(), "success", sums));
    }
    for (Guard guard : metrics.guards()) {
      if (guard.attribute().isEmpty()) {
        Map<ArmDay, Sums> sums = sums(metrics, guard.metric(), whole, cut, cell -> true);
        looks.put(guard.name(), looks(metrics, guard.metric(), sums));
        lines.addAll(lines(guard.name(), "guardrail", sums));
      } else {
        Gap gap = gap(metrics, guard, whole, cut);
        looks.put(guard.name(), gap.change);
        looks.put(Metrics.turned(guard), gap.change);
        gaps.put(guard.name(), gap.size);
        lines.addAll(gap.lines);
      }
    }
    List<Exposure> exposures = exposures(ramp, whole);
    Decision decision =
        Decision.of(
            metrics.plan(guard -> gaps.get(guard.name())), new Accumulated(exposures, looks));
    Optional<String> doubled =
        decision.ruling() == Ruling.ROLL_BACK ? Optional.empty() : doubled(whole);
    return new TestReading(
        doubled.isPresent() ? Ruling.INVALID : decision.ruling(),
        doubled.orElse(decision.because()),
        decision,
        exposures,
        lines,
        Stream.concat(misplaced(whole).stream(), without(away).stream()).toList());
  }

  /** The same for the same data, but for the last digits, in which sums depend on their order. */
  String digest() {
    List<Object> parts = new ArrayList<>(List.of(ruling));
    exposures.forEach(parts::add);
    for (Line line : lines) {
      parts.add(line.day() + " " + line.step() + " " + line.arm() + " " + line.metric());
      parts.add(line.sums().units());
      parts.add(rounded(line.sums().sum()));
      parts.add(rounded(line.sums().sumOfSquares()));
    }
    return RunIdentity.hash(parts);
  }

  private static String rounded(double sum) {
    return String.format(Locale.ROOT, "%.8e", sum);
  }

  private static Map<ArmDay, Sums> sums(
      Metrics metrics, TestMetric metric, List<Cell> cells, Cut cut, Predicate<Cell> which) {
    int place = metrics.measured().indexOf(metric);
    Map<ArmDay, Sums> sums = new TreeMap<>();
    for (Cell cell : cells) {
      if (cell.arm().isPresent() && cell.day().isBefore(cut.until(metric)) && which.test(cell)) {
        sums.merge(
            new ArmDay(cell.day(), cell.step(), cell.arm().get(), cut.age(metric)),
            cell.sums().get(place),
            Sums::plus);
      }
    }
    return sums;
  }

  private static Looks looks(Metrics metrics, TestMetric metric, Map<ArmDay, Sums> sums) {
    return sums.isEmpty() ? Looks.NONE : ArmDays.of(sums).looks(metrics.measure(metric));
  }

  private static List<Line> lines(String name, String role, Map<ArmDay, Sums> sums) {
    List<Line> lines = new ArrayList<>();
    sums.forEach((of, sum) -> lines.add(new Line(of.day(), of.step(), of.arm(), name, role, sum)));
    return lines;
  }

  /** Of the champion, at least 0, and how the challenger changes it. */
  private record Gap(double size, Looks change, List<Line> lines) {}

  private static Gap gap(Metrics metrics, Guard guard, List<Cell> cells, Cut cut) {
    int place = metrics.attributes().indexOf(guard.attribute().orElseThrow());
    Map<String, Long> units = new TreeMap<>();
    cells.forEach(cell -> units.merge(cell.groups().get(place), cell.units(), Long::sum));
    List<String> largest =
        units.entrySet().stream()
            .sorted(Comparator.comparing((Map.Entry<String, Long> of) -> -of.getValue()))
            .limit(2)
            .map(Map.Entry::getKey)
            .toList();
    if (largest.size() < 2) {
      return new Gap(0, Looks.NONE, List.of());
    }
    Map<ArmDay, Sums> one = ofGroup(metrics, guard, cells, cut, place, largest.get(0));
    Map<ArmDay, Sums> other = ofGroup(metrics, guard, cells, cut, place, largest.get(1));
    Looks ofOne = looks(metrics, guard.metric(), one);
    Looks ofOther = looks(metrics, guard.metric(), other);
    List<Line> lines = new ArrayList<>();
    lines.addAll(lines(guard.name() + ": " + largest.get(0), "guardrail", one));
    lines.addAll(lines(guard.name() + ": " + largest.get(1), "guardrail", other));
    double gap = championMean(one) - championMean(other);
    return new Gap(Math.abs(gap), gap >= 0 ? ofOne.minus(ofOther) : ofOther.minus(ofOne), lines);
  }

  private static Map<ArmDay, Sums> ofGroup(
      Metrics metrics, Guard guard, List<Cell> cells, Cut cut, int place, String group) {
    return sums(
        metrics, guard.metric(), cells, cut, cell -> cell.groups().get(place).equals(group));
  }

  /** 0 without units, where there is no effect to turn either. */
  private static double championMean(Map<ArmDay, Sums> sums) {
    Sums all = Sums.EMPTY;
    for (Map.Entry<ArmDay, Sums> of : sums.entrySet()) {
      all = of.getKey().arm() == Arm.CHAMPION ? all.plus(of.getValue()) : all;
    }
    return all.units() == 0 ? 0 : all.sum() / all.units();
  }

  private static List<Exposure> exposures(Ramp ramp, List<Cell> cells) {
    Map<LocalDate, Map<Integer, Map<Arm, Long>>> counts = new TreeMap<>();
    for (Cell cell : cells) {
      if (cell.arm().isPresent()) {
        counts
            .computeIfAbsent(cell.day(), day -> new TreeMap<>())
            .computeIfAbsent(cell.step(), step -> new EnumMap<>(Arm.class))
            .merge(cell.arm().get(), cell.units(), Long::sum);
      }
    }
    List<Exposure> exposures = new ArrayList<>();
    counts.forEach(
        (day, steps) ->
            steps.forEach(
                (step, units) ->
                    exposures.add(
                        new Exposure(
                            day,
                            step,
                            ramp.steps().get(step).basisPoints(),
                            units.getOrDefault(Arm.CHAMPION, 0L),
                            units.getOrDefault(Arm.CHALLENGER, 0L)))));
    return exposures;
  }

  private static Optional<String> doubled(List<Cell> cells) {
    long units = cells.stream().mapToLong(Cell::units).sum();
    long doubled = cells.stream().mapToLong(Cell::doubled).sum();
    return doubled > MOST_DOUBLED * units
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "The split does not hold: both arms answered %d of %d units (%.2f %%) within one step of"
                    + " the ramp, and 0.1 %% is the most.",
                doubled,
                units,
                100.0 * doubled / units))
        : Optional.empty();
  }

  private static Optional<String> without(SortedSet<LocalDate> away) {
    return away.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Days on which a fallback answered in the champion's place do not count for either arm: "
                + away.stream().map(LocalDate::toString).collect(Collectors.joining(", "))
                + ".");
  }

  private static Optional<String> misplaced(List<Cell> cells) {
    long units = cells.stream().mapToLong(Cell::units).sum();
    long misplaced = cells.stream().mapToLong(Cell::misplaced).sum();
    return misplaced > MOST_MISPLACED * units
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%d of %d units (%.1f %%) were first answered by another arm than they were assigned to,"
                    + " or by neither; more than 1 %% blurs the difference.",
                misplaced,
                units,
                100.0 * misplaced / units))
        : Optional.empty();
  }
}
