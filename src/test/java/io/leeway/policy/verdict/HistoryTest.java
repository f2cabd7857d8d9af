package io.leeway.policy.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.domain.Comparison;
import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Subject;
import io.leeway.domain.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final ZoneId MELBOURNE = ZoneId.of("Australia/Melbourne");

  private static Window window(String from, String until) {
    return new Window(
        LocalDate.parse(from).atStartOfDay(MELBOURNE).toInstant(),
        LocalDate.parse(until).atStartOfDay(MELBOURNE).toInstant());
  }

  private static Stored stored(String version, String granularity, Window window, Measure of) {
    return new Stored(new Subject("m", version, granularity, window, Segment.ALL, ""), of);
  }

  private static Measure auc(double value, double error, long n) {
    return Measure.of("roc_auc", Comparison.NONE, value).stdError(error).n(n).build();
  }

  @Test
  void theDayBeforeMayBeTwentyFiveHoursLong() {
    History history = History.of("m", "1 day", MELBOURNE, List.of());
    // Clocks were set back on 5 April 2026.
    assertThat(history.before(window("2026-04-06", "2026-04-07")))
        .isEqualTo(window("2026-04-05", "2026-04-06"));
  }

  @Test
  void rollUpsLookBackAtWhatTheyDoNotOverlap() {
    Window week = window("2026-03-09", "2026-03-16");
    History history =
        History.of(
            "m",
            "7 days",
            MELBOURNE,
            List.of(
                stored("v", "7 days", window("2026-03-08", "2026-03-15"), auc(.7, .1, 50)),
                stored("v", "7 days", window("2026-03-02", "2026-03-09"), auc(.8, .1, 50)),
                stored("v", "7 days", week, auc(.9, .1, 50))));
    assertThat(history.before(week)).isEqualTo(window("2026-03-02", "2026-03-09"));
    assertThat(history.before(history.before(week))).isEqualTo(window("2026-02-23", "2026-03-02"));
  }

  @Test
  void monthsHaveTheirOwnLengths() {
    History history = History.of("m", "1 month", MELBOURNE, List.of());
    assertThat(history.before(window("2026-03-01", "2026-04-01")))
        .isEqualTo(window("2026-02-01", "2026-03-01"));
  }

  @Test
  void theReferenceOfAnotherVersionIsKnownByItsValue() {
    Window all = new Window(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
    History history =
        History.of(
            "m",
            "1 day",
            MELBOURNE,
            List.of(
                stored("v1", Subject.REFERENCE, all, auc(.8, .01, 900)),
                stored("v2", Subject.REFERENCE, all, auc(.9, .02, 800))));
    Series place = new Series("v3", Segment.ALL, "", "roc_auc", null, Comparison.NONE);
    assertThat(history.reference(place, .9, 800)).contains(auc(.9, .02, 800));
    assertThat(history.reference(place, .9, 900)).isEmpty();
    assertThat(history.reference(place)).isEmpty();
  }

  private static Window sixtySecondsFrom(int second) {
    return new Window(Instant.ofEpochSecond(second), Instant.ofEpochSecond(second + 60));
  }

  private static History moved() {
    return History.of(
        "m",
        "1 day",
        MELBOURNE,
        List.of(
            stored("v1", Subject.REFERENCE, sixtySecondsFrom(600), auc(.8, .01, 900)),
            stored("v2", Subject.REFERENCE, sixtySecondsFrom(600), auc(.7, .03, 700)),
            stored("v1", Subject.REFERENCE, sixtySecondsFrom(0), auc(.9, .02, 800)),
            stored("v2", Subject.REFERENCE, sixtySecondsFrom(0), auc(.7, .05, 700))));
  }

  private static Series place(String version) {
    return new Series(version, Segment.ALL, "", "roc_auc", null, Comparison.NONE);
  }

  @Test
  void ofAMovedReferenceTheNewestBaselineHolds() {
    assertThat(moved().reference(place("v1"))).contains(auc(.8, .01, 900));
    assertThat(moved().reference(place("v2"))).contains(auc(.7, .03, 700));
    History ofOneVersion =
        History.of(
            "m",
            "1 day",
            MELBOURNE,
            List.of(
                stored("v1", Subject.REFERENCE, sixtySecondsFrom(600), auc(.8, .01, 900)),
                stored("v1", Subject.REFERENCE, sixtySecondsFrom(0), auc(.9, .02, 800))));
    assertThat(ofOneVersion.reference(place("v3"))).contains(auc(.8, .01, 900));
  }

  @Test
  void whatAnEarlierBaselineMeasuredFindsItsOwnReference() {
    assertThat(moved().reference(place("v1"), .9, 800)).contains(auc(.9, .02, 800));
    assertThat(moved().reference(place("v1"), .8, 900)).contains(auc(.8, .01, 900));
    assertThat(moved().reference(place("v2"), .9, 800)).contains(auc(.9, .02, 800));
    assertThat(moved().reference(place("v3"), .9, 800)).contains(auc(.9, .02, 800));
    assertThat(moved().reference(place("v1"), .9, 900)).isEmpty();
  }

  /** Of another version the same value is there with another error. */
  @Test
  void ofLikeValuesThatOfTheSameVersionIsTaken() {
    History history =
        History.of(
            "m",
            "1 day",
            MELBOURNE,
            List.of(
                stored("v1", Subject.REFERENCE, sixtySecondsFrom(600), auc(.7, .01, 700)),
                stored("v2", Subject.REFERENCE, sixtySecondsFrom(600), auc(.8, .01, 900)),
                stored("v2", Subject.REFERENCE, sixtySecondsFrom(0), auc(.7, .05, 700))));
    assertThat(history.reference(place("v2"), .7, 700)).contains(auc(.7, .05, 700));
  }

  @Test
  void twoValuesOfOneWindowAreRefused() {
    Window day = window("2026-03-01", "2026-03-02");
    List<Stored> twice =
        List.of(
            stored("v", "1 day", day, auc(.7, .1, 50)), stored("v", "1 day", day, auc(.8, .1, 50)));
    assertThatThrownBy(() -> History.of("m", "1 day", MELBOURNE, twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("There are two values of roc_auc, version v in ");
  }

  @Test
  void whatIsNotStoredCountsOnlyWhereNothingIs() {
    Window first = window("2026-03-01", "2026-03-02");
    Window second = window("2026-03-02", "2026-03-03");
    History history =
        History.of(
            "m",
            "1 day",
            MELBOURNE,
            List.of(stored("v", "1 day", first, auc(.7, .1, 50))),
            List.of(
                stored("v", "1 day", first, auc(.8, .1, 50)),
                stored("v", "1 day", second, auc(.9, .1, 50))));
    Series place = new Series("v", Segment.ALL, "", "roc_auc", null, Comparison.NONE);
    assertThat(history.value(first, place)).contains(auc(.7, .1, 50));
    assertThat(history.value(second, place)).contains(auc(.9, .1, 50));
  }

  @Test
  void anEstimateIsHeldAgainstTheReferencesOwnMetric() {
    Rule rule = Rule.of("roc_auc_estimated", Direction.FALLS_BY, 0.1, true, Severity.INVESTIGATE);
    Measure estimate =
        Measure.of("roc_auc_estimated", Comparison.BASELINE, .7)
            .stdError(.01)
            .n(5000)
            .reference(null, 9000)
            .flag(Measure.PROVISIONAL)
            .build();
    StoredValues values = new StoredValues().add(0, estimate).addReference("", auc(.8, .004, 1500));
    assertThat(values.finding(0, rule).limit()).isCloseTo(0.77, within(1e-12));
    assertThat(values.finding(0, rule).pBeyond()).isLessThan(1e-6);
  }
}
