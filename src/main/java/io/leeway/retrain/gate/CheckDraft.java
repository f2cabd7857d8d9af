package io.leeway.retrain.gate;

import io.leeway.config.GateRule;
import io.leeway.domain.Slice;
import io.leeway.stats.inference.Interval;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A check being made: numbers as they are found, and at last what came of it. */
final class CheckDraft {
  private final String id;
  private final CheckGroup group;
  private final String metric;
  private final boolean blocks;
  private Optional<String> slice = Optional.empty();
  private Optional<String> segment = Optional.empty();
  private Optional<String> attribute = Optional.empty();
  private Optional<String> scenario = Optional.empty();
  private long n;
  private OptionalLong positives = OptionalLong.empty();
  private OptionalDouble candidate = OptionalDouble.empty();
  private OptionalDouble champion = OptionalDouble.empty();
  private OptionalDouble difference = OptionalDouble.empty();
  private OptionalDouble low = OptionalDouble.empty();
  private OptionalDouble high = OptionalDouble.empty();
  private OptionalDouble limit = OptionalDouble.empty();

  CheckDraft(String id, CheckGroup group, String metric, boolean blocks) {
    this.id = id;
    this.group = group;
    this.metric = metric;
    this.blocks = blocks;
  }

  /** Of a rule, over all of its rows. */
  static CheckDraft of(GateRule rule, CheckGroup group) {
    CheckDraft draft = new CheckDraft(rule.id(), group, rule.metric().text(), rule.blocks());
    draft.attribute = rule.attribute();
    draft.scenario = rule.scenario();
    return draft;
  }

  /** Of a rule in one of its segments. */
  static CheckDraft of(GateRule rule, Slice slice, String segment) {
    CheckDraft draft =
        new CheckDraft(
            rule.id() + ": " + slice + " " + segment,
            CheckGroup.SLICES,
            rule.metric().text(),
            rule.blocks());
    draft.slice = Optional.of(slice.toString());
    draft.segment = Optional.of(segment);
    return draft;
  }

  /** Of a rule about a slice that cannot be cut. */
  static CheckDraft of(GateRule rule, Slice slice) {
    CheckDraft draft =
        new CheckDraft(
            rule.id() + ": " + slice, CheckGroup.SLICES, rule.metric().text(), rule.blocks());
    draft.slice = Optional.of(slice.toString());
    return draft;
  }

  CheckDraft rows(HoldoutRows holdout, int[] rows) {
    n = rows.length;
    positives = holdout.classes() == 2 ? OptionalLong.of(holdout.classCounts(rows)[1]) : positives;
    return this;
  }

  CheckDraft n(long rows) {
    n = rows;
    return this;
  }

  CheckDraft candidate(double value) {
    candidate = OptionalDouble.of(value);
    return this;
  }

  CheckDraft champion(double value) {
    champion = OptionalDouble.of(value);
    return this;
  }

  CheckDraft difference(double value) {
    difference = OptionalDouble.of(value);
    return this;
  }

  CheckDraft interval(Interval interval) {
    low = OptionalDouble.of(interval.low());
    high = OptionalDouble.of(interval.high());
    return this;
  }

  CheckDraft limit(double value) {
    limit = OptionalDouble.of(value);
    return this;
  }

  GateCheck passes(String sentence) {
    return end(CheckStatus.PASS, sentence);
  }

  GateCheck warns(String sentence) {
    return end(CheckStatus.WARN, sentence);
  }

  /** Fails, or warns where the rule does not block. */
  GateCheck fails(String sentence) {
    return end(blocks ? CheckStatus.FAIL : CheckStatus.WARN, sentence);
  }

  GateCheck isTooSmall(String sentence) {
    return end(CheckStatus.INSUFFICIENT_DATA, sentence);
  }

  GateCheck hasNoChampion() {
    return end(
        CheckStatus.SKIPPED_NO_CHAMPION,
        metric + " is not compared, since there is no champion to compare with.");
  }

  GateCheck end(CheckStatus status, String sentence) {
    return new GateCheck(
        id,
        group,
        metric,
        slice,
        segment,
        attribute,
        scenario,
        n,
        positives,
        candidate,
        champion,
        difference,
        low,
        high,
        limit,
        status,
        sentence);
  }
}
