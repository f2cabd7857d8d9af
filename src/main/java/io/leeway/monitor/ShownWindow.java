package io.leeway.monitor;

import io.leeway.config.WindowsConfig;
import io.leeway.domain.Part;
import io.leeway.domain.Window;
import io.leeway.store.CommittedRun;
import io.leeway.store.PublishedParts;
import io.leeway.store.RunRecord;
import io.leeway.store.RunSources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of a base window is published, of its inputs or of its outcomes.
 *
 * <p>A run that follows the source's log makes what has changed again. So what it has seen and left
 * alone is as good as made by it: from the version that it read, and by its configuration. One of
 * another configuration, whose windows may be cut otherwise, has not looked at this one.
 *
 * @param configHash of the configuration by which it is good; {@code null} if by several
 * @param tableId of the predictions
 * @param version of the predictions' table up to which it is good, the oldest if several are
 * @param rows by model version, {@code ""} for none
 */
record ShownWindow(String configHash, String tableId, long version, Map<String, RowSum> rows) {
  ShownWindow {
    rows = Map.copyOf(rows);
  }

  /**
   * All base windows of today's cut of time that show something.
   *
   * @param published parts of one kind
   * @param configHash of today's configuration
   * @param followers of each configuration the last run that followed the source's log
   */
  static SortedMap<Window, ShownWindow> all(
      PublishedParts published,
      WindowsConfig windows,
      String configHash,
      Map<String, CommittedRun> followers) {
    SortedMap<Window, ShownWindow> shown = new TreeMap<>();
    for (PublishedParts.Winner winner : published.winners()) {
      Part part = winner.part().part();
      if (part.granularity().equals(windows.base().toString())
          && WindowPlan.isCutAs(windows, part.window())) {
        ShownWindow one = of(winner);
        for (String of : List.of(one.configHash, configHash)) {
          CommittedRun follower = followers.get(of);
          if (follower != null && follower.saw(winner.run())) {
            one = one.leftAloneBy(follower.run());
          }
        }
        shown.merge(part.window(), one, ShownWindow::with);
      }
    }
    return shown;
  }

  private static ShownWindow of(PublishedParts.Winner winner) {
    RunRecord run = winner.run().run();
    return new ShownWindow(
        run.configHash(),
        run.sources().predictionsTableId(),
        winner.part().predictionsVersion(),
        Map.of(
            WindowRows.named(winner.part().part().modelVersion()),
            new RowSum(winner.part().rows(), winner.part().fingerprint())));
  }

  private ShownWindow leftAloneBy(RunRecord follower) {
    RunSources read = follower.sources();
    return new ShownWindow(
        follower.configHash(),
        read.predictionsTableId(),
        isAsNewAs(read.predictionsTableId(), read.predictionsVersion())
            ? version
            : read.predictionsVersion(),
        rows);
  }

  private ShownWindow with(ShownWindow other) {
    Map<String, RowSum> both = new HashMap<>(rows);
    both.putAll(other.rows);
    boolean alike = configHash != null && configHash.equals(other.configHash);
    boolean sameTable = tableId != null && tableId.equals(other.tableId);
    return new ShownWindow(
        alike ? configHash : null,
        sameTable ? tableId : null,
        Math.min(version, other.version),
        both);
  }

  /** Whether it is as good as made from a version of a table, or from a later one. */
  boolean isAsNewAs(String table, long tableVersion) {
    return table.equals(tableId) && version >= tableVersion;
  }

  /** Whether rows are the very ones that were counted, as far as their fingerprints tell. */
  boolean holds(Map<String, RowSum> found) {
    Map<String, RowSum> all = new HashMap<>(rows);
    found.keySet().forEach(name -> all.putIfAbsent(name, RowSum.NONE));
    return all.entrySet().stream()
        .allMatch(of -> of.getValue().isSame(found.getOrDefault(of.getKey(), RowSum.NONE)));
  }
}
