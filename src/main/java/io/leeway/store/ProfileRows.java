package io.leeway.store;

import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.profile.StoredProfile;
import java.util.function.IntFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Profiles as rows of {@code profiles}, and back. */
public final class ProfileRows {
  /**
   * The column {@code part} of the reference's profiles; these count where their run is committed,
   * are found by {@code baseline_id}, and belong to no published part.
   */
  public static final String REFERENCE = "reference";

  private ProfileRows() {}

  /**
   * A row with the schema of {@link ResultTable#PROFILES}.
   *
   * @param part the text of a {@link io.leeway.domain.Part.Kind}, or {@link #REFERENCE}
   * @throws ArithmeticException if a sum has more than 38 digits
   */
  public static Row row(Subject subject, String part, StoredProfile profile, Stamp stamp) {
    Segment segment = subject.segment();
    return RowFactory.create(
        subject.model(),
        subject.modelVersion(),
        part,
        subject.granularity(),
        Cells.timestamp(subject.window().start()),
        Cells.timestamp(subject.window().end()),
        segment.slice().toString(),
        segment.toString(),
        Cells.map(segment.valuesByColumn()),
        subject.column(),
        profile.format,
        profile.kind.name(),
        profile.rows,
        profile.n,
        profile.nulls,
        profile.nans,
        profile.positiveInfinities,
        profile.negativeInfinities,
        profile.exact,
        Cells.nullIfNaN(profile.minimum),
        Cells.nullIfNaN(profile.maximum),
        Cells.decimal(profile.total),
        Cells.decimal(profile.squares),
        profile.overflows,
        values(profile),
        bins(profile),
        sums(profile),
        categories(profile),
        profile.others,
        profile.othersDistinct,
        stamp.binsId(),
        stamp.baselineId(),
        stamp.runId(),
        stamp.attemptId(),
        Cells.timestamp(stamp.computedAt()));
  }

  private static Row[] values(StoredProfile p) {
    boolean decided = p.valueDecided.length > 0;
    return rows(
        p.values.length,
        i ->
            RowFactory.create(
                p.values[i], p.valueCounts[i], decided ? (Long) p.valueDecided[i] : null));
  }

  private static Row[] bins(StoredProfile p) {
    boolean decided = p.binDecided.length > 0;
    boolean ends = p.binLows.length > 0;
    return rows(
        p.bins.length,
        i ->
            RowFactory.create(
                p.bins[i],
                p.binCounts[i],
                decided ? (Long) p.binDecided[i] : null,
                ends ? (Double) p.binLows[i] : null,
                ends ? (Double) p.binHighs[i] : null));
  }

  private static Row[] sums(StoredProfile p) {
    return rows(p.sumBins.length, i -> RowFactory.create(p.sumBins[i], Cells.decimal(p.sums[i])));
  }

  private static Row[] categories(StoredProfile p) {
    return rows(p.categories.length, i -> RowFactory.create(p.categories[i], p.categoryCounts[i]));
  }

  private static Row[] rows(int length, IntFunction<Row> row) {
    Row[] rows = new Row[length];
    for (int i = 0; i < length; i++) {
      rows[i] = row.apply(i);
    }
    return rows;
  }
}
