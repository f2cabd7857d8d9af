package io.leeway.policy;

import io.leeway.domain.Measure;
import io.leeway.domain.Part;
import io.leeway.domain.Subject;
import io.leeway.policy.verdict.Verdict;
import io.leeway.store.ResultTable;
import io.leeway.store.Stamp;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** Verdicts as rows of {@code verdicts}. */
final class VerdictRows {
  private VerdictRows() {}

  /**
   * A row with the schema of {@link ResultTable#VERDICTS}.
   *
   * @param isFirst whether the value was not tested before, or not with all its labels
   * @param mayOpen whether it might open an incident
   * @param incidentId of the incident that it is part of, or {@code null}
   */
  static Row row(
      Verdict verdict, boolean isFirst, boolean mayOpen, String incidentId, Stamp stamp) {
    Subject subject = verdict.subject();
    return RowFactory.create(
        subject.model(),
        subject.modelVersion(),
        subject.granularity(),
        timestamp(subject.window().start()),
        timestamp(subject.window().end()),
        Part.Kind.VERDICTS.text(),
        subject.segment().slice().toString(),
        subject.segment().toString(),
        CollectionConverters.asScala(subject.segment().valuesByColumn()),
        subject.column(),
        verdict.classLabel(),
        verdict.metric(),
        verdict.comparison().text(),
        verdict.rule().id(),
        verdict.rule().text(),
        verdict.rule().severity().text(),
        verdict.rule().family().text(),
        verdict.kind().name(),
        verdict.tests().map(of -> of.evidence().text()).orElse(null),
        verdict.sentence(),
        of(verdict, Measure::value),
        of(verdict, Measure::ciLow),
        of(verdict, Measure::ciHigh),
        of(verdict, Measure::stdError),
        of(verdict, Measure::n),
        tested(verdict, Verdict.Tests::estimate),
        tested(verdict, Verdict.Tests::limit),
        tested(verdict, Verdict.Tests::pLimit),
        tested(verdict, of -> number(of.pChange())),
        tested(verdict, Verdict.Tests::combinedLimit),
        tested(verdict, Verdict.Tests::combinedChange),
        tested(verdict, Verdict.Tests::qLimit),
        tested(verdict, Verdict.Tests::qChange),
        tested(verdict, Verdict.Tests::familySize),
        tested(verdict, of -> number(of.detectable())),
        verdict.persistence().toString(),
        timestamp(verdict.since()),
        isFirst,
        mayOpen,
        verdict.isProvisional() ? "provisional" : null,
        incidentId,
        verdict.rule().terms().owner().orElse(null),
        verdict.rule().terms().runbook().orElse(null),
        stamp.runId(),
        stamp.attemptId(),
        timestamp(stamp.computedAt()));
  }

  private static <T> T of(Verdict verdict, Function<Measure, T> what) {
    return verdict.value().map(what).orElse(null);
  }

  private static <T> T tested(Verdict verdict, Function<Verdict.Tests, T> what) {
    return verdict.tests().map(what).orElse(null);
  }

  private static Double number(OptionalDouble of) {
    return of.isPresent() ? (Double) of.getAsDouble() : null;
  }

  private static Timestamp timestamp(Instant at) {
    return Timestamp.from(at);
  }

  /**
   * What names a judged value among those of its window, whichever rule judges it; as {@link #KEY}
   * does in SQL.
   */
  static String key(Verdict verdict) {
    Subject subject = verdict.subject();
    return String.join(
        SEPARATOR,
        subject.modelVersion() == null ? "" : subject.modelVersion(),
        subject.segment().slice().toString(),
        subject.segment().toString(),
        subject.column(),
        verdict.classLabel() == null ? "" : verdict.classLabel(),
        verdict.metric(),
        verdict.comparison().text());
  }

  private static final String SEPARATOR = "\u0001";

  /** The SQL of {@link #key}. */
  static final String KEY =
      "concat_ws('"
          + SEPARATOR
          + "', coalesce(model_version, ''), slice, segment, column_name, "
          + "coalesce(class_label, ''), metric, comparison)";
}
