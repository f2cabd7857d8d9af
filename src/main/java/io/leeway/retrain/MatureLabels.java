package io.leeway.retrain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Part;
import io.leeway.domain.Slice;
import io.leeway.store.PublishedParts;
import io.leeway.store.ResultTable;
import io.leeway.store.RunLedger;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** How many predictions of mature windows have a label, by what the monitor has published. */
final class MatureLabels {
  private static final String COVERAGE = "label_coverage";
  private static final String MATURE = "mature";

  private final Store store;
  private final ModelConfig model;

  MatureLabels(Store store, ModelConfig model) {
    this.store = store;
    this.model = model;
  }

  /**
   * Of windows that start at a time or later.
   *
   * @param since of all windows where it is empty
   */
  long since(Optional<Instant> since) {
    String base = model.windows().base().toString();
    List<PublishedParts.Winner> parts =
        PublishedParts.of(new RunLedger(store).committed(model.name()))
            .only(Part.Kind.OUTCOMES)
            .winners()
            .stream()
            .filter(of -> of.part().part().granularity().equals(base))
            .filter(
                of -> since.isEmpty() || !of.part().part().window().start().isBefore(since.get()))
            .toList();
    if (parts.isEmpty()) {
      return 0;
    }
    Row counted =
        store
            .read(ResultTable.METRICS, parts)
            .where(
                col("metric")
                    .equalTo(lit(COVERAGE))
                    .and(col("comparison").equalTo(lit("none")))
                    .and(col("slice").equalTo(lit(Slice.OVERALL.toString())))
                    .and(col("maturity").equalTo(lit(MATURE))))
            .agg(sum("n_labelled"))
            .first();
    return counted.isNullAt(0) ? 0 : counted.getLong(0);
  }
}
