package io.leeway.retrain.expect;

import io.leeway.config.AnomalyCode;
import java.util.ArrayList;
import java.util.List;

/** Whether the columns are those that are expected. */
final class SchemaChecks {
  private SchemaChecks() {}

  static List<Anomaly> of(Expectations expectations, BatchFacts batch) {
    List<Anomaly> found = new ArrayList<>();
    for (ColumnExpectation column : expectations.columns()) {
      if (batch.column(column.name()).isEmpty()) {
        found.add(
            Anomaly.of(
                column.name(),
                AnomalyCode.SCHEMA_MISSING_COLUMN,
                "a column of type " + column.type(),
                "no such column",
                "The batch has no column '"
                    + column.name()
                    + "'; bring it back, or take it out of the model's features."));
      }
    }
    for (ColumnFacts column : batch.columns()) {
      if (expectations.column(column.name()).isEmpty()) {
        found.add(
            Anomaly.of(
                column.name(),
                AnomalyCode.SCHEMA_NEW_COLUMN,
                "no such column",
                "a column of type " + column.type(),
                "Column '"
                    + column.name()
                    + "' is not in the baseline, so nothing is known of it; make a new baseline"
                    + " if it belongs to the model."));
      }
    }
    return found;
  }
}
