package io.leeway.simulate;

import io.leeway.domain.Window;
import io.leeway.simulate.Draws.Draw;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One day at the lender. Any of its rows can be asked for, in any order, by its index in {@code 0
 * .. rows() - 1}; rows with a higher index are scored later.
 */
public final class SimulatedDay {
  /** No outcome becomes known later than this after the prediction. */
  static final int LATEST_OUTCOME_DAYS = 28;

  private static final LocalTime OPENS = LocalTime.of(8, 0);
  private static final double OPEN_MICROS = 10 * 3_600e6;
  private static final double DAY_MICROS = 86_400e6;
  private static final Categories<String> STATUS =
      new Categories<>(List.of("ok", "timeout", "error"), 0.997, 0.002, 0.001);

  private final Simulation simulation;
  private final int day;
  private final LocalDate date;
  private final Instant opens;
  private final long rows;
  private final String idPrefix;

  private final String modelVersion;
  private final Population population;
  private final List<Fault> faults;
  private final List<Event.ScoreShift> scoreShifts;
  private final List<Event.FairnessGap> fairnessGaps;
  private final List<Event.ConceptChange> conceptChanges;
  private final double latencyFactor;

  SimulatedDay(Simulation simulation, int day) {
    this.simulation = simulation;
    this.day = day;
    this.date = simulation.date(day);
    this.opens = date.atTime(OPENS).atZone(simulation.zone()).toInstant();
    this.rows = active(Event.MissingDay.class).isEmpty() ? simulation.plannedRows(day) : 0;
    this.idPrefix = DateTimeFormatter.BASIC_ISO_DATE.format(date) + "-";
    this.modelVersion =
        active(Event.VersionChange.class).stream()
            .max(Comparator.comparingInt(Event.VersionChange::fromDay))
            .map(Event.VersionChange::newVersion)
            .orElse(Simulation.FIRST_VERSION);
    this.population = Population.movedBy(active(Event.CovariateShift.class));
    this.faults = faults();
    this.scoreShifts = active(Event.ScoreShift.class);
    this.fairnessGaps = active(Event.FairnessGap.class);
    this.conceptChanges = active(Event.ConceptChange.class);
    this.latencyFactor =
        active(Event.LatencySpike.class).stream()
            .mapToDouble(Event.LatencySpike::factor)
            .reduce(1, (a, b) -> a * b);
  }

  /** Its number, from 1. */
  public int number() {
    return day;
  }

  public LocalDate date() {
    return date;
  }

  /** From midnight to midnight on the lender's clock. */
  public Window window() {
    return new Window(
        date.atStartOfDay(simulation.zone()).toInstant(),
        date.plusDays(1).atStartOfDay(simulation.zone()).toInstant());
  }

  public long rows() {
    return rows;
  }

  /**
   * The scored application.
   *
   * @throws IndexOutOfBoundsException if the day has no such row
   */
  public Prediction prediction(long index) {
    Draws draws = draws(index);
    Applicant recorded = recorded(population.applicant(draws), draws);
    double probability = CreditModel.logistic(CreditModel.logit(recorded) + scoreMove(recorded));
    double latency = 45 * StrictMath.exp(0.4 * draws.normal(Draw.LATENCY)) * latencyFactor;
    double cost = StrictMath.rint(1e4 * (0.03 + 0.02 * draws.uniform(Draw.COST))) / 1e4;
    return new Prediction(
        id(index),
        scoredAt(index, draws),
        modelVersion,
        recorded,
        probability,
        probability >= CreditModel.THRESHOLD ? 1 : 0,
        latency,
        cost,
        STATUS.at(draws.uniform(Draw.STATUS)));
  }

