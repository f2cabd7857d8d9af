package io.leeway.retrain.gate;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One check and what came of it, a row of the table {@code gate_checks}.
 *
 * @param id unique within a verdict, the same for the same question
 * @param group what it looks at
 * @param metric its name
 * @param slice by whose values rows were cut, as in {@code [state]}
 * @param segment the value that this is about
 * @param attribute whose groups are compared
 * @param scenario the named rows that this is about
 * @param n rows looked at, &ge; 0
 * @param positives rows among them of the positive class; empty unless there are two classes
 * @param candidate value of the candidate
 * @param champion value of the champion on the same rows
 * @param difference candidate minus champion
 * @param low lower end of the interval of the difference, where the check compares, else of the
 *     candidate's value; for one check alone, whatever other checks there are
 * @param high upper end
 * @param limit what difference, where the check compares, or else the candidate's value is held
 *     against, with the sign of what is allowed: −0.01 where AUC may fall by 0.01
 * @param status what came of it
 * @param sentence the same for people, one sentence with numbers
 */
public record GateCheck(
    String id,
    CheckGroup group,
    String metric,
    Optional<String> slice,
    Optional<String> segment,
    Optional<String> attribute,
    Optional<String> scenario,
    long n,
    OptionalLong positives,
    OptionalDouble candidate,
    OptionalDouble champion,
    OptionalDouble difference,
    OptionalDouble low,
    OptionalDouble high,
    OptionalDouble limit,
    CheckStatus status,
    String sentence) {
  public GateCheck {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(status, "status");
    if (id.isBlank() || metric.isBlank() || sentence.isBlank() || n < 0) {
      throw new IllegalArgumentException("A check has an id, a metric, rows and a sentence.");
    }
    requireNumber(candidate);
    requireNumber(champion);
    requireNumber(difference);
    requireNumber(low);
    requireNumber(high);
    requireNumber(limit);
  }

  private static void requireNumber(OptionalDouble value) {
    if (value.isPresent() && Double.isNaN(value.getAsDouble())) {
      throw new IllegalArgumentException("A number of a check is NaN; leave it out.");
    }
  }
}
