package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.config.RuleConfig.Persistence;
import io.leeway.domain.Slice;
import io.leeway.domain.UserException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleConfigTest {
  private static RuleConfig rule(String keys) {
    return FiveLines.model("slices = [[a, b]], policy = [{ metric = m, " + keys + " }]")
        .policy()
        .get(0);
  }

  private static void assertProblem(String keys, String key, String problem) {
    assertThatThrownBy(() -> rule(keys))
        .isInstanceOf(UserException.class)
        .hasMessage("configuration:7: leeway.models.credit.policy[0]" + key + ": " + problem);
  }

  @ParameterizedTest
  @CsvSource({
    "above = 0.1, ABOVE, 0.1, false",
    "below = -2, BELOW, -2, false",
    "falls-by = 5%, FALLS_BY, 0.05, true",
    "falls-by = 0.05, FALLS_BY, 0.05, false",
    "falls-by = 2.9 %, FALLS_BY, 0.029, true",
    "rises-by = 150%, RISES_BY, 1.5, true"
  })
  void tellsSharesFromPlainNumbers(
      String keys, Direction direction, double limit, boolean relative) {
    RuleConfig rule = rule(keys);
    assertThat(rule.direction()).isEqualTo(direction);
    assertThat(rule.limit()).isEqualTo(relative ? Limit.share(limit) : Limit.of(limit));
  }

  @ParameterizedTest
  @CsvSource({
    "falls-by = learned, FALLS_BY, 3",
    "falls-by = Learned, FALLS_BY, 3",
    "rises-by = learned 4, RISES_BY, 4",
    "above = 'learned  2.5', ABOVE, 2.5"
  })
  void readsLearnedLimitsInSpreads(String keys, Direction direction, double spreads) {
    RuleConfig rule = rule(keys.replace('\'', '"'));
    assertThat(rule.direction()).isEqualTo(direction);
    assertThat(rule.limit()).isEqualTo(Limit.learned(spreads));
    assertThat(rule.limit().isShare()).isFalse();
  }

  @Test
  void refusesLearnedLimitsThatSayNothing() {
    assertProblem(
        "below = learned",
        ".below",
        "'learned' is measured from the reference, but below compares the value itself; write"
            + " falls-by = learned");
    for (String spreads : List.of("0", "-1", "many", "1e999", "5%")) {
      assertProblem(
          "falls-by = \"learned " + spreads + "\"",
          ".falls-by",
          "'learned "
              + spreads
              + "' does not say how many spreads; write learned for 3 of them, or a number above 0"
              + " such as \"learned 4\"");
    }
    assertProblem(
        "falls-by = learn",
        ".falls-by",
        "'learn' is not a limit; write a number, or for falls-by and rises-by a share such as 5%");
    assertProblem(
        "above = learned, recovers-at = 0.1",
        ".recovers-at",
        "it is held against a limit that is a number, and a learned one is another at each value;"
            + " leave it out, or write a number in place of learned");
    assertProblem(
        "below = 1, rises-by = learned",
        "",
        "has more than one limit; write exactly one of above, below, falls-by, rises-by");
  }

  @Test
  void limitsAreReadBackFromTheirTexts() {
    for (Limit limit : List.of(Limit.of(0.05), Limit.share(0.029), Limit.learned(2.5))) {
      assertThat(Limit.parse(limit.text(), Direction.FALLS_BY)).isEqualTo(limit);
    }
    assertThatThrownBy(() -> Limit.learned(0)).hasMessageContaining("above 0 where it is learned");
    assertThatThrownBy(() -> Limit.of(Double.NaN)).hasMessageContaining("A limit is finite");
  }

  @Test
  void readsEveryKey() {
    assertThat(
            rule(
                "above = 1, for = \"2 of 3\", severity = emergency, slice = [b, a], column = c,"
                    + " class = k, granularity = day, evidence = change, against = previous,"
                    + " labels = as-they-are, from = 2026-01-01, until = 2027-01-01,"
                    + " min-support = 500, recovers-at = 0.8, cooldown = 3 days, owner = ann,"
                    + " runbook = \"https://wiki/psi\""))
        .isEqualTo(
            new RuleConfig(
                "m",
                Direction.ABOVE,
                Limit.of(1),
                Optional.of(new Persistence(2, 3)),
                "emergency",
                Optional.of(Slice.of("a", "b")),
                Optional.of("c"),
                Optional.of("k"),
                Optional.of("1 day"),
                Optional.of("change"),
                "previous",
                "as-they-are",
                new RuleTerms(
                    Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                    Optional.of(Instant.parse("2027-01-01T00:00:00Z")),
                    OptionalLong.of(500),
                    OptionalDouble.of(0.8),
                    Duration.ofDays(3),
                    Optional.of("ann"),
                    Optional.of("https://wiki/psi"))));
  }

  @Test
  void leavesUnsaidWhatTheMetricDecides() {
    assertThat(rule("above = 1").persistence()).isEmpty();
    assertThat(rule("above = 1").severity()).isEqualTo("investigate");
    assertThat(rule("above = 1").against()).isEqualTo("baseline");
    assertThat(rule("above = 1").labels()).isEqualTo("wait");
    assertThat(rule("above = 1").terms()).isEqualTo(RuleTerms.USUAL);
  }

  @Test
  void readsWhatChangesAreMeasuredFrom() {
    assertThat(rule("rises-by = 1, against = \"Last  7\"").against()).isEqualTo("last 7");
    assertThat(rule("rises-by = 1, against = same-weekday").against()).isEqualTo("same-weekday");
    assertProblem(
        "rises-by = 1, against = \"last 0\"",
        ".against",
        "'last 0' is not known here; write baseline, previous, same-weekday, same-month-last-year, or"
            + " \"last 7\" for the last seven windows together");
  }

  @Test
  void refusesTermsThatContradict() {
    assertProblem(
        "above = 1, from = 2026-02-01, until = 2026-02-01",
        ".until",
        "is not after from; the rule would never hold, so write a later date");
    assertProblem(
        "above = 1, recovers-at = 1.5",
        ".recovers-at",
        "'1.5' lies beyond the limit 1.0 itself; write a value that is within it");
    assertProblem(
        "falls-by = 5%, recovers-at = 0.8",
        ".recovers-at",
        "it belongs to above and below, whose limit is a value; a rule on a change has none");
    assertProblem(
        "above = 1, cooldown = -1 day",
        ".cooldown",
        "'-1 day' is negative; write a length of time from 0 on");
  }

  @Test
  void wantsExactlyOneLimit() {
    assertProblem(
        "column = c", "", "has no limit; write exactly one of above, below, falls-by, rises-by");
    assertProblem(
        "above = 1, below = 0",
        "",
        "has more than one limit; write exactly one of above, below, falls-by, rises-by");
  }

  @Test
  void refusesWhatIsNoLimit() {
    assertProblem(
        "above = 5%",
        ".above",
        "'5%' is relative, but above compares the value itself; write 0.05, or use falls-by or"
            + " rises-by");
    assertProblem(
        "falls-by = -5%",
        ".falls-by",
        "'-5%' is not above 0; the direction stands in the key, so write a number above 0");
    assertProblem("falls-by = 101%", ".falls-by", "'101%' is more than all; write at most 100%");
    assertProblem(
        "above = NaN",
        ".above",
        "'NaN' is not a limit; write a number, or for falls-by and rises-by a share such as 5%");
    assertProblem("above = 1e999", ".above", "'1e999' is not finite; write a number");
  }

  @Test
  void refusesAPersistenceThatCannotHold() {
    assertProblem(
        "above = 1, for = \"4 of 3\"",
        ".for",
        "'4 of 3' can never hold; write for example \"2 of 3\"");
    assertProblem(
        "above = 1, for = often",
        ".for",
        "'often' does not say in how many windows; write for example \"2 of 3\"");
  }

  @Test
  void refusesASliceOrGranularityThatIsNotThere() {
    assertProblem(
        "above = 1, slice = [c]",
        ".slice",
        "slice [c] is not declared; add it to slices. Known: [[], [a, b]]");
    assertProblem(
        "above = 1, granularity = month",
        ".granularity",
        "'1 month' is not a granularity that is published; known: 1 day");
  }
}
