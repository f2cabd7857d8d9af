package io.leeway.stats.experiment;

import io.leeway.stats.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the accumulated data say. A pure function of them, and safe to ask for every day; the first
 * ruling other than CONTINUE ends the test.
 *
 * <ol>
 *   <li>ROLL_BACK where a guardrail is surely worse by more than its margin, on whatever day. It
 *       goes before the next rule, for it protects people: a challenger that harms is not kept
 *       because its test is broken, too.
 *   <li>INVALID where the split is not the planned one ({@link SampleRatio}): no other outcome of
 *       such a test means anything, good or bad.
 *   <li>SHIP where a success metric is surely better at its share of alpha, every guardrail is
 *       surely not worse by its margin, no metric of either kind is surely worse, and all of that
 *       rests on days enough.
 *   <li>INCONCLUSIVE after the last planned day; otherwise CONTINUE.
 * </ol>
 *
 * <p>"Surely" is by one-sided bounds of {@link ConfidenceSequence}. Where no success metric is
 * better, the chance that any day says SHIP is alpha at most; where a guardrail is no worse than
 * its margin and the split holds, the chance that it ever rolls back is alpha at most.
 *
 * @param because one sentence with numbers
 * @param sampleRatio undefined while there are too few units
 * @param successes in the order of the plan
 * @param guardrails in the order of the plan
 * @see <a href="https://arxiv.org/abs/2402.11609">Schultzberg, Ankargren and Frånberg (2024),
 *     decision rules with several metrics</a>
 */
public record Decision(
    Ruling ruling,
    String because,
    Outcome<SampleRatio> sampleRatio,
    List<MetricReading> successes,
    List<MetricReading> guardrails) {
  public Decision {
    successes = List.copyOf(successes);
    guardrails = List.copyOf(guardrails);
  }

  /**
   * Decides.
   *
   * @throws IllegalArgumentException if a metric of the plan has no looks, not even none
   */
  public static Decision of(TestPlan plan, Accumulated data) {
    Outcome<SampleRatio> ratio = SampleRatio.of(data.exposures());
    List<MetricReading> successes =
        plan.successes().stream()
            .map(metric -> MetricReading.of(metric, data.of(metric.name()), plan))
            .toList();
    List<MetricReading> guardrails =
        plan.guardrails().stream()
            .map(metric -> MetricReading.of(metric, data.of(metric.name()), plan))
            .toList();

    Optional<MetricReading> harmed = guardrails.stream().filter(MetricReading::isBelow).findFirst();
    if (harmed.isPresent()) {
      return new Decision(
          Ruling.ROLL_BACK, Sentences.rollBack(harmed.get()), ratio, successes, guardrails);
    }
    Optional<SampleRatio> off = ratio.value().filter(of -> !of.isValid());
    if (off.isPresent()) {
      return new Decision(
          Ruling.INVALID, Sentences.invalid(off.get()), ratio, successes, guardrails);
    }
    Optional<String> missing = missing(plan, ratio, successes, guardrails);
    if (missing.isEmpty()) {
      MetricReading winner =
          better(successes).filter(of -> of.lastsEnough(plan)).findFirst().orElseThrow();
      return new Decision(
          Ruling.SHIP, Sentences.ship(winner, guardrails), ratio, successes, guardrails);
    }
    return data.days() >= plan.mostDays()
        ? new Decision(
            Ruling.INCONCLUSIVE,
            Sentences.inconclusive(data.days(), missing.get()),
            ratio,
            successes,
            guardrails)
        : new Decision(
            Ruling.CONTINUE,
            Sentences.goesOn(data.days(), plan, missing.get()),
            ratio,
            successes,
            guardrails);
  }

  /** What stands in the way of a SHIP; empty if nothing does. */
  private static Optional<String> missing(
      TestPlan plan,
      Outcome<SampleRatio> ratio,
      List<MetricReading> successes,
      List<MetricReading> guardrails) {
    return ratio
        .reason()
        .or(
            () ->
                Stream.concat(successes.stream(), guardrails.stream())
                    .filter(MetricReading::isDeteriorated)
                    .findFirst()
                    .map(Sentences::deteriorated))
        .or(
            () ->
                better(successes).findAny().isPresent()
                    ? Optional.empty()
                    : Optional.of(Sentences.notBetter(nearest(successes))))
        .or(
            () ->
                guardrails.stream()
                    .filter(of -> !of.isAbove())
                    .findFirst()
                    .map(Sentences::notWithinMargin))
        .or(
            () ->
                better(successes).anyMatch(of -> of.lastsEnough(plan))
                    ? Optional.empty()
                    : better(successes).findFirst().map(of -> Sentences.tooShort(of, plan)))
        .or(
            () ->
                guardrails.stream()
                    .filter(of -> !of.lastsEnough(plan))
                    .findFirst()
                    .map(of -> Sentences.tooShort(of, plan)));
  }

  private static Stream<MetricReading> better(List<MetricReading> successes) {
    return successes.stream().filter(MetricReading::isAbove);
  }

  /** The success metric that has most to show, the first of the plan where none has anything. */
  private static MetricReading nearest(List<MetricReading> successes) {
    return successes.stream()
        .min(Comparator.comparingDouble(of -> of.bounds().fold(b -> b.pAbove(), why -> 2.0)))
        .orElseThrow();
  }
}
