package io.leeway.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A model's audit log that is made act by act, an hour apart, without a table. */
public final class RegistryStory {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final String model;
  private final List<AuditEntry> entries = new ArrayList<>();
  private Duration more = Duration.ZERO;

  public RegistryStory(String model) {
    this.model = model;
  }

  public Instant now() {
    return START.plus(Duration.ofHours(entries.size())).plus(more);
  }

  public ModelState state() {
    return ModelState.of(model, chain());
  }

  /** Time goes by without an act. */
  public RegistryStory passes(Duration time) {
    more = more.plus(time);
    return this;
  }

  AuditChain chain() {
    return AuditChain.of(model, entries);
  }

  public RegistryStory does(Function<ModelState, NewEntry> act) {
    entries.add(chain().next("event-" + entries.size(), act.apply(state()), "test", now()));
    return this;
  }

  /** A retraining by Tess that ends with the next version, which needs so many approvals. */
  public RegistryStory trains(boolean blessed, int approvers) {
    String attempt = "attempt-" + entries.size();
    Lease lease = new Lease("run-" + entries.size(), attempt, "tess", now().plusSeconds(60));
    does(state -> Lease.take(state, lease, "a breach", now(), Details.NONE));
    return does(
        state ->
            NewEntry.of(
                ActKind.VERSION_ADDED,
                state.nextVersion(0),
                "tess",
                "trained",
                Details.of(
                    "verdict",
                    blessed ? "BLESSED" : "NOT_BLESSED",
                    "uri",
                    "models/m/v=" + state.nextVersion(0),
                    "digest",
                    "d" + state.nextVersion(0),
                    "champion",
                    state.champion().map(Version::text).orElse(null),
                    "evidence",
                    "e" + state.nextVersion(0),
                    "approvers",
                    approvers,
                    "expires",
                    now().plus(Duration.ofDays(3)))));
  }

  public RegistryStory approves(int version, String by) {
    return does(state -> Approval.approve(state, version, by, "looks right", now()));
  }

  public RegistryStory promotes(int version) {
    return does(state -> Promotion.promote(state, version, false, "olga", "better"));
  }
}
