package io.leeway.policy;

import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import io.leeway.monitor.Progress;
import io.leeway.monitor.Unwritten;
import io.leeway.policy.JudgePlan.Due;
import io.leeway.policy.verdict.Family;
import io.leeway.policy.verdict.Rule;
import io.leeway.store.CommittedRun;
import io.leeway.store.RunLedger;
import io.leeway.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Runs a proposed policy over stored metrics, and over those from profiles that a run of it would
 * have stored; it reads no source and writes nothing.
 */
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
    Unwritten unwritten =
        ofNow == ofThen
            ? Unwritten.NONE
            : Unwritten.of(ofCrosses(then), inForce, proposed, JudgePlan.parts(plan.due()));
    try (Completion completion = Completion.of(store, proposed, committed, unwritten)) {
      replay(inForce.name(), plan, values, completion.rows(), ofNow, ofThen);
      return new ReplayReport(
          inForce.name(),
          plan.due().size(),
          Duration.between(began, Instant.now()),
          completion.told(),
          ofThen.side(),
          ofNow.side());
    }
  }

  /** Metrics by which slices of more than one column may be judged, but for gaps between groups. */
  private static Set<String> ofCrosses(Policy policy) {
    return policy.rules().stream()
        .filter(rule -> rule.family() != Family.FAIRNESS)
        .filter(rule -> rule.slice().map(of -> of.columns().size() > 1).orElse(true))
        .map(Rule::metric)
        .collect(Collectors.toSet());
  }

  private void replay(
      String model,
      JudgePlan plan,
      JudgedValues values,
      Optional<Dataset<Row>> unwritten,
      Rehearsal ofNow,
      Rehearsal ofThen) {
    int done = 0;
    List<List<List<Due>>> pieces = JudgePlan.pieces(plan.due(), Judging.AT_ONCE);
    try (ReadAhead<List<List<Due>>, JudgedValues.Sides> read =
        new ReadAhead<>(
            pieces, piece -> values.sides(JudgePlan.parts(together(piece)), unwritten))) {
      for (List<List<Due>> piece : pieces) {
        JudgedValues.Sides sides = read.next();
        Stream.of(ofNow, ofThen)
            .distinct()
            .parallel()
            .forEach(one -> one.judge(piece, one == ofNow ? sides.inForce() : sides.proposed()));
        done += together(piece).size();
        progress.say("Model " + model + ": replayed " + done + " of " + plan.due().size() + ".");
      }
    }
  }

  private static List<Due> together(List<List<Due>> ticks) {
    return ticks.stream().flatMap(List::stream).toList();
  }
}
