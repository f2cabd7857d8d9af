package io.leeway.policy;

import io.leeway.config.ModelConfig;
import io.leeway.domain.EnvironmentException;
import io.leeway.monitor.Progress;
import io.leeway.policy.JudgePlan.Due;
import io.leeway.policy.incident.Incident;
import io.leeway.store.CommittedRun;
import io.leeway.store.RunLedger;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Judges what monitors have published since it was last judged, and brings incidents up to date: a
 * run of its own, so that one that was stopped is caught up with by the next.
 */
public final class JudgeJob {
  static final String COMMAND = "judge";

  /** How often it begins anew because somebody changed incidents meanwhile. */
  private static final int ATTEMPTS = 10;

  private final Store store;
  private final Progress progress;

  public JudgeJob(Store store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /**
   * Looks at a model's rules before anything is scanned.
   *
   * @throws io.leeway.domain.UserException if one of them cannot be judged, saying what to write
   */
  public static void requireRules(ModelConfig model) {
    Policy.of(model);
  }

  /**
   * Judges one model's windows that are due.
   *
   * @param now ages of windows count from there, and incidents are detected then
   * @throws io.leeway.domain.LeewayException worded for people
   */
  public JudgeReport run(ModelConfig model, Instant now) {
    Policy policy = Policy.of(model);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<CommittedRun> committed = new RunLedger(store).committed(model.name());
      JudgePlan plan = JudgePlan.of(committed, policy);
      Map<String, Incident> known = new IncidentLog(store, model.name(), committed).incidents();
      if (plan.due().isEmpty()) {
        return new Judging(store, policy, plan, known.values(), committed, now).report();
      }
      progress.say("Model " + model.name() + ": judging " + plan.due().size() + " windows.");
      Judging judging = new Judging(store, policy, plan, known.values(), committed, now);
      PolicyRun run = PolicyRun.repeatable(store, policy, COMMAND, committed, asked(plan));
      judging.judge(run);
      if (run.isCommitted(judging.parts(), IncidentLog.WRITERS)) {
        return judging.report();
      }
      progress.say(
          "Model " + model.name() + ": its incidents were changed meanwhile; judging anew.");
    }
    throw new EnvironmentException(
        "Model '%s': its incidents were changed by others %d times while it was judged. Run it again when no other job of it is at work."
            .formatted(model.name(), ATTEMPTS));
  }

  private static List<Object> asked(JudgePlan plan) {
    List<Object> asked = new ArrayList<>();
    for (Due due : plan.due()) {
      asked.add(due.part());
      asked.add(due.made());
    }
    return asked;
  }
}
