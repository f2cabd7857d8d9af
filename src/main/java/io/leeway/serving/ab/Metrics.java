package io.leeway.serving.ab;

import io.leeway.config.Task;
import io.leeway.config.TestMetric;
import io.leeway.config.TrafficConfig;
import io.leeway.config.TrafficConfig.Guard;
import io.leeway.config.TrafficConfig.Success;
import io.leeway.stats.experiment.Better;
import io.leeway.stats.experiment.Guardrail;
import io.leeway.stats.experiment.Measure;
import io.leeway.stats.experiment.RampStep;
import io.leeway.stats.experiment.SuccessMetric;
import io.leeway.stats.experiment.TestPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What a test measures: its plan, and the numbers that are needed of each unit for it. */
final class Metrics {
  private final Task task;
  private final TrafficConfig traffic;
  private final List<TestMetric> measured;
  private final List<String> attributes;

  private Metrics(
      Task task, TrafficConfig traffic, Set<TestMetric> measured, Set<String> attributes) {
    this.task = task;
    this.traffic = traffic;
    this.measured = List.copyOf(measured);
    this.attributes = List.copyOf(attributes);
  }

  static Metrics of(Task task, TrafficConfig traffic) {
    Set<TestMetric> measured = new LinkedHashSet<>();
    Set<String> attributes = new LinkedHashSet<>();
    traffic.successOf(task).forEach(success -> measured.add(success.metric()));
    for (Guard guard : traffic.guards()) {
      measured.add(guard.metric());
      guard.attribute().ifPresent(attributes::add);
    }
    return new Metrics(task, traffic, measured, attributes);
  }

  /** Each number once, in the order of {@link Cell#sums}. */
  List<TestMetric> measured() {
    return measured;
  }

  /** Those whose groups are compared, in the order of {@link Cell#groups}. */
  List<String> attributes() {
    return attributes;
  }

  List<Success> successes() {
    return traffic.successOf(task);
  }

  List<Guard> guards() {
    return traffic.guards();
  }

  /**
   * What is settled before the first look. A gap between two groups g and h under the champion may
   * grow by the margin m, in either direction: {@code |gap'| <= |gap| + m} are two guardrails on
   * the change of g less h, at most m, and at least {@code -(m + 2 |gap|)}.
   *
   * @param gap under the champion, &ge; 0, of a guardrail with an attribute
   */
  TestPlan plan(ToDoubleFunction<Guard> gap) {
    List<Guardrail> guardrails = new ArrayList<>();
    for (Guard guard : guards()) {
      guardrails.add(new Guardrail(guard.name(), guard.better(), guard.margin()));
      if (guard.attribute().isPresent()) {
        guardrails.add(
            new Guardrail(
                turned(guard), Better.HIGHER, guard.margin() + 2 * gap.applyAsDouble(guard)));
      }
    }
    return new TestPlan(
        traffic.alpha(),
        TestPlan.plannedSize(ramp()),
        traffic.leastDays(),
        traffic.leastSpan(),
        traffic.mostDays(),
        successes().stream()
            .map(of -> new SuccessMetric(of.metric().name(), of.better(), of.weight()))
            .toList(),
        guardrails);
  }

  /** The guardrail that the gap does not open in the other direction. */
  static String turned(Guard guard) {
    return guard.name() + ", turned";
  }

  /** Each step as long as it must be, and the last one until the end. */
  private List<RampStep> ramp() {
    List<RampStep> ramp = new ArrayList<>();
    int last = traffic.ramp().size() - 1;
    for (int step = 0; step <= last; step++) {
      int days =
          step < last
              ? traffic.stepDays()
              : Math.max(1, traffic.mostDays() - last * traffic.stepDays());
      ramp.add(new RampStep(traffic.ramp().get(step), traffic.unitsPerDay() * days));
    }
    return ramp;
  }

  /** How the number is judged. Errors of numbers, money and times are skewed. */
  Measure measure(TestMetric metric) {
    return switch (metric.kind()) {
      case ERROR_RATE, POSITIVE_DECISION_RATE, FAILURE_RATE -> Measure.SHARE;
      case SQUARED_ERROR, ABSOLUTE_ERROR -> task == Task.REGRESSION ? Measure.AMOUNT : Measure.MEAN;
      case LOG_LOSS -> Measure.MEAN;
      case LATENCY, SQL -> Measure.AMOUNT;
    };
  }
}
