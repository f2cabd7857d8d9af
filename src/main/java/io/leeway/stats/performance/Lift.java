package io.leeway.stats.performance;

import io.leeway.stats.Outcome;

/**
 * How many times as many positives the highest scores hold as rows picked at random: the precision
 * of the top share of rows by score over the base rate. 1 where scores say nothing, at most {@code
 * 1 / share} and {@code 1 / base rate}.
 *
 * <p>The top k = share · N rows need not be whole, nor end where a score does: of the rows with the
 * score at the border as many count as still fit, with the share of positives that all rows of that
 * score have. That is the mean over all ways to break the tie.
 *
 * <p>Where the bin at the border holds more than one score, the rows that fit may be all its
 * positives or all its negatives; the bound is to the farther of both.
 *
 * @param value &ge; 0
 * @param errorBound how far the lift of the rows may lie from the value, &ge; 0
 */
public record Lift(double value, double errorBound) {

  /**
   * Undefined with one class only.
   *
   * @param share of the rows at the top, in (0, 1], such as 0.1
   */
  public static Outcome<Lift> of(ScoreTable table, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("The top share lies in (0, 1], but is " + share + ".");
    }
    return table.ofBothClasses().map(both -> ofBothClasses(both, share));
  }

  private static Lift ofBothClasses(ScoreTable table, double share) {
    double room = share * table.rows();
    double perPositive = 1 / (share * table.positives());
    double positives = 0;
    double open = 0;
    for (int b = table.bins().size() - 1; b >= 0 && room > 0; b--) {
      ScoreBin bin = table.bins().get(b);
      double fitting = Math.min(room, (double) bin.rows());
      double among = fitting * bin.positives() / bin.rows();
      if (!bin.isOneScore()) {
        double least = Math.max(0, fitting - bin.negatives());
        double most = Math.min(fitting, (double) bin.positives());
        open = Math.max(most - among, among - least);
      }
      positives += among;
      room -= fitting;
    }
    return new Lift(positives * perPositive, open * perPositive);
  }
}
