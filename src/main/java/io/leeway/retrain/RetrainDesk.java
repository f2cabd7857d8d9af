package io.leeway.retrain;

import io.leeway.config.ModelConfig;
import io.leeway.config.RetrainConfig;
import io.leeway.domain.RunIdentity;
import io.leeway.policy.IncidentDesk;
import io.leeway.registry.AuditEntry;
import io.leeway.registry.ModelState;
import io.leeway.registry.Registry;
import io.leeway.registry.Version;
import io.leeway.retrain.decide.OpenIncident;
import io.leeway.retrain.decide.RetrainDecision;
import io.leeway.retrain.decide.RetrainDecision.Outcome;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decides whether what is open calls for retraining, and puts it on record. */
public final class RetrainDesk {
  private final Store store;
  private final Registry registry;

  public RetrainDesk(Store store, Registry registry) {
    this.store = store;
    this.registry = registry;
  }

  /**
   * Decides about a model as it stands now. What was decided already is not said again.
   *
   * @return empty if nothing calls for retraining
   */
  public Optional<RetrainDecision> decide(ModelConfig model, RetrainConfig retrain) {
    List<OpenIncident> open =
        new IncidentDesk(store)
            .incidents(model.name()).stream()
                .filter(of -> !of.isResolved())
                .map(OpenIncident::of)
                .toList();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    ModelState state = registry.state(model.name());
    Optional<Instant> since = trainedUntil(state);
    long labels = new MatureLabels(store, model).since(since);
    Optional<RetrainDecision> decision =
        RetrainDecision.of(
            retrain.trigger(),
            state,
            open,
            labels,
            retrain.training().minLabelled(),
            registry.now());
    decision.ifPresent(
        of -> registry.act(model.name(), RunIdentity.attempt(), after -> of.entry(after)));
    return decision;
  }

  /**
   * The decision that a retraining was not yet made of, if the last one says so. That one is in
   * flight says nothing against it: it may have crashed, and be waiting to be gone on with.
   */
  Optional<AuditEntry> due(ModelState state) {
    return state.decisions().stream()
        .filter(of -> !decision(of).equals(Outcome.SUPPRESSED_IN_FLIGHT.name()))
        .max(Comparator.comparingLong(AuditEntry::sequence))
        .filter(of -> decision(of).equals(Outcome.FIRE.name()))
        .filter(
            of ->
                state.retrainings().stream().noneMatch(after -> after.sequence() > of.sequence()));
  }

  private static String decision(AuditEntry entry) {
    return entry.act().details().text("decision").orElse("");
  }

  /** Up to when the labels reach that the newest version learned from. */
  private static Optional<Instant> trainedUntil(ModelState state) {
    return state.versions().stream()
        .max(Comparator.comparingInt(Version::number))
        .flatMap(of -> of.facts().instant("rows_until"));
  }
}
