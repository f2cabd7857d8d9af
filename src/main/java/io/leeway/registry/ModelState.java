package io.leeway.registry;

import io.leeway.domain.UserException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How a model stands after its audit log: which version is champion, which challenges it, what may
 * be approved, who retrains. A pure function of the entries; never changes.
 */
public final class ModelState {
  /** So many champions before the present one stay warm: kept, and good to go back to. */
  public static final int WARM = 3;

  private final String model;
  private final TreeMap<Integer, Version> versions;
  private final OptionalInt champion;
  private final Optional<Instant> crowned;
  private final List<Integer> warm;
  private final Optional<Challenge> challenge;
  private final Optional<Lease> lease;
  private final Optional<CircuitEntry> circuit;
  private final List<AuditEntry> decisions;
  private final List<AuditEntry> retrainings;
  private final long pointers;
  private final long last;

  private ModelState(Folding of) {
    this.model = of.model;
    this.versions = of.versions;
    this.champion = of.champion;
    this.crowned = of.crowned;
    this.warm = List.copyOf(of.warm);
    this.challenge = of.challenge;
    this.lease = of.lease;
    this.circuit = of.circuit;
    this.decisions = List.copyOf(of.decisions);
    this.retrainings = List.copyOf(of.retrainings);
    this.pointers = of.pointers;
    this.last = of.last;
  }

  /** After all entries of a chain. */
  public static ModelState of(String model, AuditChain chain) {
    Folding folding = new Folding(model);
    chain.entries().forEach(folding::take);
    return new ModelState(folding);
  }

  public String model() {
    return model;
  }

  /** All versions by number. */
  public Collection<Version> versions() {
    return Collections.unmodifiableCollection(versions.values());
  }

  public Optional<Version> find(int version) {
    return Optional.ofNullable(versions.get(version));
  }

  /**
   * A version.
   *
   * @throws UserException if there is no such one
   */
  public Version version(int number) {
    return find(number)
        .orElseThrow(
            () ->
                new UserException(
                    "Model '"
                        + model
                        + "' has no version "
                        + number
                        + ". Its versions: "
                        + (versions.isEmpty()
                            ? "none yet; 'leeway retrain' makes them"
                            : versions.keySet())
                        + "."));
  }

  /** The version that serves; empty while something serves that is not registered here. */
  public Optional<Version> champion() {
    return champion.isPresent() ? find(champion.getAsInt()) : Optional.empty();
  }

  /** Since when the champion serves; empty while none is registered. */
  public Optional<Instant> crowned() {
    return crowned;
  }

  /** Champions before the present one that are kept, the latest first. */
  public List<Integer> warm() {
    return warm;
  }

  public Optional<Challenge> challenge() {
    return challenge;
  }

  /** The last lease that was not given back; it may have ended by itself. */
  public Optional<Lease> lease() {
    return lease;
  }

  public Optional<CircuitEntry> circuit() {
    return circuit;
  }

  /** Decisions about retraining, in order. */
  public List<AuditEntry> decisions() {
    return decisions;
  }

  /** Ends of retrainings, with a version or without, in order. */
  public List<AuditEntry> retrainings() {
    return retrainings;
  }

  /** When the last one ended. */
  public Optional<Instant> lastRetraining() {
    return retrainings.isEmpty()
        ? Optional.empty()
        : Optional.of(retrainings.get(retrainings.size() - 1).at());
  }

  /** The number of the last entry that moved champion, challenger or share; 0 before any. */
  public long pointers() {
    return pointers;
  }

  /** The number of the last entry; 0 before any. */
  public long last() {
    return last;
  }

  /** The number of the next version. */
  public int nextVersion(int beyond) {
    return Math.max(beyond, versions.isEmpty() ? 0 : versions.lastKey()) + 1;
  }

  /** Takes the entries in one by one. */
  private static final class Folding {
    private final String model;
    private final TreeMap<Integer, Version> versions = new TreeMap<>();
    private final List<Integer> warm = new ArrayList<>();
    private final List<AuditEntry> decisions = new ArrayList<>();
    private final List<AuditEntry> retrainings = new ArrayList<>();
    private OptionalInt champion = OptionalInt.empty();
    private Optional<Instant> crowned = Optional.empty();
    private Optional<Challenge> challenge = Optional.empty();
    private Optional<Lease> lease = Optional.empty();
    private Optional<CircuitEntry> circuit = Optional.empty();
    private long pointers;
    private long last;

    Folding(String model) {
      this.model = model;
    }

    void take(AuditEntry entry) {
      last = entry.sequence();
      switch (entry.kind()) {
        case RETRAIN_DECIDED -> decisions.add(entry);
        case RETRAIN_STARTED -> lease = Optional.of(lease(entry));
        case RETRAIN_ENDED -> {
          lease = Optional.empty();
          retrainings.add(entry);
        }
        case VERSION_ADDED -> add(entry);
        case WAIVED -> move(entry, Version.Stage.PENDING_APPROVAL);
        case APPROVED -> approve(entry);
        case REJECTED -> move(entry, Version.Stage.REJECTED);
        case CHALLENGED -> challenge(entry);
        case RAMPED -> ramp(entry);
        case RULED -> change(entry, entry.details().text("ruling").orElse("?"));
        case WITHDRAWN -> withdraw(entry);
        case PROMOTED -> promote(entry);
        case ROLLED_BACK -> rollBack(entry);
        case CIRCUIT_CHANGED -> circuit = Optional.of(circuit(entry));
        case UNKNOWN -> {}
      }
    }

