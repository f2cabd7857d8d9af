package io.leeway.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final List<Rounds.Ratio> RATIOS = List.of(new Rounds.Ratio("new", "old"));

  @Test
  void mediansAndTheirRatiosLeaveOutTheFirstRounds() {
    List<String> said = new ArrayList<>();
    Rounds rounds = new Rounds(1, said::add);
    for (int round = 0; round < 4; round++) {
      rounds.add("old", round, new Measured.Run(round == 0 ? 90 : round, 4));
      rounds.add("new", round, new Measured.Run(round == 0 ? 90 : 3 * round, 2));
    }
    assertThat(rounds.json(RATIOS))
        .containsExactly(
            "\"old_s\": 2.000",
            "\"new_s\": 6.000",
            "\"new / old\": 3.000",
            "\"new / old by CPU\": 0.500");
    assertThat(rounds.lines(RATIOS))
        .hasSize(4)
        .anyMatch(line -> line.startsWith("new ") && line.contains("(3.00 – 9.00, 3 runs)"))
        .anyMatch(line -> line.matches("new / old +3\\.00"));
    assertThat(said).hasSize(8);
  }
}
