package io.leeway.store;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Status;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.functions;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Rows of {@code metrics} as measures, read as {@link ProfileReader} reads profiles. Texts that
 * come again and again are made once, so a reader is for one thread and one reading.
 */
public final class MetricReader {
  /** What a measure and its subject are made of; the rest is not even decoded. */
  private static final List<String> READ =
      List.of(
          "model",
          "model_version",
          "granularity",
          "window_start",
          "window_end",
          "segment",
          "segment_values",
          "column_name",
          "class_label",
          "metric",
          "comparison",
          "value",
          "ci_low",
          "ci_high",
          "std_error",
          "error_bound",
          "n",
          "n_labelled",
          "numerator",
          "denominator",
          "reference_value",
          "reference_n",
          "reference_numerator",
          "reference_denominator",
          "expected",
          "dof",
          "phi",
          "phi_df",
          "status",
          "flags",
          "reason");

  private final Map<UTF8String, String> texts = new HashMap<>();

  /** By their text, which says slice and values. */
  private final Map<UTF8String, Segment> segments = new HashMap<>();

  private final int model = at("model");
  private final int modelVersion = at("model_version");
  private final int granularity = at("granularity");
  private final int windowStart = at("window_start");
  private final int windowEnd = at("window_end");
  private final int segment = at("segment");
  private final int segmentValues = at("segment_values");
  private final int column = at("column_name");
  private final int classLabel = at("class_label");
  private final int metric = at("metric");
  private final int comparison = at("comparison");
  private final int value = at("value");
  private final int ciLow = at("ci_low");
  private final int ciHigh = at("ci_high");
  private final int stdError = at("std_error");
  private final int errorBound = at("error_bound");
  private final int n = at("n");
  private final int nLabelled = at("n_labelled");
  private final int numerator = at("numerator");
  private final int denominator = at("denominator");
  private final int referenceValue = at("reference_value");
  private final int referenceN = at("reference_n");
  private final int referenceNumerator = at("reference_numerator");
  private final int referenceDenominator = at("reference_denominator");
  private final int expected = at("expected");
  private final int dof = at("dof");
  private final int phi = at("phi");
  private final int phiDf = at("phi_df");
  private final int status = at("status");
  private final int flags = at("flags");
  private final int reason = at("reason");

  /** Hands over every row of a frame of the table, decoded one by one where the caller is. */
  public void read(Dataset<Row> metrics, BiConsumer<Subject, Measure> to) {
    // One partition, for each of them would be a job of its own.
    Dataset<Row> told =
        metrics.select(READ.stream().map(functions::col).toArray(Column[]::new)).coalesce(1);
    Iterator<InternalRow> rows =
        scala.jdk.javaapi.CollectionConverters.asJava(
            told.queryExecution().executedPlan().executeToIterator());
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      to.accept(subject(row), measure(row));
    }
  }

  private Subject subject(InternalRow row) {
    return new Subject(
        text(row, model),
        text(row, modelVersion),
        text(row, granularity),
        new Window(Cells.instant(row.getLong(windowStart)), Cells.instant(row.getLong(windowEnd))),
        segment(row),
        text(row, column));
  }

  private Segment segment(InternalRow row) {
    Segment known = segments.get(row.getUTF8String(segment));
    if (known == null) {
      known = Cells.segment(row.getMap(segmentValues));
      segments.put(row.getUTF8String(segment).copy(), known);
    }
    return known;
  }

  private Measure measure(InternalRow row) {
    return new Measure(
        text(row, metric),
        text(row, classLabel),
        Comparison.valueOf(text(row, comparison).toUpperCase(Locale.ROOT)),
        number(row, value),
        number(row, ciLow),
        number(row, ciHigh),
        number(row, stdError),
        number(row, errorBound),
        count(row, n),
        count(row, nLabelled),
        number(row, numerator),
        number(row, denominator),
        number(row, referenceValue),
        count(row, referenceN),
        number(row, referenceNumerator),
        number(row, referenceDenominator),
        number(row, expected),
        number(row, dof),
        number(row, phi),
        number(row, phiDf),
        Status.valueOf(text(row, status)),
        row.isNullAt(flags) ? List.of() : flags(row.getArray(flags)),
        text(row, reason));
  }

  private List<String> flags(ArrayData cells) {
    List<String> all = new ArrayList<>(cells.numElements());
    for (int i = 0; i < cells.numElements(); i++) {
      all.add(known(cells.getUTF8String(i)));
    }
    return all;
  }

  private String text(InternalRow row, int i) {
    return row.isNullAt(i) ? null : known(row.getUTF8String(i));
  }

  private String known(UTF8String text) {
    String known = texts.get(text);
    if (known == null) {
      known = text.toString();
      texts.put(text.copy(), known);
    }
    return known;
  }

  private static Double number(InternalRow row, int i) {
    return row.isNullAt(i) ? null : (Double) row.getDouble(i);
  }

  private static Long count(InternalRow row, int i) {
    return row.isNullAt(i) ? null : (Long) row.getLong(i);
  }

  private static int at(String name) {
    return READ.indexOf(name);
  }
}
