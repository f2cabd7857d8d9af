package io.leeway.serving.ab;

import io.leeway.stats.experiment.Arm;
import io.leeway.stats.experiment.Sums;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Units that were first answered on one day, in one step, by one arm, and are of the same groups.
 *
 * @param arm that answered; empty where neither did, such as a fallback
 * @param groups one for each attribute of the guardrails, in their order
 * @param units there are
 * @param doubled of them, answered by both arms within one step, at whatever time of the test
 * @param misplaced of them, answered by another arm than they were assigned to
 * @param fallback of them, answered by the fallback in the champion's place
 * @param sums of the metrics in their order; units without the number are not in them
 */
record Cell(
    LocalDate day,
    int step,
    Optional<Arm> arm,
    List<String> groups,
    long units,
    long doubled,
    long misplaced,
    long fallback,
    List<Sums> sums) {
  Cell {
    groups = List.copyOf(groups);
    sums = List.copyOf(sums);
  }
}
