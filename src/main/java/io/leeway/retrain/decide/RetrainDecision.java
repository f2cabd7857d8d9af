package io.leeway.retrain.decide;

import io.leeway.config.TriggerConfig;
import io.leeway.policy.verdict.Family;
import io.leeway.policy.verdict.Severity;
import io.leeway.registry.ActKind;
import io.leeway.registry.AuditEntry;
import io.leeway.registry.Details;
import io.leeway.registry.Lease;
import io.leeway.registry.ModelState;
import io.leeway.registry.NewEntry;
import io.leeway.registry.Version;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether open incidents of severity {@code retrain} or above call for retraining.
 *
 * <p>The first of these that holds is the outcome:
 *
 * <ol>
 *   <li>{@link Outcome#SUPPRESSED_IN_FLIGHT}: a retraining runs, a version's time for approval has
 *       not run out, or a challenger is tested or has won
 *   <li>{@link Outcome#SUPPRESSED_DATA_FAULT}: the incidents show by the quality of data alone, or
 *       each bears a column whose quality is at fault: a retrained model would learn the fault
 *   <li>{@link Outcome#SUPPRESSED_COOLDOWN}, {@link Outcome#SUPPRESSED_BUDGET}: there were
 *       retrainings lately
 *   <li>{@link Outcome#SUPPRESSED_FAILED}: the last two in a row came to nothing; a person has to
 *       look
 *   <li>{@link Outcome#SUPPRESSED_FEW_LABELS}: too few new mature labels to learn from
 *   <li>{@link Outcome#FIRE}
 * </ol>
 *
 * @param cause what the incidents show by, for example {@code CALIBRATION}
 * @param incidents their ids, the most severe and then the oldest first; not empty
 * @param sentence why, with numbers
 * @param windowEnd end of the last bad window of theirs
 */
public record RetrainDecision(
    Outcome outcome, String cause, List<String> incidents, String sentence, Instant windowEnd) {
  /** What comes of it. The names are stored. */
  public enum Outcome {
    FIRE,
    SUPPRESSED_IN_FLIGHT,
    SUPPRESSED_DATA_FAULT,
    SUPPRESSED_COOLDOWN,
    SUPPRESSED_BUDGET,
    SUPPRESSED_FAILED,
    SUPPRESSED_FEW_LABELS
  }

  private static final int FAILURES = 2;

  public RetrainDecision {
    incidents = List.copyOf(incidents);
  }

  /**
   * Decides.
   *
   * @param incidents all of the model's that are not resolved
   * @param newLabels mature labels since those that the last version was trained on
   * @param leastLabels so many are enough
   * @return empty if nothing calls for retraining
   */
  public static Optional<RetrainDecision> of(
      TriggerConfig trigger,
      ModelState state,
      List<OpenIncident> incidents,
      long newLabels,
      long leastLabels,
      Instant now) {
    List<OpenIncident> calling =
        incidents.stream()
            .filter(of -> of.severity().compareTo(Severity.RETRAIN) >= 0)
            .sorted(
                Comparator.comparing(OpenIncident::severity, Comparator.reverseOrder())
                    .thenComparing(OpenIncident::started)
                    .thenComparing(OpenIncident::id))
            .toList();
    if (calling.isEmpty()) {
      return Optional.empty();
    }
    Refusal refusal =
        inFlight(state, now)
            .or(() -> dataFault(calling, incidents))
            .or(() -> cooldown(trigger, state, now))
            .or(() -> budget(trigger, state, now))
            .or(() -> failed(state))
            .or(() -> fewLabels(newLabels, leastLabels))
            .orElse(
                new Refusal(
                    Outcome.FIRE,
                    String.format(
                        Locale.ROOT, "%,d new mature labels are there to learn from", newLabels)));
    OpenIncident first = calling.get(0);
    return Optional.of(
        new RetrainDecision(
            refusal.outcome(),
            first.families().stream()
                .min(Comparator.comparing(RetrainDecision::rank))
                .map(Family::name)
                .orElse("UNKNOWN"),
            calling.stream().map(OpenIncident::id).toList(),
            first.headline() + " (" + first.severity().text() + "): " + refusal.why() + ".",
            calling.stream().map(OpenIncident::lastBad).max(Instant::compareTo).orElseThrow()));
  }

  /** What is nearest to harm comes first. */
  private static int rank(Family family) {
    return switch (family) {
      case PERFORMANCE -> 0;
      case CALIBRATION -> 1;
      case FAIRNESS -> 2;
      case BUSINESS -> 3;
      case DRIFT -> 4;
      case QUALITY -> 5;
      case OPERATIONS -> 6;
    };
  }

  private record Refusal(Outcome outcome, String why) {}

  private static Optional<Refusal> inFlight(ModelState state, Instant now) {
    Optional<Lease> running = state.lease().filter(lease -> lease.until().isAfter(now));
    if (running.isPresent()) {
      return Optional.of(
          new Refusal(
              Outcome.SUPPRESSED_IN_FLIGHT,
              "run " + running.get().runId() + " is retraining until " + running.get().until()));
    }
    return state.versions().stream()
        .filter(of -> isOnItsWay(of, now))
        .reduce((one, later) -> later)
        .map(
            of ->
                new Refusal(
                    Outcome.SUPPRESSED_IN_FLIGHT,
                    "version "
                        + of.number()
                        + " is on its way ("
                        + of.stage().text()
                        + of.ruling().map(said -> ", its test says " + said).orElse("")
                        + ")"));
  }

  /** What nobody takes further in its time, and a test that came to nothing, hold up nothing. */
  private static boolean isOnItsWay(Version version, Instant now) {
    return switch (version.stage()) {
      case PENDING_APPROVAL, APPROVED, SHADOW -> version.expires().isAfter(now);
      case CHALLENGER ->
          version.ruling().map(said -> said.equals("CONTINUE") || said.equals("SHIP")).orElse(true);
      default -> false;
    };
  }

  private static Optional<Refusal> dataFault(List<OpenIncident> calling, List<OpenIncident> all) {
    Set<String> faulty =
        all.stream()
            .filter(of -> of.families().contains(Family.QUALITY))
            .flatMap(of -> of.columns().stream())
            .collect(Collectors.toSet());
    boolean fault =
        calling.stream()
            .allMatch(
                of ->
                    EnumSet.of(Family.QUALITY, Family.OPERATIONS).containsAll(of.families())
                        || (!of.columns().isEmpty() && faulty.containsAll(of.columns())));
    return fault
        ? Optional.of(
            new Refusal(
                Outcome.SUPPRESSED_DATA_FAULT,
                "it is a fault of the data"
                    + (faulty.isEmpty() ? "" : " in " + String.join(", ", sorted(faulty)))
                    + ", which a retrained model would learn; mend the data"))
        : Optional.empty();
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private static Optional<Refusal> cooldown(TriggerConfig trigger, ModelState state, Instant now) {
    return state
        .lastRetraining()
        .filter(at -> at.plus(trigger.cooldown()).isAfter(now))
        .map(
            at ->
                new Refusal(
                    Outcome.SUPPRESSED_COOLDOWN,
                    "the last retraining was at "
                        + at
                        + ", and the cooldown lasts until "
                        + at.plus(trigger.cooldown())));
  }

  private static Optional<Refusal> budget(TriggerConfig trigger, ModelState state, Instant now) {
    long spent =
        state.retrainings().stream()
            .filter(of -> of.at().isAfter(now.minus(trigger.budgetWithin())))
            .count();
    return spent < trigger.budget()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                Outcome.SUPPRESSED_BUDGET,
                String.format(
                    Locale.ROOT,
                    "%d retrainings within %d days are the budget, and %d were made",
                    trigger.budget(),
                    trigger.budgetWithin().toDays(),
                    spent)));
  }

  private static Optional<Refusal> failed(ModelState state) {
    List<AuditEntry> all = state.retrainings();
    List<AuditEntry> last = all.subList(Math.max(0, all.size() - FAILURES), all.size());
    return last.size() == FAILURES && last.stream().allMatch(RetrainDecision::cameToNothing)
        ? Optional.of(
            new Refusal(
                Outcome.SUPPRESSED_FAILED,
                "the last two retrainings came to nothing ("
                    + last.get(1).act().reason()
                    + "); look at them, then run 'leeway retrain --force'"))
        : Optional.empty();
  }

  private static boolean cameToNothing(AuditEntry of) {
    return of.act().kind() == ActKind.RETRAIN_ENDED
        || of.act().details().text("verdict").filter("NOT_BLESSED"::equals).isPresent();
  }

  private static Optional<Refusal> fewLabels(long newLabels, long leastLabels) {
    return newLabels >= leastLabels
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                Outcome.SUPPRESSED_FEW_LABELS,
                String.format(
                    Locale.ROOT,
                    "%,d new mature labels are too few to learn from; %,d are asked for",
                    newLabels,
                    leastLabels)));
  }

  public boolean isFire() {
    return outcome == Outcome.FIRE;
  }

  /** For the record; empty if the same was decided about the same incidents last. */
  public Optional<NewEntry> entry(ModelState state) {
    boolean isSaid =
        state.decisions().stream()
            .reduce((one, later) -> later)
            .map(AuditEntry::act)
            .map(NewEntry::details)
            .filter(of -> of.text("decision").filter(outcome.name()::equals).isPresent())
            .filter(of -> of.text("incidents").filter(named()::equals).isPresent())
            .isPresent();
    boolean isDone =
        isFire()
            && state.decisions().stream()
                .reduce((one, later) -> later)
                .filter(
                    of ->
                        state.retrainings().stream()
                            .anyMatch(after -> after.sequence() > of.sequence()))
                .isPresent();
    return isSaid && !isDone
        ? Optional.empty()
        : Optional.of(
            NewEntry.of(
                ActKind.RETRAIN_DECIDED,
                "leeway",
                sentence,
                Details.of(
                    "decision",
                    outcome.name(),
                    "cause",
                    cause,
                    "incidents",
                    named(),
                    "window_end",
                    windowEnd)));
  }

  private String named() {
    return String.join(" ", incidents);
  }
}