    private static Lease lease(AuditEntry entry) {
      Details details = entry.details();
      return new Lease(
          details.text("run_id").orElse(""),
          details.text("attempt_id").orElse(""),
          entry.act().actor(),
          details.instant("until").orElse(entry.at()),
          details.text("holder").flatMap(Holder::read));
    }

    private void add(AuditEntry entry) {
      retrainings.add(entry);
      Details details = entry.details();
      boolean blessed = details.text("verdict").filter("BLESSED"::equals).isPresent();
      int number = entry.act().version().getAsInt();
      if (blessed) {
        versions.replaceAll(
            (older, of) ->
                of.stage() == Version.Stage.PENDING_APPROVAL || of.stage() == Version.Stage.APPROVED
                    ? of.at(Version.Stage.SUPERSEDED)
                    : of);
      }
      versions.put(
          number,
          new Version(
              number,
              blessed ? Version.Stage.PENDING_APPROVAL : Version.Stage.NOT_BLESSED,
              details.text("uri").orElse(""),
              details.text("digest").orElse(""),
              details.text("champion"),
              details.text("evidence").orElse(""),
              entry.act().actor(),
              details.integer("approvers").orElse(1),
              details.instant("expires").orElse(entry.at()),
              entry.at(),
              List.of(),
              Optional.empty(),
              details));
      lease = Optional.empty();
    }

    private void approve(AuditEntry entry) {
      of(entry)
          .ifPresent(
              version -> {
                List<Version.Given> given = new ArrayList<>(version.approvals());
                given.add(new Version.Given(entry.act().actor(), entry.act().reason(), entry.at()));
                Version approved = version.approvedBy(given);
                put(Approval.isEnough(approved) ? approved.at(Version.Stage.APPROVED) : approved);
              });
    }

    private void challenge(AuditEntry entry) {
      Details details = entry.details();
      boolean shadow = details.flag("shadow");
      challenge =
          Optional.of(
              new Challenge(
                  entry.sequence(),
                  entry.act().version().getAsInt(),
                  shadow,
                  details.integer("basis_points").orElse(0),
                  0,
                  details.text("salt").orElse(""),
                  entry.at(),
                  entry.at()));
      move(entry, shadow ? Version.Stage.SHADOW : Version.Stage.CHALLENGER);
      pointers = entry.sequence();
    }

    private void ramp(AuditEntry entry) {
      Details details = entry.details();
      challenge =
          challenge.map(
              of ->
                  of.ramped(
                      details.integer("basis_points").orElse(of.basisPoints()),
                      details.integer("step").orElse(of.step()),
                      entry.at()));
      pointers = entry.sequence();
    }

    private void withdraw(AuditEntry entry) {
      challenge = Optional.empty();
      move(entry, Version.Stage.WITHDRAWN);
      pointers = entry.sequence();
    }

    /**
     * A new champion. What was said about the one before is over with it: its test, what the test
     * found, and the state of its circuit, unless a person has set that.
     */
    private void crown(AuditEntry entry) {
      challenge.map(of -> versions.get(of.version())).map(Version::untried).ifPresent(this::put);
      challenge = Optional.empty();
      circuit = circuit.filter(CircuitEntry::isForced);
      champion = entry.act().version();
      crowned = Optional.of(entry.at());
      move(entry, Version.Stage.CHAMPION);
      pointers = entry.sequence();
    }

    private void promote(AuditEntry entry) {
      champion.ifPresent(
          old -> {
            become(old, Version.Stage.RETIRED);
            warm.add(0, old);
          });
      entry.act().version().ifPresent(number -> warm.remove((Integer) number));
      while (warm.size() > WARM) {
        warm.remove(warm.size() - 1);
      }
      crown(entry);
    }

    /**
     * Goes behind all that were crowned since; none of them is kept to go back to. Where it goes to
     * one that is not kept, such as one that was taken back by mistake, the champion is: like any
     * before it.
     */
    private void rollBack(AuditEntry entry) {
      int place = warm.indexOf(entry.act().version().orElse(0));
      if (place < 0) {
        promote(entry);
        return;
      }
      champion.ifPresent(old -> become(old, Version.Stage.ROLLED_BACK));
      warm.subList(0, place + 1).clear();
      crown(entry);
    }

    private void become(int number, Version.Stage stage) {
      Optional.ofNullable(versions.get(number)).map(of -> of.at(stage)).ifPresent(this::put);
    }

    private CircuitEntry circuit(AuditEntry entry) {
      Details details = entry.details();
      String state = details.text("state").orElse("?");
      Instant since =
          circuit
              .filter(of -> of.state().equals(state))
              .map(CircuitEntry::since)
              .orElse(entry.at());
      return new CircuitEntry(
          state,
          since,
          entry.at(),
          details.instant("valid_until"),
          details.flag("forced"),
          entry.act().reason(),
          details);
    }

    private void change(AuditEntry entry, String ruling) {
      of(entry).ifPresent(version -> put(version.ruled(ruling)));
    }

    private void move(AuditEntry entry, Version.Stage stage) {
      of(entry)
          .ifPresent(
              version ->
                  put(
                      entry.kind() == ActKind.WAIVED
                          ? version
                              .at(stage)
                              .expiringAt(entry.details().instant("expires").orElse(entry.at()))
                          : version.at(stage)));
    }

    private Optional<Version> of(AuditEntry entry) {
      return entry.act().version().isPresent()
          ? Optional.ofNullable(versions.get(entry.act().version().getAsInt()))
          : Optional.empty();
    }

    private void put(Version version) {
      versions.put(version.number(), version);
    }
  }
}
