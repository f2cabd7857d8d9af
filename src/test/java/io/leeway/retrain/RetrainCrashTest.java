package io.leeway.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.registry.ActKind;
import io.leeway.registry.AuditEntry;
import io.leeway.registry.Version;
import io.leeway.store.Views;
import io.leeway.testing.StoppingFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One store sees process after process die, each a little later than the one before it. */
class RetrainCrashTest {
  private static final int LEAST_DEATHS = 10;

  /** Each life trains a model anew. */
  private static final String QUICK =
      "parameters { max-iter = 3 }, trials { folds = 2, parallel = 1 }, calibrate = none";

  private final SparkSession spark = StoppingFileSystem.session();

  @TempDir private Path folder;

  @Test
  void aRetrainingAfterDeathsAnywhereLeavesWhatOneThatNeverDiedLeaves() throws IOException {
    SmallLoop loop = new SmallLoop(spark, folder, QUICK).written();
    String whole = folder.resolve("whole").toString();
    run(loop, whole);
    Version expected = loop.registry(whole).state("m").version(4);
    List<String> findings = findings(loop, whole);
    assertThat(findings).isNotEmpty();

    Path died = folder.resolve("died");
    int deaths = 0;
    while (dies(loop, died)) {
      deaths++;
      assertThat(loop.registry(died.toString()).faults("m")).isEmpty();
    }

    assertThat(deaths).isGreaterThanOrEqualTo(LEAST_DEATHS);
    assertThat(StoppingFileSystem.forget(died))
        .contains(
            "before the first commit of audit_log",
            "after a commit of audit_log",
            "before the first commit of gate_checks",
            "before a rename to v=N");
    Version left = loop.registry(died.toString()).state("m").version(4);
    assertThat(left.digest()).isEqualTo(expected.digest());
    assertThat(left.evidence()).isEqualTo(expected.evidence());
    assertThat(left.stage()).isEqualTo(expected.stage());
    assertThat(loop.registry(died.toString()).state("m").versions()).hasSize(1);
    assertThat(loop.registry(died.toString()).state("m").lease()).isEmpty();
    assertThat(findings(loop, died.toString())).isEqualTo(findings);
    assertThat(added(loop, died.toString())).hasSize(1);
  }

  private static List<AuditEntry> added(SmallLoop loop, String store) {
    return loop.registry(store).chain("m").entries().stream()
        .filter(of -> of.act().kind() == ActKind.VERSION_ADDED)
        .toList();
  }

  private static void run(SmallLoop loop, String store) {
    loop.job(store).run(loop.model(store), RetrainRequest.forced("tess", "a drill", SmallLoop.NOW));
  }

  private static boolean dies(SmallLoop loop, Path store) throws IOException {
    StoppingFileSystem.start(store);
    try {
      run(loop, StoppingFileSystem.address(store));
    } catch (Exception e) {
      assertThat(e).hasStackTraceContaining("The process stopped");
    }
    return StoppingFileSystem.isDead(store);
  }

  /** What the gate found, without what it took to compute, which no two runs share. */
  private List<String> findings(SmallLoop loop, String store) {
    Views.createTemporary(loop.store(store), 1);
    List<String> rows = new ArrayList<>();
    spark
        .sql(
            """
            SELECT to_json(struct(check_id, slice, segment, n, candidate, champion, status)) AS row
            FROM gate_findings WHERE check_group <> 'cost' ORDER BY row""")
        .collectAsList()
        .forEach(row -> rows.add(row.getString(0)));
    return rows;
  }
}
