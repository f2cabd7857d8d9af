package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.RuleConfig.Direction;
import io.leeway.config.RuleConfig.Persistence;
import io.leeway.domain.Slice;
import io.leeway.domain.UserException;
import java.util.Optional;
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
    assertThat(rule.limit()).isEqualTo(limit);
    assertThat(rule.relative()).isEqualTo(relative);
  }

  @Test
  void readsEveryKey() {
    assertThat(
            rule(
                "above = 1, for = \"2 of 3\", severity = emergency, slice = [b, a], column = c,"
                    + " class = k, granularity = day, evidence = change, against = previous,"
                    + " labels = as-they-are"))
        .isEqualTo(
            new RuleConfig(
                "m",
                Direction.ABOVE,
                1,
                false,
                Optional.of(new Persistence(2, 3)),
                "emergency",
                Optional.of(Slice.of("a", "b")),
                Optional.of("c"),
                Optional.of("k"),
                Optional.of("1 day"),
                Optional.of("change"),
                "previous",
                "as-they-are"));
  }

  @Test
  void leavesUnsaidWhatTheMetricDecides() {
    assertThat(rule("above = 1").persistence()).isEmpty();
    assertThat(rule("above = 1").severity()).isEqualTo("investigate");
    assertThat(rule("above = 1").against()).isEqualTo("baseline");
    assertThat(rule("above = 1").labels()).isEqualTo("wait");
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
