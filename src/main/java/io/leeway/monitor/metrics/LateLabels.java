package io.leeway.monitor.metrics;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How far the labels of a window may be expected to have come in.
 *
 * @param byAge whether all its predictions are older than labels take
 * @param matureOn when they are
 * @param known per class the share of the reference's labels that had come by the mean age of the
 *     window's predictions; empty where the reference does not tell
 */
public record LateLabels(boolean byAge, Instant matureOn, List<Double> known)
    implements Serializable {
  /** Where labels are not late, as in a reference. */
  public static final LateLabels NONE = new LateLabels(true, Instant.EPOCH, List.of());

  private static final double ENOUGH = 0.95;
  private static final double ALIKE = 0.02;

  public LateLabels {
    known = List.copyOf(known);
  }

  /**
   * Whether what is known by now is as good as all: by age, or where nearly all labels of every
   * class have come, of each class about as many. STATISTICS, B8.
   *
   * @param coverage the share of the window's rows that have a label
   */
  public boolean isMature(double coverage) {
    return byAge || (coverage >= ENOUGH && spread() <= ALIKE);
  }

  /** Whether labels of all classes may be taken to have come alike. */
  public boolean isAlike() {
    return byAge || spread() <= ALIKE;
  }

  /**
   * Why some numbers wait, in plain words.
   *
   * @param coverage the share of the window's rows that have a label
   */
  String sentence(double coverage, OutcomeMembers members) {
    String sooner =
        known.size() < 2
            ? "how soon labels of each class come is not known"
            : IntStream.range(0, known.size())
                .mapToObj(
                    of ->
                        "%.0f %% of '%s'".formatted(100 * known.get(of), members.classes().get(of)))
                .collect(
                    Collectors.joining(", ", "by this age the reference had the labels of ", ""));
    return String.format(
        Locale.ROOT,
        "%.0f %% of labels are in; %s, so this is not to be judged before %s.",
        100 * coverage,
        sooner,
        matureOn);
  }

  /** By how much the shares of the classes differ that have come; 1 where it is not known. */
  private double spread() {
    if (known.size() < 2) {
      return 1;
    }
    return known.stream().mapToDouble(Double::doubleValue).max().orElseThrow()
        - known.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }
}
