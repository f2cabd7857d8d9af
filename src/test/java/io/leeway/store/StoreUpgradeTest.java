package io.leeway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.UserException;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a made-up format 0, whose profiles lacked three columns that stand at different places. */
class StoreUpgradeTest {
  private static final List<String> LACKING = List.of("n_null", "n_nan", "computed_at");

  @TempDir private Path directory;

  private Store store() {
    return Store.atPath(LocalSpark.session(), directory.toUri().toString());
  }

  @BeforeEach
  void writeAnOlderStore() {
    Store store = store();
    String ddl = ResultTable.PROFILES.ddl(store.sqlName(ResultTable.PROFILES));
    for (String column : LACKING) {
      ddl = ddl.replaceFirst(",\\n *" + column + " [A-Z]+", "");
    }
    store.spark().sql(ddl);
    store.create(ResultTable.RUNS);
    store
        .spark()
        .sql(
            "INSERT INTO "
                + store.sqlName(ResultTable.PROFILES)
                + " (model, part, granularity, window_start, window_end, slice, segment, "
                + "column_name, format, kind, n, run_id, attempt_id) VALUES ('m', 'inputs', "
                + "'1 day', timestamp'2026-01-01', timestamp'2026-01-02', '[]', '', 'age', 1, "
                + "'NUMERIC', 7, 'r', 'a')");
    format("0");
  }

  private void format(String format) {
    LocalSpark.session()
        .sql(
            "ALTER TABLE "
                + store().sqlName(ResultTable.PROFILES)
                + " SET TBLPROPERTIES ('leeway.format' = '"
                + format
                + "')");
  }

  @Test
  void anOlderStoreIsRefusedUntilItIsUpgradedAndThenHasTheColumnsWhereTheyBelong() {
    assertThatThrownBy(() -> store().read(ResultTable.PROFILES))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("leeway maintain --upgrade");

    assertThat(new StoreUpgrade(store()).run(false))
        .containsExactly("profiles: from store format 0 to " + Store.FORMAT + ".");

    assertThat(store().read(ResultTable.PROFILES).schema().asNullable())
        .isEqualTo(ResultTable.PROFILES.schema().asNullable());
    assertThat(store().read(ResultTable.PROFILES).where("n = 7 AND n_null IS NULL").count())
        .isEqualTo(1);
    assertThat(new StoreUpgrade(store()).run(false)).isEmpty();
  }

  @Test
  void anUpgradeThatDiedBeforeItsLastStepGoesOn() {
    store()
        .spark()
        .sql(
            "ALTER TABLE "
                + store().sqlName(ResultTable.PROFILES)
                + " ADD COLUMNS (n_nan BIGINT AFTER n)");

    new StoreUpgrade(store()).run(false);

    assertThat(store().read(ResultTable.PROFILES).columns())
        .containsExactlyInAnyOrder(ResultTable.PROFILES.schema().fieldNames());
  }

  @Test
  void aDryRunSaysTheSameAndChangesNothing() {
    long version = store().snapshotOfAnyAge(ResultTable.PROFILES).orElseThrow().version();

    assertThat(new StoreUpgrade(store()).run(true))
        .containsExactly("profiles: from store format 0 to " + Store.FORMAT + ".");
    assertThat(store().snapshotOfAnyAge(ResultTable.PROFILES).orElseThrow().version())
        .isEqualTo(version);
  }

  @Test
  void aNewerStoreIsRefusedBeforeAnythingIsChanged() {
    LocalSpark.session()
        .sql(
            "ALTER TABLE "
                + store().sqlName(ResultTable.RUNS)
                + " SET TBLPROPERTIES ('leeway.format' = '99')");

    assertThatThrownBy(() -> new StoreUpgrade(store()).run(false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("format 99")
        .hasMessageContaining("Upgrade Leeway");
    assertThatThrownBy(() -> store().read(ResultTable.PROFILES))
        .hasMessageContaining("store format 0");
  }
}
