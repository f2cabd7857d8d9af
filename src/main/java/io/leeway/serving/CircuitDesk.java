package io.leeway.serving;

import io.leeway.config.CircuitConfig;
import io.leeway.domain.RunIdentity;
import io.leeway.domain.UserException;
import io.leeway.registry.ActKind;
import io.leeway.registry.AuditEntry;
import io.leeway.registry.CircuitEntry;
import io.leeway.registry.Details;
import io.leeway.registry.ModelState;
import io.leeway.registry.NewEntry;
import io.leeway.registry.Registry;
import io.leeway.serving.circuit.Circuit;
import io.leeway.serving.circuit.CircuitReadings;
import io.leeway.serving.circuit.CircuitState;
import io.leeway.serving.circuit.Limit;
import io.leeway.serving.circuit.Transition;
import java.time.Instant;
import java.util.Optional;

/** Puts the circuit of a model on record. */
public final class CircuitDesk {
  private final Registry registry;

  public CircuitDesk(Registry registry) {
    this.registry = registry;
  }

  /** The circuit as the model's state has it; a state that this code does not know is unknown. */
  public static Circuit published(ModelState state) {
    return state.circuit().flatMap(CircuitDesk::read).orElse(Circuit.UNKNOWN);
  }

  private static Optional<Circuit> read(CircuitEntry entry) {
    return CircuitState.named(entry.state())
        .map(
            state ->
                new Circuit(
                    state,
                    state == CircuitState.OPEN
                        ? entry.details().instant("until").or(() -> Optional.of(entry.published()))
                        : Optional.empty(),
                    entry.details().integer("good_windows").orElse(0),
                    entry.details().text("opened_by").flatMap(Limit::named),
                    entry.details().instant("published").orElse(entry.published()),
                    state.isByPeople()
                        ? Optional.empty()
                        : entry.validUntil().or(() -> Optional.of(entry.published()))));
  }

  /**
   * Goes on by what was seen. It is put on record where something changes, or half of the validity
   * of what was said before has passed.
   *
   * @param seen of the champion's answers since the last look
   * @param by who looks
   * @return the entry, if there was one to make
   */
  public Optional<AuditEntry> look(
      String model, CircuitConfig config, CircuitReadings seen, Instant now, String by) {
    return registry.act(
        model,
        RunIdentity.attempt(),
        state -> {
          Circuit before = published(state);
          Transition next = Transition.of(before, seen, config, now);
          boolean same =
              next.state() == before.state() && next.goodWindows() == before.goodWindows();
          return same && !before.isHalfSpentAt(now)
              ? Optional.empty()
              : Optional.of(entry(next, config, readings(seen), now, by));
        });
  }

  /**
   * A person sets the state: forced open, disabled, metrics only, or closed, which ends those.
   *
   * @throws UserException if it is a state that only readings bring about
   */
  public AuditEntry force(
      String model,
      CircuitState state,
      CircuitConfig config,
      Instant now,
      String by,
      String reason) {
    if (!state.isByPeople() && state != CircuitState.CLOSED) {
      throw new UserException(
          "Nobody sets a circuit to "
              + state
              + "; readings do. Write FORCED_OPEN, DISABLED, METRICS_ONLY or CLOSED.");
    }
    Transition set = Transition.set(state, reason);
    return registry.act(model, of -> entry(set, config, Details.NONE, now, by));
  }

  private static NewEntry entry(
      Transition next, CircuitConfig config, Details readings, Instant now, String by) {
    return NewEntry.of(
        ActKind.CIRCUIT_CHANGED,
        by,
        next.reason(),
        readings.and(
            "state",
            next.state().name(),
            "until",
            next.until().orElse(null),
            "good_windows",
            next.goodWindows(),
            "opened_by",
            next.openedBy().map(Limit::name).orElse(null),
            "published",
            now,
            "valid_until",
            next.state().isByPeople() ? null : now.plus(config.validFor()),
            "forced",
            next.state().isByPeople(),
            "fallback",
            config.fallback().text()));
  }

  private static Details readings(CircuitReadings seen) {
    return Details.of(
        "calls",
        seen.calls(),
        "failures",
        seen.failures(),
        "null_scores",
        seen.nullScores(),
        "latency_p95",
        seen.latencyP95().isPresent() ? seen.latencyP95().getAsDouble() : null,
        "score_psi",
        seen.scorePsi().isPresent() ? seen.scorePsi().getAsDouble() : null,
        "champion_age_seconds",
        seen.championAge().map(age -> age.toSeconds()).orElse(null));
  }
}
