package io.leeway.serving.circuit;

import io.leeway.config.CircuitConfig;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The circuit's next state. A pure function of the present one, what was seen, and the time.
 *
 * <pre>{@code
 * CLOSED     -> OPEN       a limit is reached, in min-calls calls or more
 * OPEN       -> HALF_OPEN  open-for has passed
 * HALF_OPEN  -> OPEN       a limit is reached in a probe
 * HALF_OPEN  -> CLOSED     so many probes in a row reached none
 * }</pre>
 *
 * <p>All else stays as it is; what a person forced, only a person ends. A probe is judged from
 * {@value #LEAST_PROBED} calls on, or from min-calls if that is less, for it has a small share of
 * the calls; with fewer it is neither good nor bad, and so it is while nothing new was measured of
 * what had opened the circuit. A limit is reached at its value, not above it.
 *
 * @param state the next one
 * @param until when an open one may be probed
 * @param goodWindows probes in a row that went well
 * @param openedBy of an open or half-open one
 * @param reason a sentence with the numbers
 */
public record Transition(
    CircuitState state,
    Optional<Instant> until,
    int goodWindows,
    Optional<Limit> openedBy,
    String reason) {
  /** As resilience4j's number of calls in the half-open state. */
  static final int LEAST_PROBED = 10;

  private record Reached(Limit limit, String why) {}

  /** Set by a person. */
  public static Transition set(CircuitState state, String reason) {
    return new Transition(state, Optional.empty(), 0, Optional.empty(), reason);
  }

  /** What follows. */
  public static Transition of(Circuit now, CircuitReadings seen, CircuitConfig limits, Instant at) {
    return switch (now.state()) {
      case CLOSED -> whenClosed(seen, limits, at);
      case OPEN -> whenOpen(now, limits, at);
      case HALF_OPEN -> whenHalfOpen(now, seen, limits, at);
      case FORCED_OPEN, DISABLED ->
          stay(now.state(), "It was set to " + words(now.state()) + " by a person.");
      case METRICS_ONLY ->
          stay(
              now.state(),
              reached(seen, limits, limits.minCalls())
                  .map(of -> "It would have opened, but only metrics are kept: " + of.why())
                  .orElse("Nothing would have opened it. " + calls(seen)));
    };
  }

  private static Transition whenClosed(CircuitReadings seen, CircuitConfig limits, Instant at) {
    return reached(seen, limits, limits.minCalls())
        .map(of -> open(limits, at, of.limit(), of.why()))
        .orElseGet(
            () ->
                stay(
                    CircuitState.CLOSED,
                    seen.calls() < limits.minCalls()
                        ? "Judged from "
                            + limits.minCalls()
                            + " calls; there were "
                            + seen.calls()
                            + "."
                        : "No limit is reached. " + calls(seen)));
  }

  private static Transition whenOpen(Circuit now, CircuitConfig limits, Instant at) {
    Instant until = now.until().orElseThrow();
    return at.isBefore(until)
        ? new Transition(
            CircuitState.OPEN, now.until(), 0, now.openedBy(), "It stays open until " + until + ".")
        : probing(
            now,
            0,
            "It was open until "
                + until
                + "; now the champion gets a probe of "
                + limits.probe()
                + " basis points.");
  }

  private static Transition whenHalfOpen(
      Circuit now, CircuitReadings seen, CircuitConfig limits, Instant at) {
    long least = Math.min(limits.minCalls(), LEAST_PROBED);
    Optional<Reached> reached = reached(seen, limits, least);
    if (reached.isPresent()) {
      return open(limits, at, reached.get().limit(), "The probe failed. " + reached.get().why());
    }
    if (seen.calls() < least) {
      return probing(
          now,
          now.goodWindows(),
          "A probe is judged from " + least + " calls; there were " + seen.calls() + ".");
    }
    if (now.openedBy().filter(limit -> !limit.isRead(seen)).isPresent()) {
      return probing(
          now,
          now.goodWindows(),
          "It had opened by "
              + now.openedBy().get()
              + ", of which the monitor has published nothing since; the probe goes on.");
    }
    int good = now.goodWindows() + 1;
    return good >= limits.probeWindows()
        ? stay(CircuitState.CLOSED, good + " probes in a row went well. " + calls(seen))
        : probing(
            now, good, good + " of " + limits.probeWindows() + " probes went well. " + calls(seen));
  }

  private static Transition open(CircuitConfig limits, Instant at, Limit by, String why) {
    return new Transition(
        CircuitState.OPEN, Optional.of(at.plus(limits.openFor())), 0, Optional.of(by), why);
  }

  private static Transition probing(Circuit now, int good, String reason) {
    return new Transition(CircuitState.HALF_OPEN, Optional.empty(), good, now.openedBy(), reason);
  }

  private static Transition stay(CircuitState state, String reason) {
    return set(state, reason);
  }

  /** The first limit that is reached, in a sentence. */
  private static Optional<Reached> reached(CircuitReadings seen, CircuitConfig limits, long least) {
    if (seen.calls() < least) {
      return Optional.empty();
    }
    return share("failed", seen.failures(), seen.calls(), limits.failureRate())
        .map(why -> new Reached(Limit.FAILURES, why))
        .or(
            () ->
                share("had no score", seen.nullScores(), seen.calls(), limits.nullScores())
                    .map(why -> new Reached(Limit.NULL_SCORES, why)))
        .or(
            () ->
                over("The 95th percentile of latency", seen.latencyP95(), limits.latencyP95())
                    .map(why -> new Reached(Limit.LATENCY, why)))
        .or(
            () ->
                over("The PSI of the scores", seen.scorePsi(), limits.scorePsi())
                    .map(why -> new Reached(Limit.SCORE_PSI, why)))
        .or(() -> tooOld(seen, limits).map(why -> new Reached(Limit.AGE, why)));
  }

  private static Optional<String> tooOld(CircuitReadings seen, CircuitConfig limits) {
    return limits
        .maxAge()
        .filter(most -> seen.championAge().filter(age -> age.compareTo(most) >= 0).isPresent())
        .map(
            most ->
                "The champion is "
                    + seen.championAge().orElseThrow().toDays()
                    + " days old, the limit is "
                    + most.toDays()
                    + ".");
  }

  private static Optional<String> share(String what, long of, long calls, double limit) {
    return calls > 0 && (double) of / calls >= limit
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%d of %d calls %s, %.1f %%; the limit is %.1f %%.",
                of,
                calls,
                what,
                100.0 * of / calls,
                100 * limit))
        : Optional.empty();
  }

  private static Optional<String> over(String what, OptionalDouble seen, OptionalDouble limit) {
    return seen.isPresent() && limit.isPresent() && seen.getAsDouble() >= limit.getAsDouble()
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%s is %.4g; the limit is %.4g.",
                what,
                seen.getAsDouble(),
                limit.getAsDouble()))
        : Optional.empty();
  }

  private static String calls(CircuitReadings seen) {
    return String.format(
        Locale.ROOT,
        "Of %d calls %d failed, and %d had no score.",
        seen.calls(),
        seen.failures(),
        seen.nullScores());
  }

  private static String words(CircuitState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
