package io.leeway.serving.ab;

import io.leeway.registry.Challenge;
import io.leeway.stats.experiment.Arm;
import io.leeway.stats.experiment.Exposure;
import io.leeway.stats.experiment.MetricReading;
import io.leeway.stats.experiment.SampleRatio;
import io.leeway.stats.experiment.Sums;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A look as rows of the table {@code ab_results}: units by day, step and arm (metric {@code units},
 * role {@code exposure}); the sums of each metric in the same way; for each metric one row for
 * {@code both} arms, with the gain, turned so that more is better, and its bounds; and one for the
 * whole test with the ruling (metric {@code split}), whose p-value is that of the split.
 */
final class ResultRows {
  private static final String BOTH = "both";

  private final String model;
  private final Challenge challenge;
  private final Instant now;
  private final String runId;
  private final String attemptId;
  private final List<Row> rows = new ArrayList<>();

  private ResultRows(
      String model, Challenge challenge, Instant now, String runId, String attemptId) {
    this.model = model;
    this.challenge = challenge;
    this.now = now;
    this.runId = runId;
    this.attemptId = attemptId;
  }

  static List<Row> of(
      String model,
      Challenge challenge,
      TestReading reading,
      Instant now,
      String runId,
      String attemptId) {
    ResultRows of = new ResultRows(model, challenge, now, runId, attemptId);
    for (Exposure units : reading.exposures()) {
      of.units(units, Arm.CHAMPION, units.champion());
      of.units(units, Arm.CHALLENGER, units.challenger());
    }
    for (TestReading.Line line : reading.lines()) {
      Sums sums = line.sums();
      of.add(
          line.day(),
          line.step(),
          text(line.arm()),
          line.metric(),
          line.role(),
          sums.units(),
          new Double[] {sums.sum(), sums.sumOfSquares(), null, null, null, null, null, null},
          null,
          null);
    }
    reading.decision().successes().forEach(metric -> of.metric(metric, "success"));
    reading.decision().guardrails().forEach(metric -> of.metric(metric, "guardrail"));
    of.whole(reading);
    return of.rows;
  }

  private static String text(Arm arm) {
    return arm.name().toLowerCase(Locale.ROOT);
  }

  private void units(Exposure of, Arm arm, long units) {
    add(of.day(), of.step(), text(arm), "units", "exposure", units, new Double[8], null, null);
  }

  private void metric(MetricReading metric, String role) {
    Double[] numbers = new Double[8];
    metric
        .bounds()
        .value()
        .ifPresent(
            bounds -> {
              numbers[2] = bounds.gain();
              numbers[3] = bounds.standardError();
              numbers[4] = bounds.least();
              numbers[5] = bounds.most();
              numbers[6] = bounds.pAbove();
            });
    numbers[7] = metric.bar();
    add(
        null,
        null,
        BOTH,
        metric.name(),
        role,
        null,
        numbers,
        null,
        metric.bounds().reason().orElse(null));
  }

  private void whole(TestReading reading) {
    Optional<SampleRatio> ratio = reading.decision().sampleRatio().value();
    Double[] numbers = new Double[8];
    numbers[6] = ratio.map(SampleRatio::pValue).orElse(null);
    add(
        null,
        null,
        BOTH,
        "split",
        "test",
        reading.exposures().stream().mapToLong(of -> of.champion() + of.challenger()).sum(),
        numbers,
        reading.ruling().name(),
        reading.because());
  }

  /** Numbers: total, squares, difference, std_error, least, most, p_value, bar. */
  private void add(
      LocalDate day,
      Integer step,
      String arm,
      String metric,
      String role,
      Long units,
      Double[] numbers,
      String ruling,
      String sentence) {
    rows.add(
        RowFactory.create(
            model,
            Integer.toString(challenge.version()),
            challenge.test(),
            Timestamp.from(now),
            day == null ? null : Date.valueOf(day),
            step,
            arm,
            metric,
            role,
            units,
            numbers[0],
            numbers[1],
            numbers[2],
            numbers[3],
            numbers[4],
            numbers[5],
            numbers[6],
            numbers[7],
            ruling,
            sentence,
            runId,
            attemptId,
            Timestamp.from(Instant.now())));
  }
}
