package io.leeway.serving;

import io.leeway.registry.ActKind;
import io.leeway.registry.AuditChain;
import io.leeway.registry.AuditEntry;
import io.leeway.registry.Challenge;
import io.leeway.registry.ModelState;
import io.leeway.stats.experiment.Arm;
import io.leeway.stats.experiment.Assignment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Who got which share of a test, and when. The share that counts for a row is the one in force at
 * the row's own time, whenever it is scored: so a row's arm follows from the row and the audit log
 * alone, and reading the test later comes to the same arm. Rows from before the test that are
 * scored while it runs have the first step's share; the test does not count them.
 *
 * @param salt of the assignment
 * @param steps in order of time, at least one
 */
public record Ramp(String salt, List<Step> steps) {
  /**
   * A step.
   *
   * @param number from 0
   * @param from when it began
   * @param basisPoints the challenger's share, in [1, 9 999]
   */
  public record Step(int number, Instant from, int basisPoints) {}

  public Ramp {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("A ramp has a step.");
    }
  }

  /** The one of the running test; empty in the shadow and without a challenger. */
  public static Optional<Ramp> of(ModelState state, AuditChain chain) {
    return state.challenge().filter(of -> !of.shadow()).map(of -> of(of, chain));
  }

  private static Ramp of(Challenge challenge, AuditChain chain) {
    List<Step> steps = new ArrayList<>();
    for (AuditEntry entry : chain.entries()) {
      ActKind kind = entry.act().kind();
      boolean begins = kind == ActKind.CHALLENGED && entry.sequence() == challenge.test();
      boolean goesOn = kind == ActKind.RAMPED && entry.sequence() > challenge.test();
      if (begins || goesOn) {
        entry
            .act()
            .details()
            .integer("basis_points")
            .ifPresent(points -> steps.add(new Step(steps.size(), entry.at(), points)));
      }
    }
    return new Ramp(
        challenge.salt(),
        steps.isEmpty() ? List.of(new Step(0, challenge.since(), challenge.basisPoints())) : steps);
  }

  /** The step at a time; the first one before all. */
  public Step at(Instant time) {
    Step found = steps.get(0);
    for (Step step : steps) {
      if (!time.isBefore(step.from())) {
        found = step;
      }
    }
    return found;
  }

  /** The arm of a unit at a time. */
  public Arm arm(String unit, Instant time) {
    return new Assignment(salt, at(time).basisPoints()).arm(unit);
  }

  /** SQL of whether a row is the challenger's; false for a unit without identifier. */
  public String challengerSql(String unit, String time) {
    return "coalesce("
        + new Assignment(salt, steps.get(0).basisPoints()).bucketSql(unit)
        + " < "
        + stepSql(time, Step::basisPoints)
        + ", false)";
  }

  /** SQL of what a row's step has. */
  public String stepSql(String time, ToIntFunction<Step> of) {
    StringBuilder sql = new StringBuilder("CASE");
    for (int i = steps.size() - 1; i > 0; i--) {
      sql.append(" WHEN ")
          .append(time)
          .append(" >= ")
          .append(SqlText.timestamp(steps.get(i).from()))
          .append(" THEN ")
          .append(of.applyAsInt(steps.get(i)));
    }
    return steps.size() == 1
        ? Integer.toString(of.applyAsInt(steps.get(0)))
        : sql.append(" ELSE ").append(of.applyAsInt(steps.get(0))).append(" END").toString();
  }
}
