package io.leeway.policy;

import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import io.leeway.monitor.Progress;
import io.leeway.policy.JudgePlan.Due;
import io.leeway.policy.verdict.History;
import io.leeway.store.CommittedRun;
import io.leeway.store.RunLedger;
import io.leeway.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Runs a proposed policy over stored metrics; it reads no source and writes nothing. */
public final class ReplayJob {
  private final Store store;
  private final Progress progress;

  public ReplayJob(Store store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /**
   * What a policy would have said of a model, beside the one in force.
   *
   * @param proposed the same model with the other policy
   * @param from windows that start then or later
   * @param until windows that end then or earlier
   * @throws UserException if a rule cannot be judged, or there is nothing to judge
   */
  public ReplayReport run(
      ModelConfig inForce, ModelConfig proposed, Optional<Instant> from, Optional<Instant> until) {
    Instant began = Instant.now();
    Policy now = Policy.of(inForce);
    Policy then = Policy.of(proposed);
    List<CommittedRun> committed = new RunLedger(store).committed(inForce.name());
    JudgePlan plan =
        JudgePlan.all(committed, now, now.judgement().and(then.judgement())).within(from, until);
    if (plan.due().isEmpty()) {
      throw new UserException(
          "Model '"
              + inForce.name()
              + "' has no monitored window between "
              + from.map(Instant::toString).orElse("the beginning")
              + " and "
              + until.map(Instant::toString).orElse("now")
              + ". Run 'leeway monitor' first, or name another stretch of time.");
    }
    Set<String> metrics = new TreeSet<>(now.judgement().metrics());
    metrics.addAll(then.judgement().metrics());
    JudgedValues values =
        new JudgedValues(store, inForce.name(), now.zone(), metrics, plan.reference());
    Rehearsal ofNow = new Rehearsal(now);
    Rehearsal ofThen = then.hash().equals(now.hash()) ? ofNow : new Rehearsal(then);
    List<Rehearsal> both = ofNow == ofThen ? List.of(ofNow) : List.of(ofNow, ofThen);
    int done = 0;
    List<List<List<Due>>> pieces = JudgePlan.pieces(plan.due(), Judging.AT_ONCE);
    try (ReadAhead<List<List<Due>>, Map<String, History>> read =
        new ReadAhead<>(pieces, piece -> values.histories(JudgePlan.parts(together(piece))))) {
      for (List<List<Due>> piece : pieces) {
        Map<String, History> histories = read.next();
        both.parallelStream().forEach(one -> one.judge(piece, histories));
        done += together(piece).size();
        progress.say(
            "Model " + inForce.name() + ": replayed " + done + " of " + plan.due().size() + ".");
      }
    }
    return new ReplayReport(
        inForce.name(),
        plan.due().size(),
        Duration.between(began, Instant.now()),
        ofThen.side(),
        ofNow.side());
  }

  private static List<Due> together(List<List<Due>> ticks) {
    return ticks.stream().flatMap(List::stream).toList();
  }
}
