package io.leeway.cli.bench;

import io.leeway.stats.experiment.Ruling;
import java.util.List;
import java.util.OptionalInt;

/** How tests of one kind ended. At least one. */
record AbOutcomes(List<AbHistory> histories) {
  AbOutcomes {
    histories = List.copyOf(histories);
  }

  int tests() {
    return histories.size();
  }

  int count(Ruling ruling) {
    return (int) histories.stream().filter(of -> of.ruling() == ruling).count();
  }

  double share(Ruling ruling) {
    return (double) count(ruling) / tests();
  }

  double naiveShare() {
    return (double) histories.stream().filter(AbHistory::isNaivelyBetter).count() / tests();
  }

  /** The day by which half of those that ended so had; empty where none did. */
  OptionalInt medianDay(Ruling ruling) {
    int[] days =
        histories.stream()
            .filter(of -> of.ruling() == ruling)
            .mapToInt(AbHistory::day)
            .sorted()
            .toArray();
    return days.length == 0 ? OptionalInt.empty() : OptionalInt.of(days[(days.length - 1) / 2]);
  }
}
