package io.leeway.cli.bench;

import io.leeway.stats.experiment.Accumulated;
import io.leeway.stats.experiment.Arm;
import io.leeway.stats.experiment.ArmDay;
import io.leeway.stats.experiment.ArmDays;
import io.leeway.stats.experiment.Better;
import io.leeway.stats.experiment.Decision;
import io.leeway.stats.experiment.Exposure;
import io.leeway.stats.experiment.Guardrail;
import io.leeway.stats.experiment.Measure;
import io.leeway.stats.experiment.RampStep;
import io.leeway.stats.experiment.Ruling;
import io.leeway.stats.experiment.SuccessMetric;
import io.leeway.stats.experiment.Sums;
import io.leeway.stats.experiment.TestPlan;
import io.leeway.stats.inference.Normal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One made-up A/B test: 30 days from a Monday on, 10 000 units on weekdays and 7 000 at weekends,
 * the challenger's share 1 %, from the third day 5 %, from the sixth 10 %; both rates a fifth lower
 * at weekends. It is looked at every day and ends with the first ruling other than CONTINUE.
 *
 * @param ruling that ended it
 * @param day of that, from 1
 * @param isNaivelyBetter whether, on any day, the z-test of all units of either arm found the
 *     challenger better at 5 %, one-sided
 */
record AbHistory(Ruling ruling, int day, boolean isNaivelyBetter) {
  static final int DAYS = 30;

  private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);
  private static final int WEEK = 7;
  private static final int WEEKDAYS = 5;
  private static final int[] BASIS_POINTS = {100, 500, 1_000};
  private static final int[] STARTS = {0, 2, 5};
  private static final double AT_WEEKENDS = 0.8;
  private static final String SUCCESS = "conversion";
  private static final String GUARDRAIL = "complaints";
  private static final double GUARDRAIL_RATE = 0.02;
  private static final double MARGIN = 0.005;
  private static final double Z_ONE_SIDED = Normal.quantile(0.95);

  static AbHistory of(AbKind kind, double rate, SplittableRandom random) {
    TestPlan plan =
        TestPlan.of(
            TestPlan.plannedSize(ramp()),
            DAYS,
            List.of(new SuccessMetric(SUCCESS, kind.better())),
            List.of(new Guardrail(GUARDRAIL, Better.LOWER, MARGIN)));
    List<Exposure> exposures = new ArrayList<>();
    ArmDays successes = ArmDays.EMPTY;
    ArmDays guardrails = ArmDays.EMPTY;
    NaiveTest naive = new NaiveTest();
    boolean isNaivelyBetter = false;
    Ruling ruling = Ruling.CONTINUE;
    int ended = 0;
    for (int day = 0; day < DAYS; day++) {
      int step = step(day);
      double season = day % WEEK < WEEKDAYS ? 1 : AT_WEEKENDS;
      long units = units(day);
      long m = binomial(random, units, (double) BASIS_POINTS[step] / 10_000);
      long n = units - m;
      long ofChampion = binomial(random, n, rate * season);
      long ofChallenger = binomial(random, m, rate * season * kind.factor());
      LocalDate date = MONDAY.plusDays(day);
      exposures.add(new Exposure(date, step, BASIS_POINTS[step], n, m));
      successes = with(successes, date, step, Sums.ofShare(ofChampion, n), ofChallenger, m);
      guardrails =
          with(
              guardrails,
              date,
              step,
              Sums.ofShare(binomial(random, n, GUARDRAIL_RATE * season), n),
              binomial(random, m, GUARDRAIL_RATE * season * kind.guardrailFactor()),
              m);
      naive.add(ofChampion, n, ofChallenger, m);
      double z = kind.better() == Better.HIGHER ? naive.z() : -naive.z();
      isNaivelyBetter |= z > Z_ONE_SIDED;
      if (ruling == Ruling.CONTINUE) {
        Accumulated data =
            new Accumulated(
                exposures,
                Map.of(
                    SUCCESS,
                    successes.looks(Measure.SHARE),
                    GUARDRAIL,
                    guardrails.looks(Measure.SHARE)));
        ruling = Decision.of(plan, data).ruling();
        ended = day + 1;
      }
    }
    return new AbHistory(ruling, ended, isNaivelyBetter);
  }

  private static List<RampStep> ramp() {
    List<RampStep> ramp = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      ramp.add(new RampStep(BASIS_POINTS[step(day)], units(day)));
    }
    return ramp;
  }

  private static long units(int day) {
    return day % WEEK < WEEKDAYS ? 10_000 : 7_000;
  }

  private static int step(int day) {
    int step = 0;
    while (step + 1 < STARTS.length && day >= STARTS[step + 1]) {
      step++;
    }
    return step;
  }

  private static ArmDays with(
      ArmDays days, LocalDate date, int step, Sums champion, long ofChallenger, long m) {
    return days.with(new ArmDay(date, step, Arm.CHAMPION, Duration.ZERO), champion)
        .with(new ArmDay(date, step, Arm.CHALLENGER, Duration.ZERO), Sums.ofShare(ofChallenger, m));
  }

  /**
   * How many of so many independent units are positive, by the lengths of the gaps between them,
   * which are geometric. Time grows with the positives.
   *
   * @param share in (0, 1)
   */
  static long binomial(SplittableRandom random, long units, double share) {
    double logOfNot = Math.log1p(-share);
    long positives = 0;
    double at = 0;
    while (true) {
      at += Math.floor(Math.log1p(-random.nextDouble()) / logOfNot) + 1;
      if (at > units) {
        return positives;
      }
      positives++;
    }
  }

  /** All units of either arm together, as if there were no days and no ramp. */
  private static final class NaiveTest {
    private static final int LEAST_POSITIVES = 5;

    private long x;
    private long n;
    private long y;
    private long m;

    void add(long ofChampion, long champions, long ofChallenger, long challengers) {
      x += ofChampion;
      n += champions;
      y += ofChallenger;
      m += challengers;
    }

    /** 0 below five positives in an arm, where textbooks do not allow the test. */
    double z() {
      if (Math.min(x, y) < LEAST_POSITIVES) {
        return 0;
      }
      double p = (double) x / n;
      double q = (double) y / m;
      double variance = p * (1 - p) / n + q * (1 - q) / m;
      return (q - p) / Math.sqrt(variance);
    }
  }
}
