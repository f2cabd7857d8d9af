package io.leeway.store;

import io.leeway.domain.Measure;
import io.leeway.domain.Part;
import io.leeway.domain.Subject;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Measures as rows of {@code metrics}. */
public final class MetricRows {
  private MetricRows() {}

  /** A row with the schema of {@link ResultTable#METRICS}. */
  public static Row row(Subject subject, Part.Kind part, Measure measure, Stamp stamp) {
    return RowFactory.create(
        subject.model(),
        subject.modelVersion(),
        subject.granularity(),
        Cells.timestamp(subject.window().start()),
        Cells.timestamp(subject.window().end()),
        part.text(),
        subject.segment().slice().toString(),
        subject.segment().toString(),
        Cells.map(subject.segment().valuesByColumn()),
        subject.column(),
        measure.classLabel(),
        measure.metric(),
        measure.comparison().text(),
        measure.value(),
        measure.ciLow(),
        measure.ciHigh(),
        measure.stdError(),
        measure.errorBound(),
        measure.n(),
        measure.nLabelled(),
        measure.numerator(),
        measure.denominator(),
        measure.referenceValue(),
        measure.referenceN(),
        measure.referenceNumerator(),
        measure.referenceDenominator(),
        measure.expected(),
        measure.dof(),
        measure.phi(),
        measure.phiDf(),
        measure.status().name(),
        measure.flags().toArray(new String[0]),
        measure.reason(),
        maturity(part, measure),
        stamp.binsId(),
        stamp.baselineId(),
        stamp.runId(),
        stamp.attemptId(),
        Cells.timestamp(stamp.computedAt()));
  }

  /** Of what labels tell, whether later ones may still change it. */
  private static String maturity(Part.Kind part, Measure measure) {
    if (part != Part.Kind.OUTCOMES) {
      return null;
    }
    return measure.flags().contains(Measure.PROVISIONAL) ? "provisional" : "mature";
  }
}
