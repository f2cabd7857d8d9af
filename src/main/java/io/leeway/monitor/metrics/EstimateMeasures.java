package io.leeway.monitor.metrics;

import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Status;
import io.leeway.profile.AlignedScores;
import io.leeway.profile.NumericProfile;
import io.leeway.profile.ProfileBundle;
import io.leeway.stats.Outcome;
import io.leeway.stats.estimate.Cbpe;
import io.leeway.stats.estimate.EstimateCell;
import io.leeway.stats.inference.Interval;
import io.leeway.stats.inference.MeanInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a window's performance ought to be by its scores and decisions, before its labels have come;
 * once they have, how far off that was. STATISTICS, B7.
 */
final class EstimateMeasures {
  private static final String ESTIMATED = "_estimated";
  private static final String EXTRAPOLATED = "EXTRAPOLATED";

  /** What is estimated. */
  private static final List<String> METRICS =
      List.of("accuracy", "precision", "recall", "f1", "base_rate", "roc_auc");

  private final Map<String, Measure> realised;
  private final long rows;
  private final long referenceRows;
  private final boolean mature;
  private final List<Measure> measures = new ArrayList<>();

  private EstimateMeasures(
      Map<String, Measure> realised, long rows, long referenceRows, boolean mature) {
    this.realised = realised;
    this.rows = rows;
    this.referenceRows = referenceRows;
    this.mature = mature;
  }

  /** Whether any estimate is written; they take long. */
  static boolean isAnyWritten(ColumnFacts facts) {
    return Stream.of(ESTIMATED, "_estimate_error", "_estimate_held")
        .flatMap(ending -> METRICS.stream().map(of -> of + ending))
        .anyMatch(facts.written());
  }

  /** Of a segment; nothing of a model whose classes are not two. */
  static List<Measure> of(
      Described<?> referenceSide, Described<?> windowSide, Spreads spreads, ColumnFacts facts) {
    ProfileBundle reference = (ProfileBundle) referenceSide.profile();
    ProfileBundle window = (ProfileBundle) windowSide.profile();
    OutcomeCounts counts = OutcomeCounts.of(window, facts.members().orElseThrow());
    Optional<ScoreOutcomes> before = BinaryMeasures.scores(reference);
    Optional<ScoreOutcomes> now = BinaryMeasures.scores(window);
    Optional<NumericProfile> unlabelled = window.numeric(OutcomeMembers.SCORE_IF_UNLABELLED);
    if (before.isEmpty() || now.isEmpty() || unlabelled.isEmpty()) {
      return List.of();
    }
    double coverage = counts.coverage().value().value().orElse(0.0);
    EstimateMeasures estimates =
        new EstimateMeasures(
            windowSide.byMetric(),
            counts.rows(),
            before.get().rows(),
            facts.late().isMature(coverage));
    boolean decided = counts.selection().denominator() > 0;
    Outcome<Cbpe> found =
        before.get().positives().grid().equals(unlabelled.get().grid())
            ? Cbpe.of(
                cells(before.get(), now.get(), unlabelled.get(), decided),
                spreads.overdispersion(Varying.ACCURACY))
            : Outcome.undefined("MIXED_BINS: the reference was counted on other bins.");
    estimates.add(found, decided);
    return estimates.measures;
  }

  private static List<EstimateCell> cells(
      ScoreOutcomes reference, ScoreOutcomes window, NumericProfile unlabelled, boolean decided) {
    List<EstimateCell> cells = new ArrayList<>();
    for (AlignedScores.Cell cell :
        AlignedScores.byCoarseBin(
            List.of(
                reference.positives(),
                reference.negatives(),
                window.positives(),
                window.negatives(),
                unlabelled))) {
      long[] all = cell.rows();
      long[] yes = cell.decided();
      if (!decided) {
        cells.add(cell(EstimateCell.NO_DECISION, cell, all));
      } else {
        long[] no = new long[all.length];
        for (int kind = 0; kind < no.length; kind++) {
          no[kind] = all[kind] - yes[kind];
        }
        cells.add(cell(1, cell, yes));
        cells.add(cell(0, cell, no));
      }
    }
    return cells;
  }

  private static EstimateCell cell(int decision, AlignedScores.Cell cell, long[] rows) {
    return new EstimateCell(
        decision, cell.low(), cell.high(), rows[0] + rows[1], rows[0], rows[2] + rows[3] + rows[4]);
  }

  private void add(Outcome<Cbpe> found, boolean decided) {
    if (decided) {
      add("accuracy", found, found.flatMap(Cbpe::accuracy));
      add("precision", found, found.flatMap(Cbpe::precision));
      add("recall", found, found.flatMap(Cbpe::recall));
      add("f1", found, found.flatMap(Cbpe::f1));
    }
    add("base_rate", found, found.map(Cbpe::baseRate));
    add("roc_auc", found, found.flatMap(Cbpe::rocAuc));
    found
        .value()
        .ifPresent(
            of ->
                measures.add(
                    Measure.of(
                            "estimate_extrapolated_share",
                            Comparison.BASELINE,
                            of.extrapolatedShare())
                        .n(rows)
                        .build()));
  }

  private void add(String metric, Outcome<Cbpe> found, Outcome<MeanInterval> estimate) {
    Measure.Builder measure =
        estimate.fold(
            of -> {
              Interval interval = of.interval().cut(0, 1);
              return Measure.of(metric + ESTIMATED, Comparison.BASELINE, of.mean())
                  .interval(interval.low(), interval.high())
                  .stdError(of.standardError())
                  .withoutErrorBound()
                  .note(Cbpe.SENTENCE);
            },
            why -> Measure.undefined(metric + ESTIMATED, Comparison.BASELINE, why));
    measure.n(rows).reference(null, referenceRows);
    if (found.value().filter(Cbpe::extrapolated).isPresent()) {
      measure.flag(EXTRAPOLATED);
    }
    if (!mature) {
      measure.flag(Measure.PROVISIONAL);
    }
    measures.add(measure.build());
    if (mature) {
      estimate.value().ifPresent(of -> addRecord(metric, of));
    }
  }

  /** How far off the estimate was, and whether the truth lay within its interval. */
  private void addRecord(String metric, MeanInterval estimate) {
    Optional.ofNullable(realised.get(metric))
        .filter(of -> of.value() != null && of.status() == Status.OK)
        .ifPresent(
            of -> {
              Interval interval = estimate.interval().cut(0, 1);
              boolean held = interval.contains(of.value());
              measures.add(
                  Measure.of(
                          metric + "_estimate_error",
                          Comparison.BASELINE,
                          of.value() - estimate.mean())
                      .stdError(estimate.standardError())
                      .withoutErrorBound()
                      .n(of.n())
                      .build());
              measures.add(
                  Measure.of(metric + "_estimate_held", Comparison.BASELINE, held ? 1 : 0)
                      .n(of.n())
                      .build());
            });
  }
}
