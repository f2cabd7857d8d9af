package io.leeway.policy.verdict;

import io.leeway.config.RuleConfig.Persistence;
import io.leeway.domain.Measure;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A rule and a place, with what was found there in the window that is judged and in those before.
 *
 * @param measure empty where none is stored
 * @param persistence in how many windows it has to be seen
 * @param combinedLimit p-value of the limit over those windows
 * @param combinedChange p-value of a change over those windows
 * @param since start of the first of those windows in which it was to be seen
 */
record Case(
    Rule rule,
    Series place,
    Optional<Measure> measure,
    Tested tested,
    Persistence persistence,
    double combinedLimit,
    double combinedChange,
    Instant since) {

  private static final String UNTOLD = "No breach.";

  /** Whether it is a test that is adjusted with others. */
  boolean isInFamily() {
    return tested.fold(found -> !found.fact(), untested -> false);
  }

  /**
   * The verdict.
   *
   * @param qLimit adjusted {@code combinedLimit}
   * @param qChange adjusted {@code combinedChange}
   * @param size of the family; 0 where there is none
   */
  Verdict judge(
      History history, Window window, double qLimit, double qChange, int size, Telling telling) {
    return tested.fold(
        found -> {
          Verdict.Kind kind = kind(found, window, qLimit, qChange);
          boolean isTold = telling == Telling.WHOLLY || kind == Verdict.Kind.BREACH;
          Verdict.Tests tests = tests(found, window, qLimit, qChange, size, isTold);
          double level = level(tests.evidence(), window);
          String sentence = isTold ? new Sentence(this, found, tests, level).of(kind) : UNTOLD;
          return verdict(history, window, kind, Optional.of(tests), sentence);
        },
        untested ->
            verdict(
                history,
                window,
                untested.kind(),
                Optional.empty(),
                Sentence.subject(place) + " is not judged. " + untested.reason()));
  }

  private Verdict.Tests tests(
      Finding found, Window window, double qLimit, double qChange, int size, boolean isTold) {
    Evidence evidence = evidence(found);
    double level = level(evidence, window) / Math.max(1, size);
    OptionalDouble detectable =
        isTold
            ? found
                .power()
                .detectable(
                    evidence == Evidence.LIMIT ? Math.min(Judgement.TAIL, level) : level, evidence)
            : OptionalDouble.empty();
    return new Verdict.Tests(
        evidence,
        found.estimate(),
        found.limit(),
        found.pBeyond(),
        found.pChange(),
        combinedLimit,
        combinedChange,
        qLimit,
        qChange,
        size,
        detectable);
  }

  /** What decides: the limit where nothing tells a change. */
  private Evidence evidence(Finding found) {
    return found.pChange().isPresent() ? rule.evidence() : Evidence.LIMIT;
  }

  /** The largest q of a breach. */
  private double level(Evidence evidence, Window window) {
    return evidence == Evidence.CHANGE && persistence.needed() == 1
        ? Repeats.singleWindowLevel(Judgement.LEVEL, window)
        : Judgement.LEVEL;
  }

  private Verdict.Kind kind(Finding found, Window window, double qLimit, double qChange) {
    Evidence evidence = evidence(found);
    double q = evidence == Evidence.LIMIT ? qLimit : qChange;
    boolean isSure = q <= level(evidence, window);
    boolean isTooFar =
        evidence == Evidence.LIMIT
            ? found.pBeyond() <= Judgement.TAIL
            : found.isBeyond() && !leansOnOneWindow(found);
    if (isSure && isTooFar) {
      return Verdict.Kind.BREACH;
    }
    return found.pWithin() <= Judgement.TAIL ? Verdict.Kind.OK : Verdict.Kind.INCONCLUSIVE;
  }

  /** Whether a change would rest on one window that is too thin for it. */
  boolean leansOnOneWindow(Finding found) {
    return persistence.needed() == 1 && found.alone().isPresent();
  }

  private Verdict verdict(
      History history,
      Window window,
      Verdict.Kind kind,
      Optional<Verdict.Tests> tests,
      String sentence) {
    Subject subject =
        new Subject(
            history.model(),
            place.modelVersion(),
            history.granularity(),
            window,
            place.segment(),
            place.column());
    return new Verdict(
        subject,
        place.metric(),
        place.classLabel(),
        place.comparison(),
        rule,
        kind,
        persistence,
        measure,
        tests,
        since,
        sentence);
  }
}
