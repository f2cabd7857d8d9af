package io.leeway.monitor.metrics;

import io.leeway.domain.Measure;
import io.leeway.profile.IdSample;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.DuplicateRate;
import java.util.List;

/** How often the identifiers of a window repeat. */
final class IdMeasures {
  private IdMeasures() {}

  static List<Measure> of(IdSample ids, ReferenceStatistics reference, Spreads spreads) {
    MeasureDraft draft = new MeasureDraft(ids.rows(), reference, spreads);
    NumericStatistics.addRate(
        draft,
        Varying.NULL_RATE,
        ids.nulls(),
        ids.rows(),
        spreads.overdispersion(Varying.NULL_RATE));
    Outcome<DuplicateRate> found = rate(ids);
    draft.add(
        "duplicate_rate",
        found.map(DuplicateRate::rate),
        measure -> {
          DuplicateRate rate = found.orElseThrow();
          MeasureDraft.interval(measure).accept(rate.interval());
          measure.stdError(rate.standardError()).n(ids.n());
          if (!ids.isComplete()) {
            measure
                .withoutErrorBound()
                .flag(MeasureDraft.APPROXIMATE)
                .note("Of " + rate.ids() + " identifiers, those with the smallest hashes.");
          }
        });
    draft.add(
        "distinct",
        found.map(DuplicateRate::distinct),
        measure -> {
          measure.stdError(found.orElseThrow().distinctError()).n(ids.n());
          if (!ids.isComplete()) {
            measure.withoutErrorBound().flag(MeasureDraft.APPROXIMATE);
          }
        });
    return draft.measures();
  }

  private static Outcome<DuplicateRate> rate(IdSample ids) {
    if (ids.idsByRows().isEmpty()) {
      return Outcome.undefined(
          ids.n() == 0
              ? "No row has an identifier."
              : "Identifiers are not kept beyond their window, so repeats across windows are not known.");
    }
    long[] rows =
        ids.idsByRows().entrySet().stream()
            .flatMapToLong(
                of -> java.util.stream.LongStream.range(0, of.getValue()).map(i -> of.getKey()))
            .toArray();
    return ids.isComplete()
        ? DuplicateRate.ofAll(rows.length, ids.n())
        : DuplicateRate.ofSample(rows, ids.reach());
  }
}
