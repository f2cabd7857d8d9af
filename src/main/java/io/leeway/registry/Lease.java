package io.leeway.registry;

import io.leeway.domain.UserException;
import java.time.Instant;
import java.util.Optional;

/**
 * The right to retrain a model, which one run has at a time. It ends by itself, so a crash blocks
 * nobody for ever; the run that crashed may go on at once, as another attempt at the same run, if
 * its process is known to have died or a scheduler says that it is the same run.
 *
 * @param runId what was asked; the same over retries
 * @param attemptId who has it; of two attempts at a run, the later one
 * @param by who asked
 * @param until when it ends by itself
 * @param holder the process that has it, where that is known
 */
public record Lease(
    String runId, String attemptId, String by, Instant until, Optional<Holder> holder) {
  /** Of this process. */
  public Lease(String runId, String attemptId, String by, Instant until) {
    this(runId, attemptId, by, until, Optional.of(Holder.ofThisProcess()));
  }

  /**
   * Refuses to go on with a run that somebody may still be at.
   *
   * @throws UserException unless the attempt before is known to have died
   */
  public static void requireDead(ModelState state, String runId, Instant now) {
    state
        .lease()
        .filter(lease -> lease.until().isAfter(now) && lease.runId().equals(runId))
        .filter(lease -> lease.holder().filter(Holder::isGone).isEmpty())
        .ifPresent(
            lease -> {
              throw held(state, lease);
            });
  }

  private static UserException held(ModelState state, Lease lease) {
    return new UserException(
        "Model '"
            + state.model()
            + "' is being retrained: run "
            + lease.runId()
            + ", asked for by "
            + lease.by()
            + lease
                .holder()
                .map(of -> " on " + of.host() + " (process " + of.process() + ")")
                .orElse("")
            + ", holds the lease until "
            + lease.until()
            + ". Wait for it; if it has crashed, go on with it by --run-id "
            + lease.runId()
            + ", or wait until then.");
  }

  /**
   * Takes it.
   *
   * @throws UserException if another run has it
   */
  public static NewEntry take(
      ModelState state, Lease wanted, String reason, Instant now, Details more) {
    Optional<Lease> held = state.lease().filter(lease -> lease.until().isAfter(now));
    if (held.isPresent() && !held.get().runId().equals(wanted.runId())) {
      throw held(state, held.get());
    }
    return NewEntry.of(
        ActKind.RETRAIN_STARTED,
        wanted.by(),
        reason,
        more.and(
            "run_id",
            wanted.runId(),
            "attempt_id",
            wanted.attemptId(),
            "until",
            wanted.until(),
            "holder",
            wanted.holder().map(Holder::text).orElse(null)));
  }

  /** Whether an attempt still has it. */
  public static boolean isHeldBy(ModelState state, String attemptId) {
    return state.lease().filter(lease -> lease.attemptId().equals(attemptId)).isPresent();
  }

  /**
   * Refuses what an attempt would do that has lost the lease.
   *
   * @throws UserException if it has
   */
  public static void require(ModelState state, String attemptId) {
    if (!isHeldBy(state, attemptId)) {
      throw new UserException(
          "Model '"
              + state.model()
              + "': this retraining has lost its lease"
              + state
                  .lease()
                  .map(lease -> " to run " + lease.runId() + " of " + lease.by())
                  .orElse("")
              + "; what it has trained is left out. Run 'leeway retrain' again if it is still wanted.");
    }
  }

  /** Gives it back without a version. */
  public static NewEntry giveBack(
      ModelState state, String attemptId, String by, String outcome, String reason, Details more) {
    require(state, attemptId);
    return NewEntry.of(
        ActKind.RETRAIN_ENDED, by, reason, more.and("attempt_id", attemptId, "outcome", outcome));
  }
}
