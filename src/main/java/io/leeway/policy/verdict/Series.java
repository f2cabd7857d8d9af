package io.leeway.policy.verdict;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import java.util.Comparator;
import java.util.Objects;

/**
 * Where a value stands in every window. A history asks for each place many times over, so its hash
 * is worked out once.
 */
final class Series implements Comparable<Series> {
  private static final Comparator<Series> ORDER =
      Comparator.comparing((Series of) -> text(of.modelVersion))
          .thenComparing(of -> of.segment.slice())
          .thenComparing(of -> of.segment.toString())
          .thenComparing(of -> of.column)
          .thenComparing(of -> of.metric)
          .thenComparing(of -> text(of.classLabel))
          .thenComparing(of -> of.comparison);

  private final String modelVersion;
  private final Segment segment;
  private final String column;
  private final String metric;
  private final String classLabel;
  private final Comparison comparison;
  private final int hash;

  /**
   * A place.
   *
   * @param modelVersion {@code null} where the predictions name no version
   * @param column empty for what is of the rows as such
   * @param classLabel the class of a one-against-rest metric, else {@code null}
   */
  Series(
      String modelVersion,
      Segment segment,
      String column,
      String metric,
      String classLabel,
      Comparison comparison) {
    this.modelVersion = modelVersion;
    this.segment = segment;
    this.column = column;
    this.metric = metric;
    this.classLabel = classLabel;
    this.comparison = comparison;
    this.hash = hash();
  }

  static Series of(Subject subject, Measure measure) {
    return new Series(
        subject.modelVersion(),
        subject.segment(),
        subject.column(),
        measure.metric(),
        measure.classLabel(),
        measure.comparison());
  }

  String modelVersion() {
    return modelVersion;
  }

  Segment segment() {
    return segment;
  }

  String column() {
    return column;
  }

  String metric() {
    return metric;
  }

  String classLabel() {
    return classLabel;
  }

  Comparison comparison() {
    return comparison;
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
  private int hash() {
    int sum = Objects.hashCode(modelVersion);
    sum = spread(sum) + segment.hashCode();
    sum = spread(sum) + column.hashCode();
    sum = spread(sum) + metric.hashCode();
    sum = spread(sum) + Objects.hashCode(classLabel);
    return spread(sum) + comparison.text().hashCode();
  }

  /** Times 2^32 over the golden ratio, the upper bits folded down. */
  private static int spread(int sum) {
    int product = sum * 0x9E3779B1;
    return product ^ (product >>> 15);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Series series && isLike(series));
  }

  private boolean isLike(Series other) {
    return hash == other.hash
        && metric.equals(other.metric)
        && column.equals(other.column)
        && comparison == other.comparison
        && Objects.equals(modelVersion, other.modelVersion)
        && Objects.equals(classLabel, other.classLabel)
        && segment.equals(other.segment);
  }

  @Override
  public int compareTo(Series other) {
    return ORDER.compare(this, other);
  }

  /** For messages. */
  @Override
  public String toString() {
    return metric
        + (column.isEmpty() ? "" : " of '" + column + "'")
        + (segment.slice().isOverall() ? "" : " in " + segment)
        + (classLabel == null ? "" : ", class " + classLabel)
        + (modelVersion == null ? "" : ", version " + modelVersion)
        + (comparison == Comparison.NONE ? "" : ", against " + comparison.text());
  }
}
