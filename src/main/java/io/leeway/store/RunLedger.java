package io.leeway.store;

import io.leeway.domain.EnvironmentException;
import io.leeway.domain.PublishedPart;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which runs count. Rows of an attempt may lie in every result table; they show only once the
 * attempt's row is here.
 *
 * <p>One mechanism keeps all promises: the commits of a model form one line, numbered 1, 2, 3 …,
 * and each number can be taken once ({@link NumberedRows}). A commit reads the line, decides on
 * what it read, and asks for the next number; whoever loses it reads and decides again. So
 * everything a commit decides is decided on the whole line before it: one attempt per run,
 * generations that rise exactly where configuration or source change, no part from an older source
 * than what shows.
 *
 * <p>{@code maintain} stands in the same line. Before it removes an attempt's rows it takes a
 * number to say so, and a commit that finds the attempt named there is refused: of the two, whoever
 * takes its number first is right, whatever any clock says. In the same way it says which slices it
 * is about to remove. These entries have a status of their own and are no runs.
 *
 * <p>Rows are never deleted from {@code runs}: numbers would be asked for again that Delta holds to
 * be taken.
 */
public final class RunLedger {
  /** The command of entries that are no runs. */
  static final String MAINTAIN = "maintain";

  private static final int ATTEMPTS = 40;
  private static final String ABANDONED = "abandoned";
  private static final String REMOVED = "removed";

  private final Store store;
  private final NumberedRows numbers;

  public RunLedger(Store store) {
    this.store = store;
    this.numbers = new NumberedRows(store, ResultTable.RUNS);
  }

  /** The model's committed runs in the order of their commits. */
  public List<CommittedRun> committed(String model) {
    return line(model).stream().filter(entry -> !isOfMaintain(entry)).toList();
  }

  /** Which slices of the model's profiles may be gone. */
  public RemovedSlices removed(String model) {
    return removed(line(model));
  }

  private static RemovedSlices removed(List<CommittedRun> line) {
    return line.stream()
        .filter(entry -> isOfMaintain(entry) && entry.run().runId().equals(REMOVED))
        .map(entry -> RemovedSlices.parse(entry.run().summary()))
        .reduce(RemovedSlices.NONE, RemovedSlices::and);
  }

  /** All entries of a model: its runs, and what {@code maintain} said of them. */
  private List<CommittedRun> line(String model) {
    return numbers.rows(model).stream().map(RunRows::run).toList();
  }

  public Optional<CommittedRun> find(String model, String runId) {
    return committed(model).stream().filter(run -> run.run().runId().equals(runId)).findFirst();
  }

  /**
   * Makes the attempt's rows count, unless another attempt at the run was first. An attempt that
   * asks again after it has won, for example because the answer was lost, is told that it won.
   *
   * @throws EnvironmentException if the storage cannot be written, or others keep taking the next
   *     number
   */
  public CommitResult commit(RunRecord run) {
    return commit(run, Set.of());
  }

