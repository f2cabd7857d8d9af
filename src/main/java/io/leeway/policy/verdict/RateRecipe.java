package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Measure;
import io.leeway.stats.Outcome;
import io.leeway.stats.inference.Floor;
import io.leeway.stats.inference.Overdispersion;
import io.leeway.stats.inference.RateTest;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A rate x of n, against a constant by the exact binomial tail, against another rate y of m by the
 * likelihood ratio.
 *
 * <p>The standard error of what is {@linkplain Power detectable} is that of the contrast at the
 * border, {@code sqrt(phi (p (1 - p)/n + b² r (1 - r)/m))}, rates no nearer to 0 or 1 than half a
 * row.
 *
 * @param isOfPresence whether it says how much is there of what should all be: the missing is the
 *     event then, whose rise from none is told from any number, as that of any rate is
 */
record RateRecipe(boolean isOfPresence) implements Recipe {
  /** x of n. */
  private record Share(long x, long n) {
    static Optional<Share> of(Measure measure) {
      return measure.numerator() == null || measure.denominator() == null
          ? Optional.empty()
          : Optional.of(
              new Share(Math.round(measure.numerator()), Math.round(measure.denominator())));
    }

    double rate() {
      return (double) x / n;
    }

    /** Variance of a share of so many rows, were the true one {@code p}. */
    double variance(double p) {
      double half = 0.5 / n;
      double inner = Math.min(1 - half, Math.max(half, p));
      return inner * (1 - inner) / n;
    }
  }

  @Override
  public Optional<String> refusal(
      String metric, Direction direction, double limit, boolean relative) {
    boolean inRange = (direction.isChange() && relative) || (limit >= 0 && limit <= 1);
    return inRange
        ? Optional.empty()
        : Optional.of("a rate and its differences lie in [0, 1]; write a limit within.");
  }

  @Override
  public boolean learns(Direction direction) {
    return direction.isChange();
  }

  /** Of a reference y of m, p = y/m: {@code spreads sqrt(phi p (1 - p) (1/n + 1/m))}. */
  @Override
  public Outcome<Double> learned(Observed observed, double spreads) {
    Optional<Share> window = Share.of(observed.measure()).filter(of -> of.n() > 0);
    Optional<Share> other = observed.other().value().flatMap(Share::of).filter(of -> of.n() > 0);
    if (window.isEmpty() || other.isEmpty()) {
      return Outcome.undefined(
          window.isEmpty() ? "Its numerator and denominator are not stored." : whyNot(observed));
    }
    double p = other.get().rate();
    double k = 1.0 / window.get().n() + 1.0 / other.get().n();
    double distance = spreads * Math.sqrt(observed.overdispersion().phi() * p * (1 - p) * k);
    return distance > 0
        ? Outcome.of(distance)
        : Outcome.undefined(
            "In the whole reference it is "
                + Numbers.text(p)
                + ", so there is no spread to learn; write a number in place of learned.");
  }

  @Override
  public Tested test(Observed observed, Border border) {
    Optional<Share> found = Share.of(observed.measure());
    if (found.isEmpty() || found.get().n() == 0) {
      return Tested.undefined("Its numerator and denominator are not stored.");
    }
    Share share = found.get();
    Optional<String> few = Floor.RATE.objection(share.n());
    if (few.isPresent()) {
      return Tested.suppressed(few.get());
    }
    Optional<Share> other = observed.other().value().flatMap(Share::of).filter(of -> of.n() > 0);
    return border.isRelativeToOther()
        ? other
            .map(of -> againstOther(observed, share, of, border))
            .orElseGet(() -> Tested.undefined(whyNot(observed)))
        : againstConstant(observed, share, other, border);
  }

  private static String whyNot(Observed observed) {
    return observed
        .other()
        .reason()
        .orElse("Of " + observed.otherName() + " numerator and denominator are not stored.");
  }

  private static Tested againstConstant(
      Observed observed, Share share, Optional<Share> other, Border border) {
    RateTest test =
        RateTest.againstConstant(share.x(), share.n(), border.a(), observed.overdispersion())
            .orElseThrow();
    return finding(observed, share, other, border, test, border.a());
  }

  private Tested againstOther(Observed observed, Share share, Share other, Border border) {
    Optional<String> few = Floor.RATE.objection(share.n(), other.n());
    Optional<String> rare =
        border.isUpper() || isOfPresence
            ? Optional.empty()
            : Floor.fallObjection(
                (long) (share.n() / observed.overdispersion().phi()), other.x(), other.n());
    if (few.or(() -> rare).isPresent()) {
      return Tested.suppressed(few.or(() -> rare).get());
    }
    RateTest test = test(observed, share, other, border);
    return finding(observed, share, Optional.of(other), border, test, border.at(other.rate()));
  }

  private static RateTest test(Observed observed, Share share, Share other, Border border) {
    return RateTest.againstReference(
            share.x(),
            share.n(),
            other.x(),
            other.n(),
            border.a(),
            border.b(),
            observed.overdispersion())
        .orElseThrow();
  }

  private static Tested finding(
      Observed observed,
      Share share,
      Optional<Share> other,
      Border border,
      RateTest test,
      double limit) {
    boolean isUpper = border.isUpper();
    Optional<Share> known = other.filter(of -> Floor.RATE.objection(of.n()).isEmpty());
    Border same = Border.noChange(isUpper);
    OptionalDouble change =
        known
            .map(of -> beyond(test(observed, share, of, same), isUpper))
            .map(OptionalDouble::of)
            .orElseGet(OptionalDouble::empty);
    Overdispersion phi = observed.overdispersion();
    double ofLimit = share.variance(limit);
    double ofOther = known.map(of -> of.variance(of.rate())).orElse(0.0);
    Power power =
        Power.normal(
            limit,
            Math.sqrt(phi.phi() * (ofLimit + border.b() * border.b() * ofOther)),
            known.map(of -> OptionalDouble.of(of.rate())).orElseGet(OptionalDouble::empty),
            Math.sqrt(
                phi.phi() * (known.map(of -> share.variance(of.rate())).orElse(0.0) + ofOther)),
            isUpper);
    return Finding.of(
        share.rate(),
        limit,
        isUpper,
        beyond(test, isUpper),
        beyond(test, !isUpper),
        change,
        power.within(0, 1));
  }

  private static double beyond(RateTest test, boolean isUpper) {
    return Math.min(1, isUpper ? test.pRise() : test.pFall());
  }
}
