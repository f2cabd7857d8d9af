package io.leeway.registry;

import io.leeway.domain.EnvironmentException;
import io.leeway.domain.RunIdentity;
import io.leeway.domain.UserException;
import io.leeway.monitor.Code;
import io.leeway.store.NumberedRows;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/**
 * The models' audit log, and the only place that appends to it.
 *
 * <p>An act reads the log, decides on how the model stands after it, and asks for the next number;
 * of several that come at once one gets it, and the others look again and decide anew ({@link
 * NumberedRows}). So what was decided was decided on everything before it. There is no other lock,
 * no pointer that could differ from the log, and no second write that could be lost.
 */
public final class Registry {
  private static final int ATTEMPTS = 40;

  private final NumberedRows log;
  private final InstantSource clock;

  public Registry(Store store) {
    this(store, InstantSource.system());
  }

  /**
   * By another clock.
   *
   * @param clock says when acts are made, as in a simulation
   */
  public Registry(Store store, InstantSource clock) {
    this.log = new NumberedRows(store, ResultTable.AUDIT_LOG);
    this.clock = clock;
  }

  /** When an act would be made that is made now. */
  public Instant now() {
    return clock.instant();
  }

  /** All that was done with a model. */
  public AuditChain chain(String model) {
    return AuditChain.of(model, log.rows(model).stream().map(AuditRows::entry).toList());
  }

  /** How a model stands. */
  public ModelState state(String model) {
    return ModelState.of(model, chain(model));
  }

  /** Entries that are not as they were written; none where all is well. */
  public List<AuditChain.Fault> faults(String model) {
    OptionalLong taken = log.taken(model);
    return chain(model).faults(taken);
  }

  /**
   * Does something.
   *
   * @param decide what, or why not, given how the model stands; may be asked several times
   * @return the entry
   * @throws EnvironmentException if the storage cannot be written, or others write all the time
   */
  public AuditEntry act(String model, Function<ModelState, NewEntry> decide) {
    return act(model, RunIdentity.attempt(), state -> Optional.of(decide.apply(state)))
        .orElseThrow();
  }

  /**
   * The same of something that rests on where champion and challenger were when somebody looked: if
   * anybody has moved them since, it is refused.
   *
   * @throws UserException if they have moved
   */
  public AuditEntry actOn(ModelState seen, Function<ModelState, NewEntry> decide) {
    return act(
        seen.model(),
        state -> {
          if (state.pointers() != seen.pointers()) {
            AuditEntry moved = entry(seen.model(), state.pointers());
            throw new UserException(
                "Model '"
                    + seen.model()
                    + "': somebody was faster. Entry "
                    + moved.sequence()
                    + " of the audit log, "
                    + moved.kind().text()
                    + " (version "
                    + moved.act().version().orElse(0)
                    + ") by "
                    + moved.act().actor()
                    + ", came in between. Look at 'leeway models list', and decide again.");
          }
          return decide.apply(state);
        });
  }

  /**
   * The same of something that may turn out not to be due.
   *
   * @param eventId of the attempt; asked for again, it gets the entry that it has already
   */
  public Optional<AuditEntry> act(
      String model, String eventId, Function<ModelState, Optional<NewEntry>> decide) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      OptionalLong given = log.taken(model);
      AuditChain chain = chain(model);
      Optional<AuditEntry> there =
          chain.entries().stream().filter(entry -> entry.eventId().equals(eventId)).findFirst();
      if (there.isPresent()) {
        return there;
      }
      Optional<NewEntry> act = decide.apply(ModelState.of(model, chain));
      if (act.isEmpty()) {
        return Optional.empty();
      }
      if (act.get().kind().letsOut()) {
        requireWhole(model, chain.faults(given));
      }
      AuditEntry next = chain.next(eventId, act.get(), Code.version(), now());
      Optional<Row> taken = log.append(model, AuditRows.row(next));
      if (taken.map(AuditRows::entry).filter(next::equals).isPresent()) {
        return Optional.of(next);
      }
      log.pause(attempt);
    }
    throw new EnvironmentException(
        "Model '"
            + model
            + "': its audit log could not be written. In "
            + ATTEMPTS
            + " attempts the next number was taken. If no other job is running, rows were deleted from "
            + "the table audit_log or it was restored to an older version: 'leeway audit verify' tells "
            + "which.");
  }

  /** Nobody is let out on a log that somebody has changed; going back is always possible. */
  private static void requireWhole(String model, List<AuditChain.Fault> faults) {
    if (!faults.isEmpty()) {
      throw new UserException(
          "Model '"
              + model
              + "': the audit log is not as it was written, so no version is let out on it. "
              + faults.get(0).sentence()
              + " 'leeway audit verify' names all that is wrong. DESCRIBE HISTORY of the table audit_log "
              + "tells who did it and when; DELETE the named rows and INSERT them again from SELECT ... "
              + "VERSION AS OF the version before. Do not RESTORE the table, which would take later "
              + "entries of all models. 'leeway rollback' and 'leeway circuit' work meanwhile.");
    }
  }

  private AuditEntry entry(String model, long sequence) {
    return chain(model).entries().stream()
        .filter(of -> of.sequence() == sequence)
        .findFirst()
        .orElseThrow();
  }
}
