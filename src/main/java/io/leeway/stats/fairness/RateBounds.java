package io.leeway.stats.fairness;

import io.leeway.stats.Outcome;

/**
 * Between what the rate of a group can still end up, whatever the labels that are missing turn out
 * to be. Nothing is assumed of them, so the bounds are wide; they are also sharp: some labels give
 * each end.
 *
 * @param group its name
 * @param low in [0, high]
 * @param high in [low, 1]
 * @see "C. F. Manski (1990), Nonparametric bounds on treatment effects, American Economic Review
 *     80"
 */
public record RateBounds(String group, double low, double high) {
  public RateBounds {
    if (!(0 <= low && low <= high && high <= 1)) {
      throw new IllegalArgumentException(
          "Bounds of a rate lie in [0, 1], but those of '"
              + group
              + "' are ["
              + low
              + ", "
              + high
              + "].");
    }
  }

  /**
   * Of a rate whose denominator the missing labels do not decide: accuracy and base rate among all
   * rows, precision among those predicted positive. {@code [events/(n + u), (events + u)/(n + u)]}.
   *
   * @param labelled the rate of the rows with a label
   * @param unlabelled u, &ge; 0
   */
  public static Outcome<RateBounds> ofShare(GroupRate labelled, long unlabelled) {
    requireNotNegative(labelled.group(), unlabelled);
    double n = labelled.n() + (double) unlabelled;
    return n == 0
        ? Outcome.undefined("The denominator of the rate is 0.")
        : Outcome.of(
            new RateBounds(
                labelled.group(), labelled.events() / n, (labelled.events() + unlabelled) / n));
  }

  /**
   * Of the share predicted positive among the rows of one class, true positive rate or false
   * positive rate: the missing labels decide the denominator, too. With x of n known rows of the
   * class predicted positive, and u and v rows without label predicted positive and negative,
   * {@code [x/(n + v), (x + u)/(n + u)]}: at the lower end the class are those v, at the upper end
   * those u. Labels that leave the class empty are left aside.
   *
   * @param labelled x of n
   * @param unlabelledPositive u, &ge; 0
   * @param unlabelledNegative v, &ge; 0
   */
  public static Outcome<RateBounds> ofClass(
      GroupRate labelled, long unlabelledPositive, long unlabelledNegative) {
    requireNotNegative(labelled.group(), Math.min(unlabelledPositive, unlabelledNegative));
    double x = labelled.events();
    double n = labelled.n();
    if (n + unlabelledPositive + unlabelledNegative == 0) {
      return Outcome.undefined("The denominator of the rate is 0.");
    }
    // An empty class at an end: only rows of the other prediction can then make a rate, 1 or 0.
    double low = n + unlabelledNegative == 0 ? 1 : x / (n + unlabelledNegative);
    double high =
        n + unlabelledPositive == 0 ? 0 : (x + unlabelledPositive) / (n + unlabelledPositive);
    return Outcome.of(new RateBounds(labelled.group(), low, high));
  }

  private static void requireNotNegative(String group, long unlabelled) {
    if (unlabelled < 0) {
      throw new IllegalArgumentException(
          "Group '" + group + "' has " + unlabelled + " unlabelled rows.");
    }
  }
}
