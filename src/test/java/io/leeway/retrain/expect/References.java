package io.leeway.retrain.expect;

import io.leeway.config.Task;
import io.leeway.domain.Window;
import io.leeway.stats.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A small reference of three columns, and a batch that is like it. */
final class References {
  static final Instant AS_OF = Instant.parse("2026-03-10T00:00:00Z");
  static final PeriodFacts PERIOD =
      new PeriodFacts(
          new Window(Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-03-01T00:00:00Z")),
          AS_OF,
          Optional.empty());

  private References() {}

  /** From 0 to 100, a quarter of the values in each of four bins, 2 % missing. */
  static ReferenceColumn income() {
    return ReferenceColumn.numeric(
        "income",
        "DOUBLE",
        10_000,
        200,
        Optional.of(0.0),
        Optional.of(100.0),
        Optional.of(new BinShares(List.of(10.0, 30.0, 60.0), List.of(0.25, 0.25, 0.25, 0.25))));
  }

  static ReferenceColumn purpose() {
    return ReferenceColumn.categorical(
        "purpose",
        "STRING",
        10_000,
        0,
        new TreeMap<>(Map.of("car", 0.5, "home", 0.3, "boat", 0.2)));
  }

  static ReferenceColumn owner() {
    return ReferenceColumn.categorical(
        "owner", "BOOLEAN", 10_000, 0, new TreeMap<>(Map.of("true", 0.4, "false", 0.6)));
  }

  static ReferenceLabel label() {
    return new ReferenceLabel(Task.BINARY, new TreeMap<>(Map.of(0, 0.9, 1, 0.1)));
  }

  static Expectations expectations() {
    return Expectations.inferred(label(), List.of(income(), purpose(), owner()));
  }

  static NumberFacts incomeValues() {
    return new NumberFacts(
        0, 0, Optional.of(1.0), Optional.of(99.0), List.of(480L, 500L, 490L, 490L));
  }

  static ColumnFacts income(long nulls, NumberFacts values) {
    return new ColumnFacts(
        "income", "DOUBLE", 2_000, nulls, Optional.of(values), Optional.empty(), Outcome.of(0.7));
  }

  static ColumnFacts purpose(Map<String, Long> counts, long rest) {
    return new ColumnFacts(
        "purpose",
        "STRING",
        2_000,
        0,
        Optional.empty(),
        Optional.of(new CategoryFacts(new TreeMap<>(counts), rest)),
        Outcome.of(0.6));
  }

  private static ColumnFacts ownerValues() {
    return owner(Map.of("true", 810L, "false", 1_190L));
  }

  static ColumnFacts owner(Map<String, Long> counts) {
    return new ColumnFacts(
        "owner",
        "BOOLEAN",
        2_000,
        0,
        Optional.empty(),
        Optional.of(new CategoryFacts(new TreeMap<>(counts), 0)),
        Outcome.undefined("not told"));
  }

  static LabelFacts labels(long negatives, long positives) {
    TreeMap<Integer, Long> classes = new TreeMap<>();
    if (negatives > 0) {
      classes.put(0, negatives);
    }
    if (positives > 0) {
      classes.put(1, positives);
    }
    long n = negatives + positives;
    return new LabelFacts(
        n,
        classes,
        n == 0 ? Optional.empty() : Optional.of((double) classes.firstKey()),
        n == 0 ? Optional.empty() : Optional.of((double) classes.lastKey()),
        n == 0 ? Optional.empty() : Optional.of((double) positives / n));
  }

  /** 2000 rows, nearly all labelled, as in the reference. */
  static BatchFacts batch() {
    return batch(
        List.of(
            income(40, incomeValues()),
            purpose(Map.of("car", 1_010L, "home", 590L, "boat", 400L), 0),
            ownerValues()));
  }

  static BatchFacts batch(List<ColumnFacts> columns) {
    return new BatchFacts(
        2_000,
        0,
        labels(1_750, 200),
        Optional.of(Instant.parse("2026-02-01T00:00:00Z")),
        Optional.of(Instant.parse("2026-02-28T23:00:00Z")),
        columns);
  }

  /** The batch with other facts of one column. */
  static BatchFacts batchWith(ColumnFacts other) {
    List<ColumnFacts> columns = new ArrayList<>(batch().columns());
    columns.replaceAll(column -> column.name().equals(other.name()) ? other : column);
    return batch(columns);
  }
}