  /**
   * What became of the application, drawn from the risk of the true form; empty for the 3 % of
   * which nobody ever hears. Defaults become known 1 to 28 days after the prediction, 5 in the
   * mean; repayments after 5 to 28 days, 11 in the mean.
   *
   * @throws IndexOutOfBoundsException if the day has no such row
   */
  public Optional<Outcome> outcome(long index) {
    Draws draws = draws(index);
    if (draws.uniform(Draw.NEVER_OBSERVED) < 0.03) {
      return Optional.empty();
    }
    Applicant truth = population.applicant(draws);
    double risk = CreditModel.risk(truth, conceptMove(truth));
    int defaulted = draws.uniform(Draw.DEFAULTED) < risk ? 1 : 0;
    double wait = draws.exponential(Draw.OBSERVED_AFTER);
    double days = Math.min(defaulted == 1 ? 1 + 4 * wait : 5 + 6 * wait, LATEST_OUTCOME_DAYS);
    Instant scoredAt = scoredAt(index, draws);
    Instant observedAt = scoredAt.plus((long) (days * DAY_MICROS), ChronoUnit.MICROS);
    return Optional.of(new Outcome(id(index), defaulted, observedAt, scoredAt));
  }

  private Draws draws(long index) {
    if (index < 0 || index >= rows) {
      throw new IndexOutOfBoundsException(
          "Day " + day + " has " + rows + " rows, so there is no row " + index + ".");
    }
    return Draws.of(simulation.seed(), day, index);
  }

  /** The working hours cut into as many even parts as there are rows, somewhere within the part. */
  private Instant scoredAt(long index, Draws draws) {
    double part = (index + draws.uniform(Draw.SCORED_AT)) / rows;
    return opens.plus((long) (part * OPEN_MICROS), ChronoUnit.MICROS);
  }

  /** Date and index, the index padded to eight digits. */
  private String id(long index) {
    String digits = Long.toString(index);
    StringBuilder id = new StringBuilder(20).append(idPrefix);
    for (int missing = 8 - digits.length(); missing > 0; missing--) {
      id.append('0');
    }
    return id.append(digits).toString();
  }

  private Applicant recorded(Applicant truth, Draws draws) {
    Applicant recorded = truth;
    for (Fault fault : faults) {
      if (fault.share() == 1 || draws.uniform(fault.name()) < fault.share()) {
        recorded = recorded.with(fault.feature(), fault.value());
      }
    }
    return recorded;
  }

  private double scoreMove(Applicant applicant) {
    double move = 0;
    for (Event.ScoreShift shift : scoreShifts) {
      move += shift.logit();
    }
    for (Event.FairnessGap gap : fairnessGaps) {
      move += applicant.hasGender(gap.gender()) ? gap.logit() : 0;
    }
    return move;
  }

  private double conceptMove(Applicant applicant) {
    double move = 0;
    for (Event.ConceptChange change : conceptChanges) {
      move += applicant.ageBand().equals(change.ageBand()) ? change.logit() : 0;
    }
    return move;
  }

  /** New values first, then stuck ones, then lost ones: the later fault hides the earlier one. */
  private List<Fault> faults() {
    Stream<Fault> unheardOf =
        active(Event.NewCategory.class).stream()
            .map(e -> new Fault(e.feature(), e.value(), e.share(), e.column() + "=" + e.value()));
    Stream<Fault> stuck =
        active(Event.StuckSensor.class).stream()
            .map(e -> new Fault(e.feature(), e.feature().of(e.value()), 1, e.column()));
    Stream<Fault> lost =
        active(Event.NullBurst.class).stream()
            .map(e -> new Fault(e.feature(), null, e.share(), e.column() + " lost"));
    return Stream.of(unheardOf, stuck, lost).flatMap(each -> each).toList();
  }

  private <E extends Event> List<E> active(Class<E> kind) {
    return simulation.events().stream()
        .filter(event -> event.activeOn(day))
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /**
   * A value that replaces the recorded one in a share of the rows; the rows are chosen by the
   * number of that name.
   */
  private record Fault(Feature feature, Object value, double share, String name) {}
}
