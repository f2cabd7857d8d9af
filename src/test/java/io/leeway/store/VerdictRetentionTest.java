package io.leeway.store;

import static io.leeway.store.Attempts.NOW;
import static io.leeway.store.Attempts.day;
import static io.leeway.store.Attempts.published;
import static io.leeway.store.Attempts.run;
import static io.leeway.store.Attempts.sources;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.RetentionConfig;
import io.leeway.domain.Part;
import io.leeway.store.Maintained.Removed;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows whose labels trickle in are judged day by day; old verdicts do not pile up for ever. */
class VerdictRetentionTest {
  private static final Part JUDGED = new Part(null, "1 day", day(0), Part.Kind.VERDICTS);

  @TempDir private Path directory;

  private static Row verdict(String attempt, String version, Map<String, String> segment) {
    Map<String, Object> cells =
        Map.of(
            "model_version",
            version,
            "window_start",
            Cells.timestamp(day(0).start()),
            "window_end",
            Cells.timestamp(day(0).end()),
            "granularity",
            "1 day",
            "part",
            "verdicts",
            "segment_values",
            Cells.map(segment),
            "attempt_id",
            attempt,
            "computed_at",
            Cells.timestamp(NOW));
    List<Object> row = new ArrayList<>();
    for (StructField field : ResultTable.VERDICTS.schema().fields()) {
      Object bare = field.dataType().typeName().equals("boolean") ? (Object) false : "m";
      row.add(cells.getOrDefault(field.name(), field.nullable() ? null : bare));
    }
    return RowFactory.create(row.toArray());
  }

  private static void judge(Store store, String attempt, Map<String, String> segment) {
    store.append(
        ResultTable.VERDICTS,
        store
            .spark()
            .createDataFrame(
                List.of(verdict(attempt, "v1", segment), verdict(attempt, "v2", Map.of())),
                ResultTable.VERDICTS.schema()));
    RunRecord run =
        run("m", "run-of-" + attempt, attempt, sources(0, null), published(JUDGED, 0, null));
    assertThat(new RunLedger(store).commit(run)).isInstanceOf(CommitResult.Won.class);
  }

  private static Maintained after(Store store, int days) {
    Instant then = Instant.now().plus(Duration.ofDays(days));
    return new Maintenance(store, RetentionConfig.defaults(), then, false).run("m", Duration.ZERO);
  }

  /** By default a year for what was replaced, 90 days after a window for its crosses. */
  @Test
  void verdictsThatWereReplacedGoInTimeAndThoseThatShowStay() {
    Store store = Store.atPath(LocalSpark.session(), directory.toUri().toString());
    judge(store, "first", Map.of());
    judge(store, "second", Map.of("state", "VIC"));
    assertThat(after(store, 364).removed()).isEmpty();
    assertThat(after(store, 366).removed())
        .containsExactly(new Removed("verdicts", Maintained.Why.SUPERSEDED, 2));
    assertThat(
            store.read(ResultTable.VERDICTS).select("attempt_id", "model_version").collectAsList())
        .extracting(row -> row.getString(0) + " " + row.getString(1))
        .containsExactlyInAnyOrder("second v1", "second v2");
    assertThat(after(store, 800).removed())
        .containsExactly(new Removed("verdicts", Maintained.Why.RETENTION, 1));
  }
}
