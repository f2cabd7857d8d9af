package io.leeway.policy.verdict;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import java.util.Comparator;
import java.util.Objects;

/**
 * Where a value stands in every window.
 *
 * @param modelVersion {@code null} where the predictions name no version
 * @param column empty for what is of the rows as such
 * @param classLabel the class of a one-against-rest metric, else {@code null}
 */
record Series(
    String modelVersion,
    Segment segment,
    String column,
    String metric,
    String classLabel,
    Comparison comparison)
    implements Comparable<Series> {
  private static final Comparator<Series> ORDER =
      Comparator.comparing((Series of) -> text(of.modelVersion))
          .thenComparing(of -> of.segment.slice())
          .thenComparing(of -> of.segment.toString())
          .thenComparing(of -> of.column)
          .thenComparing(of -> of.metric)
          .thenComparing(of -> text(of.classLabel))
          .thenComparing(of -> of.comparison);

  static Series of(Subject subject, Measure measure) {
    return new Series(
        subject.modelVersion(),
        subject.segment(),
        subject.column(),
        measure.metric(),
        measure.classLabel(),
        measure.comparison());
  }

  /** The same place of another metric. */
  Series of(String otherMetric) {
    return new Series(modelVersion, segment, column, otherMetric, classLabel, comparison);
  }

  /** The same metric and place in another column. */
  Series inColumn(String other) {
    return new Series(modelVersion, segment, other, metric, classLabel, comparison);
  }

  /** The same of another segment. */
  Series inSegment(Segment other) {
    return new Series(modelVersion, other, column, metric, classLabel, comparison);
  }

  /** The same as it stands against something else. */
  Series standing(Comparison other) {
    return new Series(modelVersion, segment, column, metric, classLabel, other);
  }

  private static String text(String of) {
    return Objects.requireNonNullElse(of, "");
  }

  /**
   * Names such as {@code s12} and {@code x3} differ by little, and so would the usual sums of their
   * hashes: half the places of a history would share one with another place.
   */
  @Override
  public int hashCode() {
    int hash = Objects.hashCode(modelVersion);
    hash = spread(hash) + segment.hashCode();
    hash = spread(hash) + column.hashCode();
    hash = spread(hash) + metric.hashCode();
    hash = spread(hash) + Objects.hashCode(classLabel);
    return spread(hash) + comparison.text().hashCode();
  }

  /** Times 2^32 over the golden ratio, the upper bits folded down. */
  private static int spread(int hash) {
    int product = hash * 0x9E3779B1;
    return product ^ (product >>> 15);
  }

  @Override
  public int compareTo(Series other) {
    return ORDER.compare(this, other);
  }
}
