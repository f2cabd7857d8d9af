package io.leeway.stats.experiment;

import io.leeway.stats.Outcome;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The outcomes of one metric, by day, ramp step and arm. Days may be added in any order; the result
 * is the same to the last bit.
 *
 * <p>The effect is estimated within each day and step, a stratum in which both arms had the same
 * chances, and strata are combined by inverse variance. The variance is taken as common to all
 * units, so that weights rest on sizes and not on outcomes:
 *
 * <pre>{@code
 * q = n m / (n + m);  d = sum of q (mean_m - mean_n) / sum of q
 * V = sum of q² (s_n²/n + s_m²/m) / (sum of q)²;  size = sum of q
 * }</pre>
 *
 * <p>n champions and m challengers of a stratum, s² with divisor n − 1. Pooling arms over steps
 * instead would compare different mixes of days, which biases d wherever the metric moves with time
 * (Simpson's paradox). Weights by each stratum's own variance would do the same with rare outcomes:
 * a small stratum without a positive has next to no variance, and would count the most.
 *
 * <p>A stratum with fewer than two units in an arm has no variance and is left out.
 *
 * @see <a href="https://doi.org/10.2307/2530643">Greenland and Robins (1985), the weights for
 *     differences of shares</a>
 */
public final class ArmDays {
  /** Nothing is in yet. */
  public static final ArmDays EMPTY = new ArmDays(new TreeMap<>());

  private static final int LEAST_UNITS = 2;

  private final NavigableMap<ArmDay, Sums> byArmDay;

  private ArmDays(NavigableMap<ArmDay, Sums> byArmDay) {
    this.byArmDay = byArmDay;
  }

  /**
   * All at once.
   *
   * @throws IllegalArgumentException if label ages differ: what a day counts must be the same in
   *     both arms, and must not change once it has been looked at
   */
  public static ArmDays of(Map<ArmDay, Sums> byArmDay) {
    NavigableMap<ArmDay, Sums> sorted = new TreeMap<>(byArmDay);
    sorted.keySet().forEach(next -> requireAge(sorted.firstKey(), next));
    return new ArmDays(sorted);
  }

  /**
   * One more.
   *
   * @throws IllegalArgumentException if it is there already or its label age is another one
   */
  public ArmDays with(ArmDay armDay, Sums sums) {
    NavigableMap<ArmDay, Sums> more = new TreeMap<>(byArmDay);
    if (more.put(armDay, sums) != null) {
      throw new IllegalArgumentException(
          armDay + " is there already; each day, step and arm counts once.");
    }
    requireAge(byArmDay.isEmpty() ? armDay : byArmDay.firstKey(), armDay);
    return new ArmDays(more);
  }

  private static void requireAge(ArmDay first, ArmDay next) {
    if (!first.labelAge().equals(next.labelAge())) {
      throw new IllegalArgumentException(
          next
              + " is cut at another label age than "
              + first
              + "; cut all days of both arms at the same age.");
    }
  }

  /** How old labels may be; empty while nothing is in. */
  public Optional<Duration> labelAge() {
    return byArmDay.isEmpty() ? Optional.empty() : Optional.of(byArmDay.firstKey().labelAge());
  }

  /**
   * The effect as it stood after each day. Undefined while an arm has too little (see {@link
   * Measure}), or nothing varies within any stratum.
   *
   * @throws IllegalArgumentException if the sums are not of such a measure
   */
  public Looks looks(Measure measure) {
    Running running = new Running(measure);
    Map<LocalDate, Outcome<Effect>> looks = new TreeMap<>();
    byArmDay.forEach(
        (of, champion) -> {
          Sums challenger =
              of.arm() == Arm.CHAMPION
                  ? byArmDay.get(new ArmDay(of.day(), of.step(), Arm.CHALLENGER, of.labelAge()))
                  : null;
          if (challenger != null && Math.min(champion.units(), challenger.units()) >= LEAST_UNITS) {
            running.add(champion, challenger);
            looks.put(of.day(), running.effect());
          }
        });
    return Looks.of(looks);
  }

  /** The sums over strata so far. */
  private static final class Running {
    private final Measure measure;
    private Sums champion = Sums.EMPTY;
    private Sums challenger = Sums.EMPTY;
    private double size;
    private double weighted;
    private double variance;

    Running(Measure measure) {
      this.measure = measure;
    }

    void add(Sums n, Sums m) {
      champion = champion.plus(n);
      challenger = challenger.plus(m);
      double q = (double) n.units() * m.units() / ((double) n.units() + m.units());
      size += q;
      weighted += q * (m.mean() - n.mean());
      variance += q * q * (n.variance() / n.units() + m.variance() / m.units());
    }

    Outcome<Effect> effect() {
      Optional<String> objection =
          measure
              .objection(Arm.CHALLENGER, challenger)
              .or(() -> measure.objection(Arm.CHAMPION, champion));
      if (objection.isPresent()) {
        return Outcome.undefined(objection.get());
      }
      return variance > 0
          ? Outcome.of(new Effect(weighted / size, Math.sqrt(variance) / size, size))
          : Outcome.undefined("All units of a day have the same outcome, so noise is unknown.");
    }
  }
}
