package io.leeway.store;

import io.leeway.domain.Part;
import io.leeway.domain.PublishedPart;
import io.leeway.domain.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Committed runs, and the entries of {@code maintain} among them, as rows of {@code runs}. */
final class RunRows {
  private static final String COMMITTED = "committed";

  /** Of entries by which {@code maintain} says what it is about to do. */
  private static final String MAINTAINED = "maintained";

  private RunRows() {}

  static Row row(CommittedRun committed) {
    RunRecord run = committed.run();
    return RowFactory.create(
        run.model(),
        committed.sequence(),
        run.runId(),
        run.attemptId(),
        run.command(),
        run.command().equals(RunLedger.MAINTAIN) ? MAINTAINED : COMMITTED,
        committed.generation(),
        run.configHash(),
        run.codeVersion(),
        Store.FORMAT,
        run.sources().predictionsTableId(),
        run.sources().predictionsVersion(),
        run.sources().labelsTableId(),
        run.sources().labelsVersion(),
        run.incremental(),
        run.binsId(),
        run.baselineId(),
        Cells.timestamp(run.startedAt()),
        run.plannedAfter(),
        Cells.timestamp(committed.committedAt()),
        run.parts().stream().map(RunRows::row).toArray(Row[]::new),
        run.summary());
  }

  static CommittedRun run(Row row) {
    List<PublishedPart> parts = new ArrayList<>();
    for (Row part : row.<Row>getList(row.fieldIndex("parts"))) {
      parts.add(part(part));
    }
    RunSources sources =
        new RunSources(
            Cells.string(row, "predictions_table_id"),
            Cells.longOrNull(row, "predictions_version"),
            Cells.string(row, "labels_table_id"),
            Cells.longOrNull(row, "labels_version"));
    RunRecord run =
        new RunRecord(
            Cells.string(row, "model"),
            Cells.string(row, "run_id"),
            Cells.string(row, "attempt_id"),
            Cells.string(row, "command"),
            Cells.string(row, "config_hash"),
            Cells.string(row, "code_version"),
            sources,
            row.<Boolean>getAs("incremental"),
            Cells.string(row, "bins_id"),
            Cells.string(row, "baseline_id"),
            instant(row, "started_at"),
            Cells.longOrNull(row, "planned_after"),
            parts,
            Cells.string(row, "summary"));
    return new CommittedRun(
        run,
        Cells.longOrNull(row, "sequence"),
        Cells.longOrNull(row, "generation"),
        instant(row, "committed_at"));
  }

  private static Row row(PublishedPart published) {
    Part part = published.part();
    return RowFactory.create(
        part.modelVersion(),
        part.granularity(),
        Cells.timestamp(part.window().start()),
        Cells.timestamp(part.window().end()),
        part.kind().text(),
        published.rows(),
        published.fingerprint(),
        published.predictionsVersion(),
        published.labelsVersion());
  }

  private static PublishedPart part(Row row) {
    Part part =
        new Part(
            Cells.string(row, "model_version"),
            Cells.string(row, "granularity"),
            new Window(instant(row, "window_start"), instant(row, "window_end")),
            Part.Kind.valueOf(Cells.string(row, "part").toUpperCase(Locale.ROOT)));
    return new PublishedPart(
        part,
        Cells.longOrNull(row, "predictions_version"),
        Cells.longOrNull(row, "labels_version"),
        Cells.longOrNull(row, "rows"),
        Cells.longOrNull(row, "fingerprint"));
  }

  private static Instant instant(Row row, String column) {
    return Cells.instant(row.get(row.fieldIndex(column)));
  }
}
