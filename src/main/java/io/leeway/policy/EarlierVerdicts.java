package io.leeway.policy;

import io.leeway.domain.Window;
import io.leeway.policy.incident.Breaches;
import io.leeway.policy.verdict.Verdict;
import io.leeway.store.PublishedParts.Winner;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What was said before of windows that are judged again. */
final class EarlierVerdicts {
  private final TestedValues tested = new TestedValues();

  private EarlierVerdicts() {}

  /** Of windows as their verdicts show; nothing is read where none is judged again. */
  static EarlierVerdicts of(Store store, Collection<JudgePlan.Due> due) {
    EarlierVerdicts earlier = new EarlierVerdicts();
    List<Winner> shown = due.stream().flatMap(of -> of.earlier().stream()).toList();
    if (!shown.isEmpty()) {
      List<Row> rows =
          store
              .read(ResultTable.VERDICTS, shown)
              .where("evidence IS NOT NULL")
              .select(
                  functions.col("granularity"),
                  functions.col("window_start"),
                  functions.col("window_end"),
                  functions.expr(VerdictRows.KEY),
                  functions.col("maturity").isNotNull())
              .collectAsList();
      for (Row row : rows) {
        earlier.tested.add(row.getString(0), window(row, 1), row.getString(3), row.getBoolean(4));
      }
    }
    return earlier;
  }

  /** Whether no verdict before came from a test of this value, or none with all its labels. */
  boolean isFirst(Verdict verdict) {
    return tested.isFirst(verdict);
  }

  /** In which windows incidents were seen, by all verdicts that show. */
  static Breaches breaches(Store store, Collection<Winner> shown) {
    Breaches breaches = new Breaches();
    store
        .read(ResultTable.VERDICTS, shown)
        .where("incident_id IS NOT NULL")
        .select("incident_id", "granularity", "window_start", "window_end")
        .distinct()
        .collectAsList()
        .forEach(row -> breaches.add(row.getString(0), row.getString(1), window(row, 2)));
    return breaches;
  }

  private static Window window(Row row, int at) {
    return new Window(row.getTimestamp(at).toInstant(), row.getTimestamp(at + 1).toInstant());
  }
}
