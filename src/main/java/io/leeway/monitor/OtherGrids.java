package io.leeway.monitor;

import io.leeway.domain.Part;
import io.leeway.scan.MonitoredColumn;
import io.leeway.store.CommittedRun;
import io.leeway.store.PublishedParts.Winner;
import io.leeway.store.Store;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What other baselines monitored, on whose grids some of the windows at hand were counted. */
final class OtherGrids {
  private OtherGrids() {}

  /**
   * By the grid's name.
   *
   * @param committed the model's runs
   * @param counted base windows
   */
  static Map<String, List<MonitoredColumn>> of(
      Store store,
      List<CommittedRun> committed,
      Baseline baseline,
      Part.Kind kind,
      Collection<Winner> counted) {
    Map<String, List<MonitoredColumn>> others = new HashMap<>();
    for (Winner winner : counted) {
      String binsId = winner.run().run().binsId();
      if (!binsId.equals(baseline.binsId()) && !others.containsKey(binsId)) {
        CommittedRun run =
            BaselineJob.withBins(committed, binsId)
                .orElseThrow(
                    () -> new IllegalStateException("No baseline has the grid " + binsId + "."));
        others.put(binsId, BaselineJob.load(store, run).measured(kind));
      }
    }
    return others;
  }
}
