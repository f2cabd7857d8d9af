package io.leeway.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.leeway.config.RetentionConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Removes what is no longer kept and puts small files together, model by model, beside running
 * monitors and readers.
 *
 * <p>What goes is decided on rows that were there before the ledger was read, so an attempt that
 * commits meanwhile is found committed. An attempt that has not is named in the ledger first, and
 * cannot commit from then on ({@link RunLedger}); slices of profiles that are to go are named
 * there, too. Only then rows go, table by table, each in one commit. So a death between any two
 * steps leaves rows that do not show, and the next maintenance removes them. Writers only append,
 * which no deletion or compaction makes fail; if one of ours is refused because of them, it is
 * tried again.
 */
public final class Maintenance {
  private static final List<ResultTable> WITH_ATTEMPTS =
      List.of(
          ResultTable.PROFILES,
          ResultTable.METRICS,
          ResultTable.BASELINES,
          ResultTable.VERDICTS,
          ResultTable.INCIDENTS,
          ResultTable.NOTICES);

  private final Store store;
  private final RetentionConfig retention;
  private final Instant now;
  private final boolean dryRun;

  public Maintenance(Store store, RetentionConfig retention, Instant now, boolean dryRun) {
    this.store = store;
    this.retention = retention;
    this.now = now;
    this.dryRun = dryRun;
  }

  /**
   * Does all of it for one model.
   *
   * @param profilesAtLeast how long profiles of slices are kept in any case, since roll-ups may be
   *     made from them again
   */
  public Maintained run(String model, Duration profilesAtLeast) {
    Map<ResultTable, SmallFiles> before = files(model);
    Map<ResultTable, List<RowGroup>> groups = new EnumMap<>(ResultTable.class);
    for (ResultTable table : WITH_ATTEMPTS) {
      if (before.containsKey(table)) {
        groups.put(table, groups(table, model));
      }
    }
    RunLedger ledger = new RunLedger(store);
    Expiry expiry = new Expiry(ledger.committed(model), retention, profilesAtLeast, now);
    Doomed doomed = Doomed.of(groups, expiry);
    if (!dryRun) {
      doomed = doomed.without(committedAfterAll(ledger, model, doomed.abandoned()));
      if (doomed.hasProfilesOfSlices()) {
        ledger.remove(model, expiry.profiles());
      }
      for (ResultTable table : doomed.tables()) {
        delete(table, model, doomed);
      }
    }
    return new Maintained(model, dryRun, doomed.counts(), compacted(model, before), notes(expiry));
  }

  private List<RowGroup> groups(ResultTable table, String model) {
    try {
      return RowGroup.of(table, store.read(table).where(col("model").equalTo(lit(model))));
    } catch (Exception e) {
      throw StorageErrors.explain(e, store.where(table));
    }
  }

  private static Set<String> committedAfterAll(
      RunLedger ledger, String model, Collection<String> attempts) {
    Set<String> committed = new HashSet<>();
    for (String attempt : attempts) {
      if (!ledger.abandon(model, attempt)) {
        committed.add(attempt);
      }
    }
    return committed;
  }

  /** The model and the attempts are literals, so that Delta leaves other files unread. */
  private void delete(ResultTable table, String model, Doomed doomed) {
    Column rows =
        col("model")
            .equalTo(lit(model))
            .and(col("attempt_id").isin(doomed.of(table, RowGroup::attemptId)))
            .and(RowGroup.key(table).isin(doomed.of(table, RowGroup::key)));
    store.change(table, () -> store.delta(store.spark(), table).delete(rows));
  }

  private Map<ResultTable, SmallFiles> files(String model) {
    Map<ResultTable, SmallFiles> files = new EnumMap<>(ResultTable.class);
    for (ResultTable table : ResultTable.values()) {
      SmallFiles.of(store, table, model).ifPresent(found -> files.put(table, found));
    }
    return files;
  }

  private List<Maintained.Files> compacted(String model, Map<ResultTable, SmallFiles> before) {
    List<Maintained.Files> changed = new ArrayList<>();
    before.forEach(
        (table, there) -> {
          long after = dryRun ? there.afterwards() : compacted(model, table);
          if (after != there.all()) {
            changed.add(new Maintained.Files(table.tableName(), there.all(), after));
          }
        });
    return changed;
  }

  private long compacted(String model, ResultTable table) {
    SmallFiles left = SmallFiles.of(store, table, model).orElseThrow();
    if (!left.areWorthIt()) {
      return left.all();
    }
    SmallFiles.compact(store, table, model);
    return SmallFiles.of(store, table, model).orElseThrow().all();
  }

  private List<String> notes(Expiry expiry) {
    Duration crosses = expiry.profiles(retention.crosses());
    return crosses.equals(retention.crosses())
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "Profiles of crosses are kept for %,d days, not %,d: roll-ups may be made from them again.",
                crosses.toDays(),
                retention.crosses().toDays()));
  }

  /** Models with rows in the store that are not among these. */
  public List<String> others(Collection<String> models) {
    Set<String> others = new TreeSet<>();
    for (ResultTable table : ResultTable.values()) {
      store.snapshot(table).ifPresent(found -> others.addAll(models(found)));
    }
    others.removeAll(models);
    return List.copyOf(others);
  }

  private static List<String> models(DeltaSnapshot snapshot) {
    Dataset<Row> models = snapshot.files().selectExpr("partitionValues['model']").distinct();
    return models.collectAsList().stream().map(row -> row.getString(0)).toList();
  }
}