  /**
   * The same of a run that goes on from what others of some commands have left, so that none of
   * them may come in between.
   *
   * @param rivals the commands; if one of their runs was committed since this one was planned, it
   *     is {@link CommitResult.Superseded}
   */
  public CommitResult commit(RunRecord run, Set<String> rivals) {
    store.create(ResultTable.RUNS);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<CommittedRun> line = line(run.model());
      Optional<CommitResult> decided =
          decidedBy(line, run).or(() -> overtakenBy(line, run, rivals));
      if (decided.isPresent()) {
        return decided.get();
      }
      List<PublishedPart> leftOut = stale(line, run);
      CommittedRun next = next(line, run, leftOut);
      if (isTaken(next)) {
        return new CommitResult.Won(next, leftOut);
      }
      Conflicts.pause(attempt);
    }
    throw outOfNumbers(run);
  }

  private EnvironmentException outOfNumbers(RunRecord run) {
    return new EnvironmentException(
        "Run "
            + run.runId()
            + " of model "
            + run.model()
            + " could not be committed. "
            + store.where(ResultTable.RUNS)
            + ": in "
            + ATTEMPTS
            + " attempts the next number was taken by others. If no other job is running, rows "
            + "were deleted from the table or it was restored to an older version; restore its "
            + "newest version.");
  }

  /**
   * Lets an attempt never commit from now on, so that its rows may be removed.
   *
   * @return whether that holds; an attempt that has committed is left as it is
   */
  boolean abandon(String model, String attemptId) {
    RunRecord entry = entry(model, ABANDONED, attemptId, "{}");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<CommittedRun> line = line(model);
      Optional<CommittedRun> found =
          line.stream().filter(of -> of.run().attemptId().equals(attemptId)).findFirst();
      if (found.isPresent()) {
        return isOfMaintain(found.get());
      }
      numbers.append(model, RunRows.row(next(line, entry, List.of())));
      Conflicts.pause(attempt);
    }
    throw outOfNumbers(entry);
  }

  /** Says that slices of the model's profiles are about to be removed, unless that is said. */
  void remove(String model, RemovedSlices slices) {
    RunRecord entry = entry(model, REMOVED, UUID.randomUUID().toString(), slices.json());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<CommittedRun> line = line(model);
      if (removed(line).and(slices).equals(removed(line))) {
        return;
      }
      numbers.append(model, RunRows.row(next(line, entry, List.of())));
      Conflicts.pause(attempt);
    }
    throw outOfNumbers(entry);
  }

  private static RunRecord entry(String model, String what, String attemptId, String summary) {
    RunSources none = new RunSources(null, null, null, null);
    return new RunRecord(
        model,
        what,
        attemptId,
        MAINTAIN,
        "",
        null,
        none,
        false,
        null,
        null,
        Instant.now(),
        0,
        List.of(),
        summary);
  }

  private static boolean isOfMaintain(CommittedRun entry) {
    return entry.run().command().equals(MAINTAIN);
  }

  /** What the line says of the run before it is appended; empty if it may be. */
  static Optional<CommitResult> decidedBy(List<CommittedRun> line, RunRecord run) {
    for (CommittedRun committed : line) {
      if (isOfMaintain(committed) && committed.run().attemptId().equals(run.attemptId())) {
        return Optional.of(new CommitResult.Abandoned(committed));
      }
      if (committed.run().runId().equals(run.runId())) {
        return Optional.of(
            committed.run().attemptId().equals(run.attemptId())
                ? new CommitResult.Won(committed, leftOut(run, committed))
                : new CommitResult.Lost(committed));
      }
    }
    Optional<CommittedRun> last = last(line, run.command(), Long.MAX_VALUE);
    if (last.isEmpty() || last.get().run().isSameMakeAs(run)) {
      return Optional.empty();
    }
    long planned =
        last(line, run.command(), run.plannedAfter()).map(CommittedRun::generation).orElse(-1L);
    return last.get().generation() == planned
        ? Optional.empty()
        : Optional.of(new CommitResult.Superseded(last.get()));
  }

  private static Optional<CommitResult> overtakenBy(
      List<CommittedRun> line, RunRecord run, Set<String> rivals) {
    return line.stream()
        .filter(other -> other.sequence() > run.plannedAfter())
        .filter(other -> rivals.contains(other.run().command()))
        .<CommitResult>map(CommitResult.Superseded::new)
        .findFirst();
  }

  /**
   * The generation that a run will have: that of the command's last run, or the next one where
   * configuration or source are others than its.
   *
   * @param line the model's committed runs
   */
  public static long generation(
      List<CommittedRun> line, String command, String configHash, RunSources sources) {
    return last(line, command, Long.MAX_VALUE)
        .map(before -> before.generation() + (before.run().isMadeBy(configHash, sources) ? 0L : 1L))
        .orElse(0L);
  }

  static CommittedRun next(List<CommittedRun> line, RunRecord run, List<PublishedPart> leftOut) {
    long sequence = line.isEmpty() ? 1 : line.get(line.size() - 1).sequence() + 1;
    long generation = generation(line, run.command(), run.configHash(), run.sources());
    List<PublishedPart> kept = new ArrayList<>(run.parts());
    kept.removeAll(leftOut);
    return new CommittedRun(
        run.withParts(kept), sequence, generation, Instant.now().truncatedTo(ChronoUnit.MICROS));
  }

  static List<PublishedPart> stale(List<CommittedRun> line, RunRecord run) {
    PublishedParts shown = PublishedParts.of(line);
    return run.parts().stream().filter(part -> shown.isStale(run.sources(), part)).toList();
  }

  private static List<PublishedPart> leftOut(RunRecord asked, CommittedRun committed) {
    List<PublishedPart> leftOut = new ArrayList<>(asked.parts());
    leftOut.removeAll(committed.run().parts());
    return leftOut;
  }

  /** The command's last run up to a number. */
  private static Optional<CommittedRun> last(List<CommittedRun> line, String command, long upTo) {
    return line.stream()
        .filter(run -> run.sequence() <= upTo && run.run().command().equals(command))
        .reduce((one, later) -> later);
  }

  /**
   * Asks for the entry's number, and says whether it is this attempt's; an entry of maintain's that
   * names the attempt is not the attempt's own.
   */
  private boolean isTaken(CommittedRun next) {
    return numbers
        .append(next.run().model(), RunRows.row(next))
        .map(RunRows::run)
        .filter(entry -> entry.run().attemptId().equals(next.run().attemptId()))
        .filter(entry -> entry.run().command().equals(next.run().command()))
        .isPresent();
  }
}
